import json


def book(title, cents=100, stock=1):
    return {"Title": title, "Cents": cents, "Stock": stock}


def check(exam):
    program = exam.go()
    two = [book("Algol", 500, 0), book("Go for All", 900, 3)]
    cases = [(two, text, stock) for text in ("Go", "go", "Al", "", "zebra", "l") for stock in (False, True)]
    cases += [([], "", True), ([book("a", 1, 0)], "A", True), ([book("B", 3, 1), book("A", 7, 1)], "", False), ([book("ABC", 3, 2)], "BC", False)]
    titles = ["Algol", "Go", "Pascal", "pearls", "Gopher Tales", "Type Theory", "The Book", "Garden", "algae"]
    for _ in range(30):
        books = [book(title, exam.random.randint(1, 5000), exam.random.choice([0, 0, 1, 2, 9])) for title in exam.random.sample(titles, exam.random.randint(0, 8))]
        cases.append((books, exam.random.choice(["", "Go", "al", "e", "P", "The"]), exam.random.random() < 0.5))
    lines = [json.dumps({"Books": books, "Text": text, "InStock": stock}) for books, text, stock in cases]
    for (books, text, stock), answer in zip(cases, program.lines(lines)):
        found = sorted((each for each in books if text in each["Title"] and (each["Stock"] > 0 or not stock)), key=lambda each: each["Title"])
        exam.equal(json.loads(answer), [found, sum(each["Cents"] * each["Stock"] for each in books)], f"Search({books}, {text!r}, {stock})")
