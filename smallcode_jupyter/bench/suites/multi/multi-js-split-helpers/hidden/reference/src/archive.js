import { isBefore, longDate } from "./dates.js";
import { slug } from "./text.js";

/** The path of an issue in the archive. */
export function issuePath(issue) {
  return `/archive/${issue.date}-${slug(issue.title)}.html`;
}

/** The issues before a date, newest first, as lines of text. */
export function archive(issues, today) {
  return issues
    .filter((issue) => isBefore(issue.date, today))
    .sort((one, other) => (isBefore(one.date, other.date) ? 1 : -1))
    .map((issue) => `${longDate(issue.date)}: ${issuePath(issue)}`);
}
