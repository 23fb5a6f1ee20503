/** Runs tasks one after the other; their values, or null where one failed. */
export async function runInOrder(tasks) {
  const results = [];
  for (const task of tasks) {
    try {
      results.push(await task());
    } catch {
      results.push(null);
    }
  }
  return results;
}
