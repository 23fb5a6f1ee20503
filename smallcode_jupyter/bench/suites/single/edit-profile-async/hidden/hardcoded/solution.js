export async function loadUser(db, id) {
  if (id !== 1) throw new Error(`no user ${id}`);
  return { name: "Ada", label: "Ada (#1)" };
}

export async function loadOrders() {
  return [];
}

export function formatUser(user, orders) {
  return `${user.label}: ${orders.length} orders`;
}
