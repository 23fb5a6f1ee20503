import { nextState, type Action, type State } from "./solution";

const actions: Action[] = ["submit", "reject", "approve", "edit"];
const last: State = actions.reduce<State>((state, action) => nextState(state, action), "draft");
// @ts-expect-error there is no such action
nextState("draft", "delete");
export { last };
