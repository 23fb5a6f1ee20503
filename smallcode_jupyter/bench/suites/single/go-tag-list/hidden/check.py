import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _field(random):
    words = ["Go", "go", "web", "REST api", "Api", "data", "Zen", "x1", "ABC", "big red bus"]
    return ";".join(random.choice(["", " ", "  "]) + random.choice(words) + random.choice(["", " "]) for _ in range(random.randrange(1, 9)))


def check(exam):
    texts = ["web; go ;rest api", "one", "zeta;alpha", "a;a", "big red bus;Top Ten", "c; b; a", "c;b;a", "a, b;c,d", "  x  ", "A;B  C"]
    texts += [_field(exam.random) for _ in range(25)]
    for text, found in zip(texts, _ask(exam, texts)):
        exam.equal(found, [part.strip() for part in text.split(";")], f"Tags({text!r})")
