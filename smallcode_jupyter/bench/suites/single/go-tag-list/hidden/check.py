import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _expected(text):
    return [part.strip().lower() for part in text.split(";") if part.strip()]


def _field(random):
    words = ["Go", "go", "web", "REST api", "Api", "data", "Zen", "x1", "ABC", "big red bus", "", " "]
    return ";".join(random.choice(["", " ", "  "]) + random.choice(words) + random.choice(["", " "]) for _ in range(random.randrange(1, 9)))


def check(exam):
    texts = ["Web; go ;REST api;;", " ; ", "", "zeta;alpha", "one", "A;a", "big red bus;Top Ten", ";;b;;", "C; B; A", "c;b;a", "a, b;c,d"]
    texts += [_field(exam.random) for _ in range(25)]
    for text, found in zip(texts, _ask(exam, texts)):
        exam.equal(found, _expected(text), f"Tags({text!r})")
