// What the profile page shows of a user. `db` is our key-value store:
//   db.get(key, callback)      calls back (error, value); the value is undefined where there is none
//   db.list(prefix, callback)  calls back (error, values)

function ask(db, method, key) {
  return new Promise((resolve, reject) => {
    db[method](key, (error, value) => (error ? reject(error) : resolve(value)));
  });
}

// The user with a `label` to show; an error for an unknown one.
export async function loadUser(db, id) {
  const user = await ask(db, "get", `user:${id}`);
  if (user === undefined) throw new Error(`no user ${id}`);
  return { ...user, label: `${user.name} (#${id})` };
}

// The user's orders, the newest first.
export async function loadOrders(db, id) {
  const orders = await ask(db, "list", `order:${id}:`);
  return [...orders].sort((a, b) => b.day.localeCompare(a.day));
}

// The user, how many orders there are, and what they cost together. Unknown users are not asked for orders.
export async function loadProfile(db, id) {
  const user = await loadUser(db, id);
  const orders = await loadOrders(db, id);
  const spent = orders.reduce((sum, order) => sum + order.cents, 0);
  return { user, count: orders.length, spent, latest: orders[0]?.day ?? null };
}

// The profiles of several users, in the order of their ids.
export async function loadProfiles(db, ids) {
  return Promise.all(ids.map((id) => loadProfile(db, id).catch(() => null)));
}

// The profile as one line.
export function formatProfile(profile) {
  const spent = (profile.spent / 100).toFixed(2);
  const latest = profile.latest === null ? "" : `, latest on ${profile.latest}`;
  return `${profile.user.label}: ${profile.count} orders, ${spent}${latest}`;
}
