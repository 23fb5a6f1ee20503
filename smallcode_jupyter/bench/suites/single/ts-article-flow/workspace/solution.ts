/** Where an article stands. */
export type State = "draft" | "review" | "published";

/** What an editor can do with it. */
export type Action = "submit" | "reject" | "approve" | "edit";

/** The state of an article after an action. */
export function nextState(state: State, action: Action): State {
  throw new Error("not implemented");
}
