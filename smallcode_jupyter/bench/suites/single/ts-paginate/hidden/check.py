def page_of(items, page, size):
    pages = [items[at : at + size] for at in range(0, len(items), size)]
    found = pages[page - 1] if page <= len(pages) else []
    return {"items": found, "pageCount": len(pages), "hasNext": page < len(pages)}


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    call = "solution.paginate(items, page, size)"
    letters = list("abcde")
    for items, page, size in [
        (letters, 2, 2),
        (letters, 1, 2),
        (letters, 3, 2),
        (letters, 4, 2),
        (letters, 9, 2),
        (letters, 2, 3),
        (letters, 1, 5),
        (letters, 1, 100),
        (letters, 5, 1),
        (["x"], 1, 10),
        (["x"], 3, 10),
        ([], 1, 10),
        (list("abcd"), 2, 2),
        (list("abcd"), 3, 2),
    ]:
        ts.equal(call, page_of(items, page, size), items=items, page=page, size=size)
    for _ in range(20):
        items = [exam.random.randrange(1000) for _ in range(exam.random.randrange(0, 40))]
        page, size = exam.random.randrange(1, 15), exam.random.randrange(1, 12)
        ts.equal(call, page_of(items, page, size), items=items, page=page, size=size)
