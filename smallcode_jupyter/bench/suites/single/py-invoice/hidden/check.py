SHOWN = "[tuple(item) for item in invoice.items]"


def pay(items):
    total = sum(quantity * cents for _, quantity, cents in items)
    return total - 500 if total >= 10000 else total


def check(exam):
    py = exam.python()
    py.run("invoice = solution.Invoice()")
    py.equal("invoice.total()", 0)
    py.equal(SHOWN, [])
    py.value("invoice.add('Paper', 3, 450)")
    py.equal("invoice.total()", 1350)
    py.value("invoice.add('Desk', 1, 20000)")
    py.equal("invoice.total()", 20850)
    py.equal(SHOWN, [("Paper", 3, 450), ("Desk", 1, 20000)])
    for quantity in (0, -1):
        py.raises("ValueError", "invoice.add('Pen', quantity, 100)", quantity=quantity)
    py.equal(SHOWN, [("Paper", 3, 450), ("Desk", 1, 20000)])
    py.equal("solution.Invoice().items", [])
    for quantity, cents in ((1, 9999), (1, 10000), (2, 5000), (1, 10001), (3, 3335), (1, 0), (5, 2001)):
        py.run("invoice = solution.Invoice()\ninvoice.add('a', n, c)", n=quantity, c=cents)
        py.equal("invoice.total()", pay([("a", quantity, cents)]))
    for _ in range(15):
        items = [
            [f"item {at}", exam.random.randrange(1, 9), exam.random.randrange(1, 999)]
            for at in range(exam.random.randrange(1, 8))
        ]
        py.run("invoice = solution.Invoice()\nfor item in items: invoice.add(*item)", items=items)
        py.equal("invoice.total()", pay(items))
        py.equal(SHOWN, [tuple(item) for item in items])
