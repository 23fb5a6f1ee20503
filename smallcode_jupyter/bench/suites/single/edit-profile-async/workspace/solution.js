// What the profile page shows of a user. `db` is our key-value store:
//   db.get(key)      a promise of the value, which is undefined where there is none
//   db.list(prefix)  a promise of the values

// The user with a `label` to show; an error for an unknown one.
export function loadUser(db, id, callback) {
  db.get(`user:${id}`, (error, user) => {
    if (error) return callback(error);
    if (user === undefined) return callback(new Error(`no user ${id}`));
    callback(null, { ...user, label: `${user.name} (#${id})` });
  });
}

// The user's orders, the newest first.
export function loadOrders(db, id, callback) {
  db.list(`order:${id}:`, (error, orders) => {
    if (error) return callback(error);
    callback(null, [...orders].sort((a, b) => b.day.localeCompare(a.day)));
  });
}

// The user as one line.
export function formatUser(user, orders) {
  return `${user.label}: ${orders.length} orders`;
}
