/** Kept for old imports. */
export { isBefore, longDate } from "./dates.js";
export { escapeXml, readingMinutes, slug, title } from "./text.js";
