/** A queue that runs at most `limit` tasks at a time. */
export function createQueue(limit) {
  throw new Error("not implemented");
}
