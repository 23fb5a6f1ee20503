/** Where an article stands. */
export type State = "draft" | "review" | "published";

/** What an editor can do with it. */
export type Action = "submit" | "reject" | "approve" | "edit";

/** The state of an article after an action. */
export function nextState(state: State, action: Action): State {
  if (state === "draft" && action === "submit") {
    return "review";
  }
  if (state === "review" && action === "reject") {
    return "draft";
  }
  if (state === "review" && action === "approve") {
    return "published";
  }
  if (state === "published" && action === "edit") {
    return "draft";
  }
  return state;
}
