PRICES = {"rolls": 45, "rye": 390, "pretzels": 110, "croissants": 160}
SETUP = """
from bakery.book import OrderBook
from bakery.invoice import invoice
from bakery.baking import baking_sheet
from bakery.week import repeat_day, turnover
book = OrderBook()
"""


def lines(orders, customer, day):
    found, total = [], 0
    for number, (who, when, counts) in orders.items():
        if (who, when) == (customer, day):
            for product, count in sorted(counts.items()):
                cents = count * PRICES[product]
                total += cents
                found.append(f"#{number} {count} x {product}: {cents // 100}.{cents % 100:02d}")
    return [*found, f"total: {total // 100}.{total % 100:02d}"]


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.equal("book.place('Cafe Rio', '2026-06-01', {'rolls': 20}).number", 1)
    py.equal("book.repeat(1, '2026-06-08').number", 2)
    py.equal("book.change(2, 'rolls', 5)", None)
    py.equal("invoice(book, 'Cafe Rio', '2026-06-01')", ["#1 20 x rolls: 9.00", "total: 9.00"])
    py.equal("invoice(book, 'Cafe Rio', '2026-06-08')", ["#2 5 x rolls: 2.25", "total: 2.25"])
    py.run("book.change(1, 'rye', 2); book.change(1, 'rolls', 0)")
    py.equal("invoice(book, 'Cafe Rio', '2026-06-08')", ["#2 5 x rolls: 2.25", "total: 2.25"])
    py.equal("invoice(book, 'Cafe Rio', '2026-06-01')", ["#1 2 x rye: 7.80", "total: 7.80"])
    py.equal("book.find(2).customer", "Cafe Rio")
    py.equal("baking_sheet(book, '2026-06-01')", {"rye": 2})

    py.run("book = OrderBook(); given = {'rolls': 3}")
    py.equal("[book.place('A', 'd', given).number for _ in range(3)]", [1, 2, 3])
    py.run("book.change(1, 'rye', 1)")
    py.equal("given", {"rolls": 3})
    py.equal("book.find(2).quantities", {"rolls": 3})
    py.run("given['rolls'] = 99")
    py.equal("book.find(3).quantities", {"rolls": 3})
    py.run("book.cancel(1)")
    py.equal("book.place('B', 'd', {'rye': 1}).number", 4)
    py.run("book.cancel(4)")
    py.equal("book.place('C', 'd', {'rye': 2}).number", 5)
    py.equal("book.repeat(5, 'e').number", 6)
    py.run("book.cancel(6); book.cancel(5); book.cancel(3); book.cancel(2)")
    py.equal("book.place('C', 'd', {'rye': 2}).number", 7)
    py.raises("LookupError", "book.find(3)", says="no order 3")
    py.raises("LookupError", "book.cancel(6)")
    py.raises("KeyError", "book.place('C', 'd', {'cake': 2})")
    py.raises("KeyError", "book.change(7, 'cake', 2)")
    py.raises("ValueError", "book.change(7, 'rye', -1)")
    py.equal("OrderBook().place('A', 'd', {}).number", 1)
    py.equal("[order.number for order in book.on('d')]", [7])

    py.run("book = OrderBook(); [book.place(name, '2026-06-01', {'rolls': 2}) for name in 'ABC']; book.cancel(2)")
    py.equal("repeat_day(book, '2026-06-01')", [4, 5])
    py.run("book.change(5, 'rolls', 10)")
    py.equal("turnover(book, '2026-06-01')", {"2026-06-01": 180})
    py.equal("turnover(book, '2026-06-08')", {"2026-06-08": 540})
    for _ in range(6):
        py.run("book = OrderBook()")
        orders, last = {}, 0
        for _ in range(25):
            what = exam.random.choice(["place", "repeat", "repeat", "change", "change", "change", "cancel"])
            day = exam.random.choice(["2026-06-01", "2026-06-08"])
            product, count = exam.random.choice(list(PRICES)), exam.random.randrange(0, 9)
            if what == "place" or not orders:
                last += 1
                counts = {name: exam.random.randrange(1, 30) for name in exam.random.sample(list(PRICES), 2)}
                customer = exam.random.choice("AB")
                orders[last] = (customer, day, dict(counts))
                py.equal("book.place(customer, day, counts).number", last, customer=customer, day=day, counts=counts)
                continue
            number = exam.random.choice(list(orders))
            if what == "repeat":
                last += 1
                orders[last] = (orders[number][0], day, dict(orders[number][2]))
                py.equal("book.repeat(number, day).number", last, number=number, day=day)
            elif what == "change":
                orders[number][2].pop(product, None) if count == 0 else orders[number][2].update({product: count})
                py.equal("book.change(number, product, count)", None, number=number, product=product, count=count)
            else:
                del orders[number]
                py.equal("book.cancel(number)", None, number=number)
        for customer in "AB":
            for day in ("2026-06-01", "2026-06-08"):
                expected = lines(orders, customer, day)
                py.equal("invoice(book, customer, day)", expected, customer=customer, day=day)
