import { nextArticle, type Article, type ArticleEvent } from "./solution";

const draft: Article = { state: "draft", text: "Hi", remarks: [] };
const events: ArticleEvent[] = [
  { type: "edit", text: "Ho" },
  { type: "submit", reviewer: "Jo" },
  { type: "reject", remark: "too short" },
  { type: "approve" },
];
const last: Article = events.reduce(nextArticle, draft);
// @ts-expect-error the reviewer is missing
nextArticle(draft, { type: "submit" });
// @ts-expect-error there is no such event
nextArticle(draft, { type: "delete" });
// @ts-expect-error a remark is a text
nextArticle(draft, { type: "reject", remark: 5 });
// @ts-expect-error the type is missing
nextArticle(draft, { text: "Ho" });
export function textOf(event: ArticleEvent): string {
  return event.type === "edit" ? event.text : event.type === "reject" ? event.remark : "";
}
export { last };
