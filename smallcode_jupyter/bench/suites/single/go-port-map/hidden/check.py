import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def check(exam):
    random = exam.random
    good = [(8080, 80), (1, 65535), (65535, 1), (53, 53)] + [(random.randrange(1, 65536), random.choice([80, 443, random.randrange(1, 65536)])) for _ in range(20)]
    bad = ["", "80", ":", "80:", ":80", "a:80", "80:b", "1:2:3", "8.5:80", "80-80", "http:80", "80:80:"]
    bad += ["0:80", "80:0", "65536:80", "80:65536", "70000:80", "-1:80", "80:-5"]
    texts = [f"{host}:{container}" for host, container in good] + bad
    expected = [[host, container, False] for host, container in good] + [[0, 0, True]] * len(bad)
    for text, found, wanted in zip(texts, _ask(exam, texts), expected):
        exam.equal(found, wanted, f"[host, container, is an error] of ParsePort({text!r})")
