import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


import re


def _expected(tag):
    match = re.fullmatch(r"v([0-9]+)\.([0-9]+)\.([0-9]+)", tag)
    return [int(number) for number in match.groups()] if match else None


def check(exam):
    random = exam.random
    tags = ["v1.4.2", "1.4.2", "v1.4", "v1.4.2.1", "v1.4.x", "beta", "v0.0.0", "v10.20.30", "v1.4.2-rc1", "v1..2", "v1", "v", "", "v1.4.", "version", "V1.4.2",
            "x1.4.2", "va.b.c", "v2024.12.1"]
    for _ in range(25):
        numbers = ".".join(str(random.randrange(0, 300)) for _ in range(random.choice([3, 3, 3, 3, 2, 4])))
        tags.append(random.choice(["v", "v", "v", "v", "", "r"]) + numbers + random.choice(["", "", "", "", "-rc1", "b"]))
    for tag, found in zip(tags, _ask(exam, [[tag] for tag in tags])):
        exam.equal(found, _expected(tag), f"parse_tag({tag!r})")
