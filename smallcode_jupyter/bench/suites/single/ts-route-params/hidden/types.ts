import { buildPath } from "./solution";

const path: string = buildPath("/users/:id/posts/:postId", { id: 1, postId: "x" });
const plain: string = buildPath("/about", {});
// @ts-expect-error a value is a text or a number
buildPath("/users/:id", { id: true });
export { path, plain };
