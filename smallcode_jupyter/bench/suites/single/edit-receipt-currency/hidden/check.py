def amount(cents, currency="EUR"):
    return f"{cents // 100}.{cents % 100:02d} {currency}"


def lines_of(items, currency="EUR"):
    lines = [f"{count} x {name}: {amount(cents * count, currency)}" for name, cents, count in items]
    return [*lines, f"Total: {amount(sum(cents * count for _, cents, count in items), currency)}"]


def check(exam):
    py = exam.python("import solution\ndef made(items): return [solution.Item(*item) for item in items]")
    for cents in (0, 5, 99, 1250, 1999, 123456789):
        py.equal("solution.format_amount(cents)", amount(cents), cents=cents)
        py.equal("solution.format_amount(cents, 'CHF')", amount(cents, "CHF"), cents=cents)
        py.equal("solution.format_amount(cents, currency='points')", amount(cents, "points"), cents=cents)
    example = [["Eggs", 320, 1], ["Milk", 110, 2]]
    py.equal("solution.receipt_lines(made(items), currency='USD')", ["1 x Eggs: 3.20 USD", "2 x Milk: 2.20 USD", "Total: 5.40 USD"], items=example)
    py.equal("solution.receipt_lines([])", ["Total: 0.00 EUR"])
    py.equal("solution.Item('Eggs', 320).count", 1)
    for _ in range(15):
        items = [[exam.random.choice(["Eggs", "Milk", "Bread"]), exam.random.randint(1, 5000), exam.random.choice([1, 1, 2, 3, 0])]
                 for _ in range(exam.random.randint(0, 5))]
        currency = exam.random.choice(["EUR", "USD", "CHF", "GBP", "SEK"])
        py.equal("solution.receipt_lines(made(items))", lines_of(items), items=items)
        py.equal("solution.receipt_lines(made(items), currency)", lines_of(items, currency), items=items, currency=currency)
        py.equal("solution.total(made(items))", sum(cents * count for _, cents, count in items), items=items)
