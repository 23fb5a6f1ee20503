/** An e-mail address with its name made unreadable. */
export function maskEmail(email) {
  throw new Error("not implemented");
}

/** A card number of which the last four digits can be read. */
export function maskCard(number) {
  throw new Error("not implemented");
}
