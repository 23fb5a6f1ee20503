def sort(rows, column, descending=False):
    key = (lambda row: row[column].lower()) if column == "name" else (lambda row: row[column])
    return sorted(rows, key=key, reverse=descending)


NAMES = ["apple", "Banana", "cherry", "Date", "fig", "grape"]


def check(exam):
    ts = exam.typescript(types="types.ts")
    ts.run("space.both = (f, rows, ...args) => { const copy = structuredClone(rows); const got = f(rows, ...args); "
           "return [got, JSON.stringify(rows) === JSON.stringify(copy)]; }")
    prices = [{"id": index, "price": price} for index, price in enumerate([9, 100, 10])]
    mixed = [{"id": index, "price": price} for index, price in enumerate([2.5, -3, 0, 2.25, 1000, -20, 2])]
    names = [{"id": index, "name": name} for index, name in enumerate(["fig", "Date", "cherry", "Banana", "apple"])]
    for rows, column in ((prices, "price"), (mixed, "price"), (names, "name"), ([], "x")):
        for descending in (False, True):
            ts.equal("both(solution.sortRows, rows, column, descending)", [sort(rows, column, descending), True],
                     rows=rows, column=column, descending=descending)
    ts.equal("solution.sortRows(rows, 'price')", [prices[0], prices[2], prices[1]], rows=prices)
    ts.equal("solution.filterRows(rows, 'FI')", names[:1], rows=names)
    ts.equal("solution.pageRows(rows, 1, 2)", mixed[:2], rows=mixed)
    ts.equal("solution.pageRows(rows, 3, 3)", mixed[6:], rows=mixed)
    for _ in range(25):
        count = exam.random.randint(0, 6)
        prices = exam.random.sample([0, 5, 12, 100, 7.5, -1, 33, 1000], count)
        rows = [{"id": index, "name": name, "price": price} for index, (name, price) in enumerate(zip(exam.random.sample(NAMES, count), prices))]
        column, descending = exam.random.choice(["name", "price", "id"]), exam.random.random() < 0.5
        ts.equal("both(solution.sortRows, rows, column, descending)", [sort(rows, column, descending), True],
                 rows=rows, column=column, descending=descending)
