GROUP = "[...solution.groupBy(orders, (order) => order[key])]"
TOTAL = "solution.totalsBy(orders, (order) => order[key], (order) => order.amount)"


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")

    def claim(orders, key="name"):
        groups, totals = {}, {}
        for order in orders:
            groups.setdefault(order[key], []).append(order)
            totals[order[key]] = totals.get(order[key], 0) + order["amount"]
        ts.equal(GROUP, [[name, group] for name, group in groups.items()], orders=orders, key=key)
        ranking = sorted(totals.items(), key=lambda pair: -pair[1])
        ts.equal(TOTAL, [list(pair) for pair in ranking], orders=orders, key=key)

    def orders_of(*pairs):
        return [{"name": name, "amount": amount, "at": at} for at, (name, amount) in enumerate(pairs)]

    claim(orders_of(("ann", 5), ("bob", 9), ("ann", 6)))
    claim([])
    claim(orders_of(("z", 1), ("a", 1), ("m", 1), ("z", 0)))
    claim(orders_of(("a", 0), ("b", -5), ("c", 3), ("a", 0)))
    claim(orders_of(("10", 2), ("9", 2), ("10", -2)))
    claim(orders_of(("a", 3), ("b", 10), ("c", 3), ("d", 200)))
    claim(orders_of((7, 3), ("7", 4), (7, 1)))
    claim(orders_of((True, 1), (False, 2), (True, 5)))
    claim(orders_of(("toString", 1), ("constructor", 2), ("toString", 5)))
    ts.equal("solution.groupBy([1, 2, 3], (n) => n % 2) instanceof Map", True)
    ts.equal("(() => { solution.totalsBy(items, (n) => n, (n) => n); return items; })()", [1, 3, 2], items=[1, 3, 2])
    for _ in range(15):
        names = exam.random.choices(["ann", "bob", "cy", "dora", "eve", "3", "1"], k=exam.random.randrange(1, 20))
        claim(orders_of(*((name, exam.random.randrange(-2, 8)) for name in names)))
