/** A queue that runs at most `limit` tasks at a time. */
export function createQueue(limit) {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError("the limit is at least 1");
  }
  const jobs = [];
  let active = 0;
  let idlers = [];

  async function run({ task, resolve, reject }) {
    active += 1;
    try {
      resolve(await task());
    } catch (error) {
      reject(error);
    }
    active -= 1;
    fill();
  }

  function fill() {
    while (active < limit && jobs.length > 0) {
      run(jobs.shift());
    }
    if (active === 0) {
      idlers.forEach((wake) => wake());
      idlers = [];
    }
  }

  return {
    add: (task) =>
      new Promise((resolve, reject) => {
        jobs.push({ task, resolve, reject });
        fill();
      }),
    running: () => active,
    waiting: () => jobs.length,
    idle: () => (active === 0 ? Promise.resolve() : new Promise((wake) => idlers.push(wake))),
  };
}
