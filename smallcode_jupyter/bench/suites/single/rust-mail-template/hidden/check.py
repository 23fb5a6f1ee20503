import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


VALUES = [["name", "Ann"], ["day", "May 3"], ["empty", ""], ["n", "1"], ["title", "Dr. name"]]


def _expected(template, values):
    for name, text in values:
        template = template.replace("{" + name + "}", text)
    return template


def check(exam):
    random = exam.random
    cases = [("Hi {name}, see you on {day}!", VALUES[:2]), ("{a} {b} b", [["b", "x"]]), ("", VALUES), ("plain text", VALUES), ("{name}{name}", VALUES), ("name {n}", VALUES),
             ("{empty}.", VALUES), ("{name}", VALUES[1:2]), ("two\nlines {day}", VALUES), ("{Name} {name}", VALUES), ("ü {name} ß", VALUES), ("{title} {name}", VALUES), ("{name} {title}", [VALUES[4], VALUES[0]])]
    for _ in range(25):
        pieces = ["Hi ", "{name}", "{day}", "{n}", ", ", "\n", "{empty}", "{title}", "100 %", "{city}", "name"]
        template = "".join(random.choice(pieces) for _ in range(random.randrange(1, 10)))
        cases.append((template, random.sample(VALUES, random.randrange(1, 6))))
    answers = _ask(exam, [[template, *(part for pair in values for part in pair)] for template, values in cases])
    for (template, values), found in zip(cases, answers):
        exam.equal(found, _expected(template, values), f"render({template!r}, {values})")
