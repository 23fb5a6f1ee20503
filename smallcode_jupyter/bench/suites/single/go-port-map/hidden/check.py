import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]

TEXTS = {"format": "bad format", "range": "port out of range", "taken": "port already taken"}


def _wrong(spec, kind):
    return {"error": f"{spec}: {TEXTS[kind]}", "is": [kind], "nil": True}


def _good(random, used):
    while True:
        host, protocol = random.randrange(1, 65536), random.choice(["tcp", "udp"])
        if (host, protocol) not in used:
            used.add((host, protocol))
            break
    container = random.choice([80, 443, 53, random.randrange(1, 65536)])
    tail = random.choice(["", "/tcp"]) if protocol == "tcp" else "/udp"
    return f"{host}:{container}{tail}", [host, container, protocol]


def check(exam):
    random = exam.random
    cases = [
        ([], []),
        (["8080:80", "5353:53/udp"], [[8080, 80, "tcp"], [5353, 53, "udp"]]),
        (["1:65535/tcp", "65535:1"], [[1, 65535, "tcp"], [65535, 1, "tcp"]]),
        (["53:53/tcp", "53:53/udp", "54:53"], [[53, 53, "tcp"], [53, 53, "udp"], [54, 53, "tcp"]]),
        (["80:80", "80:81"], _wrong("80:81", "taken")),
        (["80:80", "81:81", "80:82/tcp"], _wrong("80:82/tcp", "taken")),
        (["90:1/udp", "90:2/udp"], _wrong("90:2/udp", "taken")),
        (["80:80", "x:1", "0:1"], _wrong("x:1", "format")),
        (["80:80", "0:1", "x:1"], _wrong("0:1", "range")),
    ]
    for spec in ("", "80", ":", "80:", ":80", "a:80", "80:b", "1:2:3", "80:80/", "80:80/sctp", "80:80/TCP", "80/tcp", "8.5:80",
                 "80:80/tcp/udp"):
        cases.append(([spec], _wrong(spec, "format")))
    for spec in ("0:80", "80:0", "65536:80", "80:65536", "70000:80/udp"):
        cases.append(([spec], _wrong(spec, "range")))
    for _ in range(20):
        used = set()
        pairs = [_good(random, used) for _ in range(random.randrange(1, 7))]
        specs, mappings = [spec for spec, _ in pairs], [mapping for _, mapping in pairs]
        cases.append((specs, mappings))
        host, _, protocol = random.choice(mappings)
        wrong, kind = random.choice([(f"{host}:9/{protocol}", "taken"), ("80:http", "format"), ("80:99999", "range")])
        cases.append(([*specs, wrong, "not:seen"], _wrong(wrong, kind)))
    for (specs, wanted), found in zip(cases, _ask(exam, [specs for specs, _ in cases])):
        exam.equal(found, wanted, f"ParsePorts({specs!r:.200})")
