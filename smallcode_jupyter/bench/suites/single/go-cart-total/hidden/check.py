import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]


def _item(random):
    name = random.choice(["Pen", "Ink", "Paper A4", "Voucher", "Box of clips"])
    cents = random.choice([-1, 1, 1, 1]) * random.choice([random.randrange(0, 100), random.randrange(0, 30_000)])
    return {"Name": name, "Cents": cents, "Quantity": random.choice([-2, 0, 1, 1, 2, 3, 12])}


def check(exam):
    random = exam.random
    pen, ink = {"Name": "Pen", "Cents": 120, "Quantity": 3}, {"Name": "Ink", "Cents": 500, "Quantity": 0}
    voucher = {"Name": "Voucher", "Cents": -500, "Quantity": 1}
    orders = [[pen, ink], [], [pen], [pen | {"Quantity": -3}], [ink, voucher], [pen, pen, voucher], [pen, pen | {"Cents": 0}]]
    orders += [[_item(random) for _ in range(random.randrange(1, 8))] for _ in range(15)]
    for order, found in zip(orders, _ask(exam, orders)):
        exam.equal(found, sum(max(0, item["Quantity"]) * item["Cents"] for item in order), f"Total({order})")
