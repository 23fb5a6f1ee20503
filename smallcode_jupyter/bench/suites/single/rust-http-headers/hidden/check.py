import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _parsed(text):
    headers = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            break
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            return {"error": f"bad header in line {number}"}
        headers.append([name.strip().lower(), value.strip()])
    return headers


def _text(random):
    lines = []
    for _ in range(random.randrange(0, 8)):
        name = random.choice(["Host", "ACCEPT", "x-id", "Content-Type", "Set-Cookie"]) + random.choice(["", "", " "])
        value = random.choice(["", "a.org:80", "text/html; charset=utf-8", "a=b", "12:30:05", "A b  C"])
        lines.append(random.choice(["", "", " "]) + f"{name}:{random.choice(['', ' ', '  '])}{value}{random.choice(['', ' '])}")
    if random.random() < 0.3:
        lines.insert(random.randrange(len(lines) + 1), random.choice(["no colon here", ": no name", "  : x"]))
    if random.random() < 0.5:
        lines.insert(random.randrange(len(lines) + 1), random.choice(["", "  "]))
    return random.choice(["\n", "\r\n"]).join(lines) + random.choice(["", "\n"])


def check(exam):
    random = exam.random
    texts = ["Host: a.org:80\r\nAccept:\r\n\r\nbody", "", "\n", "A:1", "A: 1\n", "A: 1\nB", ": x", "  : x", "A: 1\r\nB: 2\r\n: 3\r\n",
             "\nA: 1", "A: 1\n\nnonsense", "A: 1\n  \nnonsense", "A: 1\nA: 2", " Long-NAME :  b c  ", "url: http://x.org/a?b=c:d", "nothing"]
    texts += [_text(random) for _ in range(25)]
    pools = [[], ["host", "a.org"], ["a", "1", "b", "2", "a", "3"], ["set-cookie", "x", "set-cookie", ""]]
    for _ in range(8):
        names = [random.choice(["host", "accept", "x-id"]) for _ in range(random.randrange(1, 6))]
        pools.append([part for number, name in enumerate(names) for part in (name, f"v{number}")])
    requests = [["parse", text] for text in texts]
    wanted = [_parsed(text) for text in texts]
    for pool in pools:
        for name in ("host", "HOST", "A", "b", "Set-Cookie", "x-ID", "hos"):
            requests.append(["find", name, *pool])
            values = [value for key, value in zip(pool[::2], pool[1::2]) if key == name.lower()]
            wanted.append(values[-1] if values else None)
    for request, found, value in zip(requests, _ask(exam, requests), wanted):
        exam.equal(found, value, f"{request!r:.200}")
