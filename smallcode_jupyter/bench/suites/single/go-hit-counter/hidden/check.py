import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


PATHS = ["/", "/a", "/b", "/shop", "/shop/cart", "/about"]


def _request(hits, workers=1, rounds=1):
    return {"Hits": hits, "Workers": workers, "Rounds": rounds, "Count": [*PATHS, "/none"]}


def check(exam):
    random = exam.random
    requests = [_request(hits) for hits in ([], ["/a", "/a"], ["/a"], ["/a", "/b", "/a"], ["/shop/cart", "/shop", "/shop/cart"])]
    requests += [_request([random.choice(PATHS) for _ in range(random.randrange(1, 20))]) for _ in range(8)]
    requests += [_request(["/a", "/b"], workers=4, rounds=500), _request(["/shop", "/"], workers=8, rounds=200)]
    *answers, waits = _ask(exam, [*requests, _request([], workers=0)])
    exam.equal(waits, [True, True], "Hit and Count wait for the mutex")
    for request, found in zip(requests, answers):
        times = request["Workers"] * request["Rounds"]
        exam.equal(found, [request["Hits"].count(path) * times for path in request["Count"]], f"counts of {request!r:.150}")
