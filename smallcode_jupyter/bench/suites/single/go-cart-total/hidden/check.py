import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _dollars(cents):
    text = "%d.%02d" % divmod(abs(cents), 100)
    return ("-$" if cents < 0 else "$") + text


def _item(random):
    name = random.choice(["Pen", "Ink", "Paper A4", "Voucher", "Box of clips"])
    cents = random.choice([-1, 1, 1, 1]) * random.choice([random.randrange(0, 100), random.randrange(0, 30_000)])
    return {"Name": name, "Cents": cents, "Quantity": random.choice([-2, 0, 1, 1, 2, 3, 12])}


def check(exam):
    random = exam.random
    amounts = [1205, 5, 0, -50, 100, 99, 10, -1, -100, -12345, 1_000_000, 7000]
    amounts += [random.randrange(-200_000, 200_000) for _ in range(10)]
    orders = [[], [{"Name": "Pen", "Cents": 120, "Quantity": 3}], [{"Name": "Pen", "Cents": 120, "Quantity": -3}],
              [{"Name": "Pen", "Cents": 120, "Quantity": 0}, {"Name": "Voucher", "Cents": -500, "Quantity": 1}]]
    orders += [[_item(random) for _ in range(random.randrange(1, 8))] for _ in range(10)]
    items = [orders[1][0], orders[2][0], orders[3][0], orders[3][1]] + [_item(random) for _ in range(10)]
    requests = [{"Do": "format", "Cents": cents} for cents in amounts]
    requests += [{"Do": "total", "Items": order} for order in orders]
    requests += [{"Do": "line", "Items": [item]} for item in items]
    expected = [_dollars(cents) for cents in amounts]
    expected += [sum(max(0, item["Quantity"]) * item["Cents"] for item in order) for order in orders]
    expected += [
        f"{item['Quantity']} x {item['Name']} @ {_dollars(item['Cents'])} = "
        f"{_dollars(item['Quantity'] * item['Cents'])}"
        for item in items
    ]
    for request, found, wanted in zip(requests, _ask(exam, requests), expected):
        exam.equal(found, wanted, f"{request}")
