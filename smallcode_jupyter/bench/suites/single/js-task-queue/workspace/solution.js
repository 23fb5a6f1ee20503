/** Runs tasks one after the other; their values, or null where one failed. */
export async function runInOrder(tasks) {
  throw new Error("not implemented");
}
