// What the profile page shows of a user. `db` is our key-value store:
//   db.get(key)      a promise of the value, which is undefined where there is none
//   db.list(prefix)  a promise of the values

// The user with a `label` to show; an error for an unknown one.
export async function loadUser(db, id) {
  const user = await db.get(`user:${id}`);
  if (user === undefined) throw new Error(`no user ${id}`);
  return { ...user, label: `${user.name} (#${id})` };
}

// The user's orders, the newest first.
export async function loadOrders(db, id) {
  const orders = await db.list(`order:${id}:`);
  return [...orders].sort((a, b) => b.day.localeCompare(a.day));
}

// The user as one line.
export function formatUser(user, orders) {
  return `${user.label}: ${orders.length} orders`;
}
