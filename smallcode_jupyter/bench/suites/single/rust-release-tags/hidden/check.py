import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]

import re


def _parsed(tag):
    match = re.fullmatch(r"v([0-9]+)\.([0-9]+)\.([0-9]+)", tag)
    return [int(number) for number in match.groups()] if match else None


def _newest(tags):
    return max((version for tag in tags if (version := _parsed(tag))), default=None)


def _latest(tags):
    version = _newest(tags)
    return "v%d.%d.%d" % tuple(version) if version else None


def _next(tags, part):
    if part not in ("major", "minor", "patch"):
        return None
    major, minor, patch = _newest(tags) or [0, 0, 0]
    return {"major": f"v{major + 1}.0.0", "minor": f"v{major}.{minor + 1}.0", "patch": f"v{major}.{minor}.{patch + 1}"}[part]


def check(exam):
    random = exam.random
    single = ["v1.4.2", "v0.0.0", "v10.20.30", "v1.4", "1.4.2", "v1.4.2-rc1", "v1..2", "release", "", "v", "v1.4.2.1", "V1.4.2", "va.b.c",
              "v1.4.", "vv1.4.2", "v1.x.2", "v1,4,2"]
    groups = [["v1.9.0", "v1.10.0", "beta"], ["v1.10.3"], [], ["beta", "1.2.3"], ["v2.0.0", "v1.99.99"], ["v0.9.9", "v0.10.0", "v0.2.50"],
              ["v1.2.10", "v1.2.9"], ["v3.0.0", "v3.0.0"], ["v4.0.0-rc1", "v3.9.9", "v5.0"], ["v10.0.0", "v9.0.0"]]
    for _ in range(20):
        numbers = [0, 1, 2, 9, 10, 11, 99, 100]
        tags = ["v" + ".".join(str(random.choice(numbers)) for _ in range(3)) for _ in range(random.randrange(1, 7))]
        tags += random.sample(["beta", "v300", "v200.1.1-rc2", "300.1.1", "nightly"], random.randrange(0, 3))
        random.shuffle(tags)
        groups.append(tags)
        single.append(random.choice(tags))
    requests = [["parse", tag] for tag in single] + [["latest", *tags] for tags in groups]
    wanted = [_parsed(tag) for tag in single] + [_latest(tags) for tags in groups]
    for tags in groups:
        for part in ("major", "minor", "patch", random.choice(["Minor", "", "all"])):
            requests.append(["next", part, *tags])
            wanted.append(_next(tags, part))
    for request, found, value in zip(requests, _ask(exam, requests), wanted):
        exam.equal(found, value, f"{request!r:.200}")
