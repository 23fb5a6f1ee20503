import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _request(hits, count=(), top=(), workers=1, rounds=1):
    return {"Hits": hits, "Workers": workers, "Rounds": rounds, "Count": list(count), "Top": list(top)}


def _expected(request):
    counts = {}
    for path in request["Hits"]:
        path = path.partition("?")[0]
        counts[path] = counts.get(path, 0) + request["Workers"] * request["Rounds"]
    pages = sorted(([path, hits] for path, hits in counts.items()), key=lambda page: (-page[1], page[0]))
    tops = [pages[: max(0, n)] for n in request["Top"]]
    return {"counts": [counts.get(path, 0) for path in request["Count"]], "tops": tops}


def check(exam):
    random = exam.random
    paths = ["/", "/a", "/b", "/a/b", "/about", "/Zoo", "/shop", "/shop/1"]
    requests = [
        _request(["/a", "/b?p=2", "/b"], ["/a", "/b", "/c", "/b?p=2"], [1, 2, 0, -1, 5]),
        _request([], ["/"], [3, 0]),
        _request(["/d", "/c", "/b", "/a"], ["/a"], [4, 3, 2]),
        _request(["/a?x=1", "/a?x=2?y=3", "/a?", "/a"], ["/a", "/a?"], [9]),
    ]
    for _ in range(20):
        hits = [random.choice(paths) + random.choice(["", "", "?x=1", "?"]) for _ in range(random.randrange(1, 40))]
        requests.append(_request(hits, paths, [random.randrange(-2, 12) for _ in range(4)]))
    for _ in range(4):
        hits = [random.choice(paths) for _ in range(8)]
        requests.append(_request(hits, paths, [3, 20], workers=random.randrange(12, 20), rounds=4000))
    for request, found in zip(requests, _ask(exam, requests)):
        wanted = _expected(request)
        for part in ("counts", "tops"):
            exam.equal(found.get(part), wanted[part], f"{part} of {request}"[:300])
