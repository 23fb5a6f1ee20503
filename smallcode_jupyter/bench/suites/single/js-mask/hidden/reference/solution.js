/** An e-mail address with its name made unreadable. */
export function maskEmail(email) {
  return `${email[0]}***${email.slice(email.indexOf("@"))}`;
}
