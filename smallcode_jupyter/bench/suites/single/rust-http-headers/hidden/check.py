import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(line):
    name, colon, value = line.partition(":")
    return [name.strip(" "), value.strip(" ")] if colon else None


def check(exam):
    random = exam.random
    lines = ["Host: a.org:80", "HTTP/1.1 200 OK", "Age: 12", "Age:4", "Server:   small server  ", " Via : x", "Accept:", "", ":", "Date: Mon, 01 Jan 12:30:00", "age", "X-Age:  "]
    for _ in range(25):
        name = random.choice(["Host", "Accept", "Age", "X-Age", "Server", "Date"])
        value = random.choice(["a.org", "a.org:8080", "12", "text/html; q=0.5", "", "Mon 12:30:00", "Age"])
        blanks = [" " * random.randrange(0, 3) for _ in range(3)]
        lines.append(random.choice([f"{name}{blanks[0]}:{blanks[1]}{value}{blanks[2]}"] * 5 + [name]))
    for line, found in zip(lines, _ask(exam, [[line] for line in lines])):
        exam.equal(found, _expected(line), f"parse_header({line!r})")
