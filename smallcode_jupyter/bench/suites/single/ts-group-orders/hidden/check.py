def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")

    def claim(*pairs):
        orders = [{"customer": name, "amount": amount} for name, amount in pairs]
        totals = {}
        for name, amount in pairs:
            totals[name] = totals.get(name, 0) + amount
        ranking = sorted(totals.items(), key=lambda pair: -pair[1])
        ts.equal("solution.totalsByCustomer(orders)", [list(pair) for pair in ranking], orders=orders)

    claim(("ann", 5), ("bob", 9), ("ann", 6))
    claim()
    claim(("ann", 5))
    claim(("z", 1), ("a", 1), ("m", 1), ("z", 0))
    claim(("a", 3), ("b", 10), ("c", 3), ("d", 200))
    claim(("a", 3), ("b", 5), ("a", 2))
    for _ in range(15):
        names = exam.random.choices(["ann", "bob", "cy", "dora", "eve"], k=exam.random.randrange(1, 20))
        claim(*((name, exam.random.randrange(1, 8)) for name in names))
