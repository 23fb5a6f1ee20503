import json

NAMES = {"cap": "Blue cap", "mug": "Mug", "pad": "Note pad", "pen": "Pencil", "tee": "T-shirt"}
UNKNOWN = {"SKU": "", "Name": "", "Cents": 0, "Stock": 0}


class Shop:
    """The shop as it should be; each method returns what the driver answers."""

    def __init__(self, items):
        self.items = {item["SKU"]: dict(item) for item in items}

    def find(self, sku):
        return [dict(self.items[sku]), None] if sku in self.items else [UNKNOWN, [f"unknown item: {sku}", True]]

    def take(self, sku, count):
        if sku not in self.items:
            return [f"unknown item: {sku}", True]
        if self.items[sku]["Stock"] < count:
            return [f"not enough: {sku}", False]
        self.items[sku]["Stock"] -= count
        return None

    def total(self, lines):
        return sum(self.items[line["SKU"]]["Cents"] * line["Count"] for line in lines if line["SKU"] in self.items)

    def place(self, lines):
        short = [line["SKU"] for line in lines if line["SKU"] not in self.items or self.items[line["SKU"]]["Stock"] < line["Count"]]
        for line in lines if not short else ():
            self.take(line["SKU"], line["Count"])
        return short

    def label(self, sku):
        item = self.items.get(sku)
        return f"{item['Name']} {item['Cents'] // 100}.{item['Cents'] % 100:02}" if item else f"no label for {sku}"

    def write(self):
        return "".join(f"{sku};{item['Name']};{item['Cents']};{item['Stock']}\n" for sku, item in sorted(self.items.items()))

    def reorder(self, least):
        return [f"{sku}: {item['Stock']} left" for sku, item in sorted(self.items.items()) if item["Stock"] < least]


def check(exam):
    questions = []
    pick = exam.random

    def ask(expected, **fields):
        questions.append((json.dumps(fields), json.loads(json.dumps(expected))))

    for _ in range(5):
        items = [
            {"SKU": sku, "Name": NAMES[sku], "Cents": pick.choice((90, 5, 1200, 1999)), "Stock": pick.randrange(0, 6)}
            for sku in pick.sample(sorted(NAMES), 4)
        ]
        shop = Shop(items)
        ask([False, "unknown item"], Do="new", Items=items)
        ask(sorted(shop.items), Do="skus")
        for sku in (*sorted(NAMES), ""):
            ask(shop.find(sku), Do="find", SKU=sku)
            ask(shop.label(sku), Do="label", SKU=sku)
        full = next((item for item in items if item["Stock"]), None)
        if full:
            ask(shop.take(full["SKU"], full["Stock"]), Do="take", SKU=full["SKU"], Count=full["Stock"])
            ask(shop.take(full["SKU"], 1), Do="take", SKU=full["SKU"], Count=1)
        for _ in range(8):
            sku, count = pick.choice((*sorted(NAMES), "cup")), pick.randrange(1, 4)
            ask(shop.take(sku, count), Do="take", SKU=sku, Count=count)
            lines = [{"SKU": name, "Count": pick.randrange(1, 3)} for name in pick.sample(sorted(NAMES), pick.randrange(1, 4))]
            ask(shop.total(lines), Do="total", Lines=lines)
            ask(shop.place(lines), Do="place", Lines=lines)
            ask(shop.find(sku), Do="find", SKU=sku)
            ask(shop.write(), Do="write")
            least = pick.randrange(0, 5)
            ask(shop.reorder(least), Do="reorder", Count=least)
    program = exam.go("driver.go", at="examdriver/main.go")
    for (question, expected), answer in zip(questions, program.lines([question for question, _ in questions])):
        exam.equal(json.loads(answer), expected, question)
