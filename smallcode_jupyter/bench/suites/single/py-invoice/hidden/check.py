SHOWN = "[(item.name, item.quantity, item.unit_cents) for item in invoice.items]"
SUMS = "(invoice.subtotal(), invoice.discount(), invoice.tax(), invoice.total())"


def share(cents, percent):
    whole, rest = divmod(cents * percent, 100)
    return whole + (1 if rest >= 50 else 0)


def check(exam):
    py = exam.python()
    py.equal("solution.Item('Paper', 3, 450).cents()", 1350)
    py.equal("solution.Item('Paper', 3, 450) == solution.Item('Paper', 3, 450)", True)
    py.run("invoice = solution.Invoice('Ada', discount_percent=10)")
    py.equal("(invoice.customer, invoice.items, invoice.discount_percent, invoice.tax_percent)", ("Ada", [], 10, 20))
    py.equal(SUMS, (0, 0, 0, 0))
    py.equal("invoice.lines()", [])
    py.value("invoice.add('Paper', 3, 450)")
    py.equal(SUMS, (1350, 135, 243, 1458))
    py.equal("invoice.lines()", ["3 x Paper: 13.50"])
    py.equal("solution.Invoice('Bob').items", [])
    py.value("invoice.add('Paper', 2, 450)")
    py.value("invoice.add('Paper', 1, 400)")
    py.value("invoice.add('Pen', 1, 450)")
    py.value("invoice.add('Gift', 1, 0)")
    py.equal(SHOWN, [("Paper", 5, 450), ("Paper", 1, 400), ("Pen", 1, 450), ("Gift", 1, 0)])
    py.equal("invoice.lines()", ["5 x Paper: 22.50", "1 x Paper: 4.00", "1 x Pen: 4.50", "1 x Gift: 0.00"])
    for quantity, price in ((0, 5), (-1, 5), (1, -1)):
        py.raises("ValueError", "invoice.add('Paper', quantity, price)", quantity=quantity, price=price)
    py.equal(SHOWN, [("Paper", 5, 450), ("Paper", 1, 400), ("Pen", 1, 450), ("Gift", 1, 0)])
    py.run("invoice = solution.Invoice('Eve', [solution.Item('a', 1, 105)], 0, 10)")
    py.equal("invoice.lines()", ["1 x a: 1.05"])
    for cents, discount, tax in ((25, 10, 0), (25, 0, 10), (105, 50, 10), (5, 10, 10), (35, 10, 20)):
        py.run("invoice = solution.Invoice('Eve', [solution.Item('a', 1, c)], d, t)", c=cents, d=discount, t=tax)
        off = share(cents, discount)
        more = share(cents - off, tax)
        py.equal(SUMS, (cents, off, more, cents - off + more))
    for _ in range(15):
        items = [(f"item {at}", exam.random.randrange(1, 9), exam.random.randrange(0, 999)) for at in range(exam.random.randrange(1, 6))]
        discount, tax = exam.random.randrange(0, 60), exam.random.randrange(0, 30)
        py.run("invoice = solution.Invoice('Eve', discount_percent=d, tax_percent=t)\nfor item in items: invoice.add(*item)", d=discount, t=tax, items=items)
        whole = sum(quantity * price for _, quantity, price in items)
        off = share(whole, discount)
        more = share(whole - off, tax)
        py.equal(SUMS, (whole, off, more, whole - off + more))
        py.equal("invoice.lines()", [f"{n} x {name}: {n * price // 100}.{n * price % 100:02d}" for name, n, price in items])
