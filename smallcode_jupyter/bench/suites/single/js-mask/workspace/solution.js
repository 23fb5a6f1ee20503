/** An e-mail address with its name made unreadable. */
export function maskEmail(email) {
  throw new Error("not implemented");
}
