import { issuePath } from "./archive.js";
import { longDate, readingMinutes, title } from "./helpers.js";

/** The mail of an issue: { subject, body }. */
export function mail(issue) {
  const subject = `${title(issue.title)} (${longDate(issue.date)})`;
  const body = `${issue.text}\n\n${readingMinutes(issue.text)} min read\n${issuePath(issue)}`;
  return { subject, body };
}
