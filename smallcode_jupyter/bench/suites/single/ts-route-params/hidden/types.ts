import { buildPath, matchPath, type PathParams } from "./solution";

const two: PathParams<"/users/:id/posts/:postId"> = { id: 1, postId: "x" };
const one: PathParams<":only"> = { only: "x" };
const first: PathParams<"/:lang/about"> = { lang: "de" };
const value: string | number = two.postId;
const path: string = buildPath("/users/:id/posts/:postId", { id: 1, postId: "x" });
buildPath("/about", {});
const found: Record<string, string> | null = matchPath("/a/:b", "/a/b");
const sample: { id: string | number; postId: string | number } = two;
// @ts-expect-error the id is missing
buildPath("/users/:id", {});
// @ts-expect-error one of two is missing
buildPath("/users/:id/posts/:postId", { id: 1 });
// @ts-expect-error the name is another
buildPath("/users/:id", { name: "x" });
// @ts-expect-error a value is a text or a number
buildPath("/users/:id", { id: true });
// @ts-expect-error there is no such parameter
const other: PathParams<"/users/:id"> = { id: 1, users: 2 };
// @ts-expect-error there is no such parameter
two.users;
// @ts-expect-error it may not match
matchPath("/a/:b", "/a/b").b;
export { one, first, value, path, found, sample, other };
