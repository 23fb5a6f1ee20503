SETUP = """
space.broken = new RangeError("disk");
space.make = (users, orders, failing = []) => {
  const later = (key, value) =>
    new Promise((resolve, reject) => setImmediate(() => (failing.includes(key) ? reject(space.broken) : resolve(value))));
  return {
    get: (key) => later(key, users[key.slice(5)]),
    list: (prefix) => later(prefix, orders[prefix.split(":")[1]] ?? []),
  };
};
space.caught = async (promise) => {
  try { return ["value", await promise]; } catch (error) { return ["error", error === space.broken, error.message]; }
};
"""
LOAD_USER = "caught(solution.loadUser(make(users, orders), id))"
LOAD_ORDERS = "caught(solution.loadOrders(make(users, orders), id))"


def with_label(user, id):
    return user | {"label": f"{user['name']} (#{id})"}


def newest_first(orders):
    return sorted(orders, key=lambda order: order["day"], reverse=True)


def check(exam):
    js = exam.javascript()
    js.run(SETUP)
    days = ["2025-01-31", "2024-12-01", "2025-03-01", "2025-02-11"]
    users = {"1": {"name": "Ada"}, "2": {"name": "Ben", "city": "Ulm"}, "3": {"name": "Cy"}}
    orders = {"1": [{"day": "2025-01-31", "cents": 500}, {"day": "2025-03-01", "cents": 1000}], "2": [{"day": "2025-01-01", "cents": 1}]}
    js.run("space.users = users; space.orders = orders; space.copy = JSON.stringify([users, orders])", users=users, orders=orders)
    for id in (1, 2, 3):
        js.equal(LOAD_USER, ["value", with_label(users[str(id)], id)], id=id)
        js.equal(LOAD_ORDERS, ["value", newest_first(orders.get(str(id), []))], id=id)
    js.equal("JSON.stringify([users, orders]) === copy", True)
    js.equal("solution.loadUser(make(users, orders), 1) instanceof Promise", True)
    js.equal("solution.loadOrders(make(users, orders), 1) instanceof Promise", True)
    js.equal(LOAD_USER, ["error", False, "no user 7"], id=7)
    js.equal(LOAD_USER, ["error", False, "no user x"], id="x")
    js.equal("caught(solution.loadUser(make(users, orders, ['user:1']), 1))", ["error", True, "disk"])
    js.equal("caught(solution.loadOrders(make(users, orders, ['order:1:']), 1))", ["error", True, "disk"])
    for _ in range(12):
        people = {str(id): {"name": exam.random.choice(["Ada", "Ben", "Cy"])} for id in exam.random.sample(range(1, 30), 8)}
        bought = {id: [{"day": day, "cents": exam.random.randint(1, 9999)} for day in exam.random.sample(days, exam.random.randint(0, 4))] for id in people}
        js.run("space.users = users; space.orders = orders", users=people, orders=bought)
        id = exam.random.randint(1, 30)
        known = str(id) in people
        js.equal(LOAD_USER, ["value", with_label(people[str(id)], id)] if known else ["error", False, f"no user {id}"], id=id)
        js.equal(LOAD_ORDERS, ["value", newest_first(bought.get(str(id), []))], id=id)
    js.equal("solution.formatUser({ label: 'Ada (#1)' }, [1, 2])", "Ada (#1): 2 orders")
