import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _expected(text):
    tags = set()
    for part in text.replace(";", ",").split(","):
        words = part.strip().removeprefix("#").lower().split()
        tags.add("-".join(words))
    return sorted(tags - {""})


def _field(random):
    words = ["Go", "go", "web", "REST", "Api", "data", "Zen", "x1", "ABC"]
    parts = []
    for _ in range(random.randrange(0, 9)):
        inner = random.choice([" ", "  ", "   "]).join(random.sample(words, random.choice([0, 1, 1, 1, 2, 3])))
        parts.append(random.choice(["", " ", "  "]) + random.choice(["", "", "#"]) + inner + random.choice(["", " "]))
    return "".join(part + random.choice(",;") for part in parts)


def check(exam):
    texts = ["Go, #web;  REST  api , go", " ; ,#", "", "zeta;alpha", "one", "A,a,A,#a", "big   red   bus", "#Top Ten,top ten",
             "##x", "c#", ",,b,,", "rest-api,REST api"]
    texts += [_field(exam.random) for _ in range(30)]
    for text, found in zip(texts, _ask(exam, texts)):
        exam.equal(found, _expected(text), f"Tags({text!r})")
