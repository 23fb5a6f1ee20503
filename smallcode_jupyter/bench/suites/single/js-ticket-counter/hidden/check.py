def check(exam):
    js = exam.javascript()
    js.run("space.a = solution.createCounter('INV', 99); space.b = solution.createCounter('T');")
    js.equal("a.peek()", "INV-0099")
    js.equal("a.peek()", "INV-0099")
    js.equal("a.next()", "INV-0099")
    js.equal("a.peek()", "INV-0100")
    js.equal("b.next()", "T-0001")
    js.equal("b.next()", "T-0002")
    js.equal("a.next()", "INV-0100")
    js.equal("[a.next(), a.next(), a.peek()]", ["INV-0101", "INV-0102", "INV-0103"])
    js.equal("b.next()", "T-0003")
    js.run("space.z = solution.createCounter('Z', 999)")
    js.equal("[z.peek(), z.next(), z.next()]", ["Z-0999", "Z-0999", "Z-1000"])
    for _ in range(4):
        start, prefix = exam.random.randrange(1, 9_000), exam.random.choice(["A", "RE", "ticket", "X-1"])
        number = start
        js.run("space.c = solution.createCounter(prefix, start)", prefix=prefix, start=start)
        for _ in range(12):
            which = exam.random.choice(["next", "next", "peek"])
            js.equal(f"c.{which}()", f"{prefix}-{number:04d}")
            number += which == "next"
