from smallcode_jupyter.bench.grading.encoding import UNDEFINED


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
    js.equal("a.reset()", UNDEFINED)
    js.equal("a.next()", "INV-0099")
    js.equal("b.next()", "T-0003")
    js.equal("b.reset(40)", UNDEFINED)
    js.equal("[b.next(), b.next(), b.peek()]", ["T-0040", "T-0041", "T-0042"])
    js.run("b.reset()")
    js.equal("b.next()", "T-0001")
    js.run("b.reset(9999)")
    js.equal("[b.next(), b.next()]", ["T-9999", "T-10000"])
    js.equal("solution.createCounter('T', 12345).next()", "T-12345")
    js.run("space.z = solution.createCounter('Z', 0)")
    js.equal("[z.peek(), z.next(), z.next()]", ["Z-0000", "Z-0000", "Z-0001"])
    js.run("z.reset(7); z.reset(0)")
    js.equal("z.next()", "Z-0000")
    for run in range(4):
        start, prefix = exam.random.randrange(0, 11_000), exam.random.choice(["A", "RE", "ticket", "X-1"])
        number = start
        js.run("space.c = solution.createCounter(prefix, start)", prefix=prefix, start=start)
        for _ in range(15):
            match exam.random.choice(["next", "next", "peek", "reset", "reset to"]):
                case "next":
                    js.equal("c.next()", f"{prefix}-{number:04d}")
                    number += 1
                case "peek":
                    js.equal("c.peek()", f"{prefix}-{number:04d}")
                case "reset":
                    js.run("c.reset()")
                    number = start
                case _:
                    number = exam.random.randrange(0, 20_000)
                    js.run("c.reset(number)", number=number)
        js.equal("c.peek()", f"{prefix}-{number:04d}")
