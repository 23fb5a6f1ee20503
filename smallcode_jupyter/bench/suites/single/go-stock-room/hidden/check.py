import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _expected(stock, picks):
    stock, answers = dict(stock), []
    for article, quantity in picks:
        if article not in stock:
            answers.append("unknown")
        elif stock[article] < quantity:
            answers.append("shortage")
        else:
            stock[article] -= quantity
            answers.append("ok")
        answers.append(dict(stock))
    return answers


def check(exam):
    random = exam.random
    cases = [
        ({"bolt": 2}, [("bolt", 5)]),
        ({"bolt": 2}, [("bolt", 1)]),
        ({"bolt": 2}, [("nut", 1), ("bolt", 2), ("bolt", 1)]),
        ({}, [("bolt", 1)]),
        ({"bolt": 7, "nut": 3}, [("nut", 4), ("nut", 3), ("bolt", 6), ("bolt", 2), ("bolt", 1), ("nut", 1)]),
    ]
    articles = ["bolt", "nut", "washer", "hinge"]
    for _ in range(20):
        stock = {article: random.randrange(1, 12) for article in random.sample(articles, 3)}
        cases.append((stock, [(random.choice(articles), random.randrange(1, 8)) for _ in range(random.randrange(2, 9))]))
    requests = [{"Stock": stock, "Picks": [{"Article": name, "Quantity": number} for name, number in picks]} for stock, picks in cases]
    for (stock, picks), found in zip(cases, _ask(exam, requests)):
        exam.equal(found, _expected(stock, picks), f"{stock} after {picks}")
