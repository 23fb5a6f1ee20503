import math


def missing(row, column):
    return row.get(column) is None


def sort(rows, column, descending=False):
    present = [row for row in rows if not missing(row, column)]
    key = (lambda row: row[column]) if all(isinstance(row[column], int | float) for row in present) else (
        lambda row: (row[column].lower(), row[column].swapcase()))
    result = []
    for row in present:
        at = len(result)
        while at and (key(result[at - 1]) < key(row) if descending else key(result[at - 1]) > key(row)):
            at -= 1
        result.insert(at, row)
    return result + [row for row in rows if missing(row, column)]


def view(rows, sortBy=None, descending=False, filter="", page=1, pageSize=10):
    wanted = filter.strip().lower()
    if wanted:
        rows = [row for row in rows if any(cell is not None and wanted in str(cell).lower() for cell in row.values())]
    if sortBy:
        rows = sort(rows, sortBy, descending)
    last = max(1, math.ceil(len(rows) / pageSize))
    start = (min(max(page, 1), last) - 1) * pageSize
    return rows[start : start + pageSize]


NAMES = ["apple", "Apple", "banana", "Cherry", "date", "fig 10", "fig 9", "grape", None]


def check(exam):
    ts = exam.typescript(types="types.ts")
    ts.run("space.both = (f, rows, ...args) => { const copy = structuredClone(rows); const got = f(rows, ...args); "
           "return [got, JSON.stringify(rows) === JSON.stringify(copy), rows.every((row) => row !== got)]; }")
    prices = [{"id": index, "price": price} for index, price in enumerate([9, 100, 10])]
    mixed = [{"id": index, "price": price} for index, price in enumerate([2.5, None, -3, 0, 2.25, 1000, -20, 2.5])] + [{"id": 9}]
    names = [{"id": index, "name": name} for index, name in enumerate(["fig 9", "fig 10", "Cherry", "banana", None, "apple"])]
    for rows, column in ((prices, "price"), (mixed, "price"), (names, "name"), ([], "x"), (prices, "nothing")):
        for descending in (False, True):
            ts.equal("both(solution.sortRows, rows, column, descending)", [sort(rows, column, descending), True, True],
                     rows=rows, column=column, descending=descending)
            options = {"sortBy": column, "descending": descending}
            ts.equal("both(solution.viewRows, rows, options)", [view(rows, **options), True, True], rows=rows, options=options)
    ts.equal("solution.sortRows(rows, 'price')", [prices[0], prices[2], prices[1]], rows=prices)
    ts.equal("solution.viewRows(rows)", prices, rows=prices)
    ts.equal("solution.filterRows(rows, ' FIG ')", names[:2], rows=names)
    ts.equal("[solution.pageCount(0, 10), solution.pageCount(10, 10), solution.pageCount(11, 10)]", [1, 1, 2])
    for _ in range(25):
        rows = [{"id": index, "name": exam.random.choice(NAMES), "price": exam.random.choice([None, 0, 5, 12, 100, 7.5, -1])}
                for index in range(exam.random.randint(0, 25))]
        options = {"page": exam.random.randint(0, 4), "pageSize": exam.random.choice([3, 5, 10])}
        if exam.random.random() < 0.8:
            options |= {"sortBy": exam.random.choice(["name", "price"]), "descending": exam.random.random() < 0.5}
        if exam.random.random() < 0.4:
            options["filter"] = exam.random.choice(["a", "FIG", "0", " "])
        ts.equal("both(solution.viewRows, rows, options)", [view(rows, **options), True, True], rows=rows, options=options)
