def profile(users, orders, id):
    found = sorted(orders.get(str(id), []), key=lambda order: order["day"], reverse=True)
    user = users[str(id)] | {"label": f"{users[str(id)]['name']} (#{id})"}
    return {"user": user, "count": len(found), "spent": sum(order["cents"] for order in found), "latest": found[0]["day"] if found else None}


SETUP = """
space.broken = new RangeError("disk");
space.make = (users, orders, failing = []) => {
  const db = { asked: [], open: 0, most: 0 };
  const later = (key, value, callback) => {
    db.asked.push(key);
    db.most = Math.max(db.most, ++db.open);
    const reply = () => { db.open--; failing.includes(key) ? callback(space.broken) : callback(null, value); };
    key.includes("2") ? setTimeout(reply, 3) : setImmediate(reply);
  };
  db.get = (key, callback) => later(key, users[key.slice(5)], callback);
  db.list = (key, callback) => later(key, orders[key.split(":")[1]] ?? [], callback);
  return db;
};
space.caught = async (promise) => {
  try { return ["value", await promise]; } catch (error) { return ["error", error === space.broken, error.message]; }
};
"""


def check(exam):
    js = exam.javascript()
    js.run(SETUP)
    days = ["2025-01-31", "2024-12-01", "2025-03-01", "2025-02-11"]
    users = {"1": {"name": "Ada"}, "2": {"name": "Ben", "city": "Ulm"}, "3": {"name": "Cy"}}
    orders = {"1": [{"day": "2025-01-31", "cents": 500}, {"day": "2025-03-01", "cents": 1000}], "2": [{"day": "2025-01-01", "cents": 1}]}
    js.run("space.users = users; space.orders = orders; space.copy = JSON.stringify([users, orders])", users=users, orders=orders)
    for id in (1, 2, 3):
        js.equal("caught(solution.loadUser(make(users, orders), id))", ["value", profile(users, orders, id)["user"]], id=id)
        js.equal("caught(solution.loadProfile(make(users, orders), id))", ["value", profile(users, orders, id)], id=id)
        newest = sorted(orders.get(str(id), []), key=lambda order: order["day"], reverse=True)
        js.equal("caught(solution.loadOrders(make(users, orders), id))", ["value", newest], id=id)
    js.equal("JSON.stringify([users, orders]) === copy", True)
    js.equal("solution.loadUser(make(users, orders), 1) instanceof Promise", True)
    js.equal("caught(solution.loadUser(make(users, orders), 7))", ["error", False, "no user 7"])
    js.equal("caught(solution.loadProfile(make(users, orders), 'x'))", ["error", False, "no user x"])
    js.equal("caught(solution.loadUser(make(users, orders, ['user:1']), 1))", ["error", True, "disk"])
    js.equal("caught(solution.loadOrders(make(users, orders, ['order:1:']), 1))", ["error", True, "disk"])
    js.equal("caught(solution.loadProfile(make(users, orders, ['user:1']), 1))", ["error", True, "disk"])
    js.equal("caught(solution.loadProfile(make(users, orders, ['order:1:']), 1))", ["error", True, "disk"])
    js.run("space.db = make(users, orders); await caught(solution.loadProfile(space.db, 7)); await caught(solution.loadProfile(space.db, 1));")
    js.equal("db.asked", ["user:7", "user:1", "order:1:"])
    js.equal("solution.loadProfiles(make(users, orders), [])", [])
    js.equal("solution.loadProfiles(make(users, orders), [1, 7])", [profile(users, orders, 1), None])
    js.equal("solution.loadProfiles(make(users, orders, ['order:1:', 'user:2']), [3, 1, 2])", [profile(users, orders, 3), None, None])
    js.run("space.db = make(users, orders); await solution.loadProfiles(space.db, [2, 1, 3, 9]);")
    js.equal("[db.most >= 4, db.asked.slice(0, 4)]", [True, ["user:2", "user:1", "user:3", "user:9"]])
    for _ in range(12):
        users = {str(id): {"name": exam.random.choice(["Ada", "Ben", "Cy"])} for id in exam.random.sample(range(1, 30), 8)}
        orders = {id: [{"day": day, "cents": exam.random.randint(1, 9999)} for day in exam.random.sample(days, exam.random.randint(0, 4))] for id in users}
        ids = [exam.random.randint(1, 30) for _ in range(exam.random.randint(1, 10))]
        expected = [profile(users, orders, id) if str(id) in users else None for id in ids]
        js.equal("solution.loadProfiles(make(a, b), ids)", expected, a=users, b=orders, ids=ids)
    for name, count, cents, latest, text in (("Ada (#1)", 2, 1500, "2025-03-01", "Ada (#1): 2 orders, 15.00, latest on 2025-03-01"),
                                             ("Cy (#3)", 0, 0, None, "Cy (#3): 0 orders, 0.00")):
        js.equal("solution.formatProfile(p)", text, p={"user": {"label": name}, "count": count, "spent": cents, "latest": latest})
