import { issuePath } from "./archive.js";
import { escapeXml, title } from "./text.js";

/** One issue as an item of the feed. */
function item(issue) {
  return [
    "<item>",
    `<title>${escapeXml(title(issue.title))}</title>`,
    `<link>https://news.example.org${issuePath(issue)}</link>`,
    `<description>${escapeXml(issue.text)}</description>`,
    "</item>",
  ].join("\n");
}

/** The feed of some issues, as they come. */
export function feed(name, issues) {
  return ["<channel>", `<title>${escapeXml(name)}</title>`, ...issues.map(item), "</channel>"].join("\n");
}
