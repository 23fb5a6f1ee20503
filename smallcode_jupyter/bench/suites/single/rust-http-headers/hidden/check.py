import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(text, name):
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key == name:
            return value.strip()
    return None


def check(exam):
    random = exam.random
    text = "Host: a.org:80\nAccept: text/html"
    cases = [(text, "Host"), (text, "host"), (text, "Accept"), (text, "Age"), ("", "host"), ("HTTP/1.1 200 OK\nAge: 12", "Age"), ("age: 1\nAge: 2\nAge: 3", "Age"),
             ("X-Age: 3\nAge:4", "Age"), ("Age: 3", "X-Age"), ("Accept:", "Accept"), ("Server:   small server  ", "Server"),
             ("Host\nHost: b.org", "Host"), ("Via: Age: 7\nAge: 8", "Age"), ("Date: Mon, 01 Jan 12:30:00", "Date")]
    names = ["Host", "Accept", "Age", "X-Age", "Server", "Date"]
    values = ["a.org", "a.org:8080", "12", "text/html; q=0.5", "", "Mon 12:30:00", "Age"]
    for _ in range(25):
        lines = []
        for _ in range(random.randrange(1, 7)):
            name = random.choice([str, str, str, str.upper])(random.choice(names))
            lines.append(random.choice([name + ":" + random.choice(["", " ", "  "]) + random.choice(values)] * 6 + [name, "HTTP/1.1 200 OK"]))
        cases.append(("\n".join(lines), random.choice(names)))
    for (text, name), found in zip(cases, _ask(exam, cases)):
        exam.equal(found, _expected(text, name), f"find_header({text!r}, {name!r})")
