import unicodedata

PIECES = ["Ärger", "naïve", "Zoë", "news", "2024", "v", "Q3", "São", "Paulo", "--", " & ", "!", "'s", "...", "_", " ", " / "]


def slug_of(title):
    letters = (c for c in unicodedata.normalize("NFD", title) if not "\u0300" <= c <= "\u036f")
    plain = "".join(c if c in "abcdefghijklmnopqrstuvwxyz0123456789" else " " for c in "".join(letters).lower())
    return "-".join(plain.split()) or "untitled"


def unique(title, taken):
    slug, number = slug_of(title), 2
    if slug not in taken:
        return slug
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def check(exam):
    js = exam.javascript()
    fixed = {
        "Hello, world": "hello-world",
        "  Crème brûlée, 2nd try! ": "creme-brulee-2nd-try",
        "": "untitled",
        "!?": "untitled",
        "a---b___c": "a-b-c",
        "100% JavaScript": "100-javascript",
        "-Start and end-": "start-and-end",
        "Ça va? Über Ñandú": "ca-va-uber-nandu",
        "one\ttwo\nthree": "one-two-three",
        "X": "x",
    }
    for title, slug in fixed.items():
        js.equal("solution.slugify(title)", slug, title=title)
    for title, taken, slug in [
        ("News", [], "news"),
        ("News", ["news"], "news-2"),
        ("News", ["news", "news-2"], "news-3"),
        ("News", ["news-2"], "news"),
        ("News", ["news", "news-3"], "news-2"),
        ("News", ["newsletter"], "news"),
        ("??", ["untitled"], "untitled-2"),
    ]:
        js.equal("solution.uniqueSlug(title, taken)", slug, title=title, taken=taken)
    js.equal("[solution.uniqueSlug('a b', taken), taken]", ["a-b-2", ["a-b"]], taken=["a-b"])
    for _ in range(25):
        title = "".join(exam.random.choices(PIECES, k=exam.random.randrange(1, 7)))
        js.equal("solution.slugify(title)", slug_of(title), title=title)
        slug = slug_of(title)
        numbered = [slug, *(f"{slug}-{n}" for n in range(2, 13))]
        taken = exam.random.sample(numbered, exam.random.randrange(0, len(numbered) + 1))
        js.equal("solution.uniqueSlug(title, taken)", unique(title, taken), title=title, taken=taken)
