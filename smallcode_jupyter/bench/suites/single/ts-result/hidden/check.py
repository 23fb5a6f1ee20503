def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")

    def claim(*lines):
        prices, errors = [], []
        for number, line in enumerate(lines, start=1):
            text = line.strip()
            if text.replace(".", "").isdigit():
                prices.append(float(text) if float(text) % 1 else int(float(text)))
            elif text:
                errors.append(f"{number}: {line}")
        expected = {"ok": False, "error": errors} if errors else {"ok": True, "value": prices}
        ts.equal("solution.parsePrices(lines)", expected, lines=list(lines))

    claim("4.50", "", " 12")
    claim("4.50", "", "x5")
    claim()
    claim("", "   ")
    claim("7")
    claim("0", "0.5")
    claim("a")
    claim("a", "1", "", "b c", "2", "")
    claim("1", "  ", "twelve", "3")
    for _ in range(20):
        count = exam.random.randrange(1, 8)
        few = ["1", "2.5", " 30 ", "0", "", "  ", "19.99"]
        some = exam.random.choice([few, few, [*few, "free", "n/a", "EUR 5"]])
        claim(*exam.random.choices(some, k=count))
