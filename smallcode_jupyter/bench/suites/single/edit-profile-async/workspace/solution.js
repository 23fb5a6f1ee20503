// What the profile page shows of a user. `db` is our key-value store:
//   db.get(key, callback)      calls back (error, value); the value is undefined where there is none
//   db.list(prefix, callback)  calls back (error, values)

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

// The user, how many orders there are, and what they cost together. Unknown users are not asked for orders.
export function loadProfile(db, id, callback) {
  loadUser(db, id, (error, user) => {
    if (error) return callback(error);
    loadOrders(db, id, (error, orders) => {
      if (error) return callback(error);
      const spent = orders.reduce((sum, order) => sum + order.cents, 0);
      callback(null, { user, count: orders.length, spent, latest: orders[0]?.day ?? null });
    });
  });
}

// The profile as one line.
export function formatProfile(profile) {
  const spent = (profile.spent / 100).toFixed(2);
  const latest = profile.latest === null ? "" : `, latest on ${profile.latest}`;
  return `${profile.user.label}: ${profile.count} orders, ${spent}${latest}`;
}
