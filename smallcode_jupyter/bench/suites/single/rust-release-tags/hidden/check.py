import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(text):
    parts = text.split(".")
    return [int(part) for part in parts] if len(parts) == 3 and all(part.isdigit() for part in parts) else None


def check(exam):
    random = exam.random
    texts = ["1.4.2", "v1.4.2", "1.4", "1.4.2.1", "1.4.x", "beta", "0.0.0", "10.20.30", "1.4.2-rc1", "1..2", "1", "", "1.4.", "version", "a.b.c", "1.x.2", "2024.12.1"]
    for _ in range(25):
        numbers = ".".join(str(random.randrange(0, 300)) for _ in range(random.choice([3, 3, 3, 3, 2, 4])))
        texts.append(random.choice(["", "", "", "", "v"]) + numbers + random.choice(["", "", "", "", "-rc1", "b"]))
    for text, found in zip(texts, _ask(exam, [[text] for text in texts])):
        exam.equal(found, _expected(text), f"parse_version({text!r})")
