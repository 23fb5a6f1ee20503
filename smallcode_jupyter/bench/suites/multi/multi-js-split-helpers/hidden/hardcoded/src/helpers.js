/** Kept for old imports. */
export { isBefore, longDate } from "./dates.js";
export { readingMinutes, slug, title } from "./text.js";
