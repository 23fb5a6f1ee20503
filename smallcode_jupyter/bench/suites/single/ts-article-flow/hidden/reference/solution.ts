/** An article in one of its states. */
export type Article =
  | { readonly state: "draft"; readonly text: string; readonly remarks: readonly string[] }
  | { readonly state: "review"; readonly text: string; readonly remarks: readonly string[]; readonly reviewer: string }
  | { readonly state: "published"; readonly text: string; readonly editor: string };

/** What can happen to an article. */
export type ArticleEvent =
  | { readonly type: "edit"; readonly text: string }
  | { readonly type: "submit"; readonly reviewer: string }
  | { readonly type: "reject"; readonly remark: string }
  | { readonly type: "approve" };

/** The article after an event. */
export function nextArticle(article: Article, event: ArticleEvent): Article {
  switch (article.state) {
    case "draft":
      if (event.type === "edit") {
        return { ...article, text: event.text };
      }
      if (event.type === "submit" && article.text.trim() !== "") {
        return { ...article, state: "review", reviewer: event.reviewer };
      }
      return article;
    case "review":
      if (event.type === "reject") {
        return { state: "draft", text: article.text, remarks: [...article.remarks, event.remark] };
      }
      if (event.type === "approve") {
        return { state: "published", text: article.text, editor: article.reviewer };
      }
      return article;
    case "published":
      return event.type === "edit" ? { state: "draft", text: event.text, remarks: [] } : article;
  }
}
