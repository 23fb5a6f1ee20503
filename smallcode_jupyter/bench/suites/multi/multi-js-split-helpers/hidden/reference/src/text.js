/** Texts of the newsletter. */

const SMALL_WORDS = new Set(["a", "an", "and", "in", "of", "on", "the", "to"]);

/** "summer-sale-2026" for "Summer Sale 2026!". */
export function slug(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** "News of the Week" for "news OF the week": the first word and every longer word get a capital. */
export function title(text) {
  return words(text)
    .map((word, index) => (index > 0 && SMALL_WORDS.has(word) ? word : word[0].toUpperCase() + word.slice(1)))
    .join(" ");
}

/** The words of a text in lower case. */
function words(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** How many minutes it takes to read a text: 200 words a minute, rounded up, at least 1. */
export function readingMinutes(text) {
  return Math.max(1, Math.ceil(words(text).length / 200));
}

/** A text for XML: &, < and > as entities. */
export function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
