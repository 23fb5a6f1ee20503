def percent(amount, rate):
    return (amount * rate + 50) // 100


def total(line):
    full = line[1] * line[2]
    return full - percent(full, line[3])


def check(exam):
    py = exam.python("import solution\ndef made(lines): return [solution.Line(*line) for line in lines]")
    for line, expected in (
        (["Brake pad", 4, 1000, 10], 3600),
        (["x", 3, 333, 5], 949),
        (["x", 1, 8000, 25], 6000),
        (["x", 2, 899, 0], 1798),
        (["x", 5, 999, 100], 0),
        (["x", 0, 999, 10], 0),
        (["x", 7, 15, 15], 89),
        (["x", 10, 5, 1], 49),
    ):
        py.equal("solution.line_total(solution.Line(*line))", expected, line=line)
    py.equal("solution.line_total(solution.Line('Oil', 3, 450))", 1350)
    py.equal("solution.gross_total(made(lines))", 4320, lines=[["Brake pad", 4, 1000, 10]])
    py.equal("solution.gross_total([])", 0)
    py.equal("solution.VAT_PERCENT", 20)
    for amount, rate, expected in ((333, 5, 17), (250, 1, 3), (249, 1, 2), (1000, 0, 0), (50, 1, 1)):
        py.equal("solution.percent_of(amount, rate)", expected, amount=amount, rate=rate)
    for _ in range(25):
        lines = [
            [exam.random.choice(["Oil", "Filter", "Brake pad"]), exam.random.randint(1, 12), exam.random.randint(1, 30000),
             exam.random.choice([0, 0, 3, 5, 7, 10, 15, 33, 50])]
            for _ in range(exam.random.randint(1, 5))
        ]
        net = sum(map(total, lines))
        py.equal("[solution.line_total(line) for line in made(lines)]", [total(line) for line in lines], lines=lines)
        py.equal("[f(made(lines)) for f in (solution.net_total, solution.gross_total)]", [net, net + percent(net, 20)], lines=lines)
