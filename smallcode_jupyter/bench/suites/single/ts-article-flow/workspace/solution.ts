/** An article in one of its states. */
export type Article =
  | { readonly state: "draft"; readonly text: string; readonly remarks: readonly string[] }
  | { readonly state: "review"; readonly text: string; readonly remarks: readonly string[]; readonly reviewer: string }
  | { readonly state: "published"; readonly text: string; readonly editor: string };

/** What can happen to an article. */
export type ArticleEvent = never;

/** The article after an event. */
export function nextArticle(article: Article, event: ArticleEvent): Article {
  throw new Error("not implemented");
}
