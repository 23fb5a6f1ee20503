PIECES = [
    "Anger",
    "naive",
    "Zoe",
    "news",
    "2024",
    "v",
    "Q3",
    "Sao",
    "--",
    " & ",
    "!",
    "'s",
    "...",
    "_",
    " ",
    " / ",
    "ß",
]


def slug_of(title):
    plain = "".join(c if c in "abcdefghijklmnopqrstuvwxyz0123456789" else " " for c in title.lower())
    return "-".join(plain.split())


def check(exam):
    js = exam.javascript()
    for title, slug in {
        "Hello, world": "hello-world",
        "  100% fun: the 2nd try! ": "100-fun-the-2nd-try",
        "": "",
        "!?": "",
        "a---b___c": "a-b-c",
        "-Start and end-": "start-and-end",
        "one\ttwo\nthree": "one-two-three",
        "X": "x",
        "What's new?": "what-s-new",
    }.items():
        js.equal("solution.slugify(title)", slug, title=title)
    for _ in range(25):
        title = "".join(exam.random.choices(PIECES, k=exam.random.randrange(1, 7)))
        js.equal("solution.slugify(title)", slug_of(title), title=title)
