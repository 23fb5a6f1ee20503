/** An e-mail address with its name made unreadable. */
export function maskEmail(email) {
  const at = email.indexOf("@");
  return at === -1 ? "***" : `${email[0]}***${email.slice(at)}`;
}
