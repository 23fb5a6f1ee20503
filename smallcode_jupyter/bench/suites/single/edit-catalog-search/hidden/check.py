import json


def search(books, text, IgnoreCase=False, InStock=False, MaxCents=0, Limit=0):
    fold = str.lower if IgnoreCase else str
    found = [
        book for book in books
        if any(fold(text) in fold(book[name]) for name in ("Title", "Author"))
        and (book["Stock"] > 0 or not InStock) and (book["Cents"] <= MaxCents or MaxCents == 0)
    ]
    return sorted(found, key=lambda book: book["Title"])[: Limit or None]


def line(book):
    return f"{book['Title']} by {book['Author']}, {book['Cents'] // 100}.{book['Cents'] % 100:02d}" + " (sold out)" * (book["Stock"] == 0)


def book(title, author, cents, stock):
    return {"Title": title, "Author": author, "Cents": cents, "Stock": stock}


def check(exam):
    program = exam.go()
    shelf = [book("Go", "Ada", 900, 0), book("Algol", "Ben", 500, 2), book("go", "Cy", 905, 1), book("Go", "Dan", 100, 3), book("Basic", "GOran", 2000, 1)]
    cases = [([], "", {}), (shelf, "none", {}), (shelf, "", {})]
    cases += [(shelf[:2], "GO", {"IgnoreCase": True}), (shelf[:2], "GO", {"IgnoreCase": True, "InStock": True}), (shelf[:2], "GO", {})]
    for text in ("GO", "go", "Go", "", "a"):
        for options in ({}, {"IgnoreCase": True}, {"InStock": True}, {"MaxCents": 900}, {"Limit": 1}, {"Limit": 2}, {"Limit": 9}, {"MaxCents": 899},
                        {"IgnoreCase": True, "InStock": True, "MaxCents": 905, "Limit": 2}):
            cases.append((shelf, text, options))
    for _ in range(30):
        books = [book(exam.random.choice(["Go", "Rust", "Python", "Perl", "pascal"]), exam.random.choice(["Ada", "Ben", "rusty", "Goran"]),
                      exam.random.randint(1, 12) * 105, exam.random.randint(0, 2)) for _ in range(exam.random.randint(0, 9))]
        options = {"IgnoreCase": exam.random.random() < 0.5, "InStock": exam.random.random() < 0.5, "MaxCents": exam.random.choice([0, 315, 630, 1000]),
                   "Limit": exam.random.choice([0, 0, 1, 2, 3])}
        cases.append((books, exam.random.choice(["", "R", "go", "P", "a", "RUST"]), options))
    requests = [json.dumps({"Books": books, "Text": text, "Options": options}) for books, text, options in cases]
    for (books, text, options), answer in zip(cases, program.lines(requests)):
        found, plain, everything, authors, lines = json.loads(answer)
        exam.equal(found, search(books, text, **options), f"SearchWith({text!r}, {options}) on {books}")
        exam.equal(plain, search(books, text), f"Search({text!r}) on {books}")
        exam.equal(everything, search(books, ""), f"all of {books}")
        exam.equal([authors, lines], [sorted({each["Author"] for each in books}), [line(each) for each in books]], f"Authors and Line of {books}")
