def page_of(items, page, size):
    pages = [items[at : at + size] for at in range(0, len(items), size)] or [[]]
    page = 1 if page < 1 else len(pages) if page > len(pages) else page
    return {
        "items": pages[page - 1],
        "page": page,
        "pageCount": len(pages),
        "total": len(items),
        "hasNext": page < len(pages),
        "hasPrevious": page > 1,
    }


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    call = "solution.paginate(items, page, size)"
    letters = list("abcde")
    for items, page, size in [
        (letters, 2, 2),
        (letters, 1, 2),
        (letters, 3, 2),
        (letters, 4, 2),
        (letters, 0, 2),
        (letters, -3, 2),
        (letters, 1, 5),
        (letters, 2, 5),
        (letters, 1, 100),
        (letters, 5, 1),
        ([], 1, 10),
        ([], 3, 10),
        (list("abcd"), 2, 2),
        (list("abcd"), 3, 2),
    ]:
        ts.equal(call, page_of(items, page, size), items=items, page=page, size=size)
    for size in (0, -1, 2.5):
        ts.raises("RangeError", call, items=letters, page=1, size=size)
    ts.equal("(() => { solution.paginate(items, 2, 2).items.push('x'); return items; })()", letters, items=letters)
    for _ in range(25):
        items = [exam.random.randrange(1000) for _ in range(exam.random.randrange(0, 40))]
        page, size = exam.random.randrange(-2, 15), exam.random.randrange(1, 12)
        ts.equal(call, page_of(items, page, size), items=items, page=page, size=size)
