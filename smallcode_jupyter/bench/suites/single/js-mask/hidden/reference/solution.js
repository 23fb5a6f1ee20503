/** An e-mail address with its name made unreadable. */
export function maskEmail(email) {
  const at = email.lastIndexOf("@");
  return at < 1 ? "***" : `${email[0]}***${email.slice(at)}`;
}

/** A card number of which the last four digits can be read. */
export function maskCard(number) {
  const digits = number.replace(/[^0-9]/g, "");
  if (digits.length < 12) {
    throw new RangeError("too few digits for a card");
  }
  const masked = "*".repeat(digits.length - 4) + digits.slice(-4);
  return masked.match(/.{1,4}/g).join(" ");
}
