SETUP = """
from exchange.rates import RateTable, UnknownRate, read_rates
from exchange.convert import best_target, convert
from exchange.basket import Basket
from exchange.board import board
from exchange.cli import main
def basket(amounts):
    made = Basket()
    for amount, currency in amounts:
        made.add(amount, currency)
    return made
def caught(call):
    try:
        return call()
    except UnknownRate as error:
        return (error.source, error.target, str(error))
"""
TEXT = "# rates\nEUR USD 1.08\nUSD EUR 0.92\n\nEUR JPY 160\nEUR OLD 0\n  # GBP EUR 1.2\n"


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.run("table = read_rates(text)", text=TEXT)
    py.equal("table.rate('EUR', 'USD')", 1.08)
    py.equal("table.rate('XYZ', 'XYZ')", 1.0)
    py.equal("table.rate('EUR', 'OLD')", 0.0)
    py.equal("issubclass(UnknownRate, LookupError)", True)
    for source, target in (("USD", "XYZ"), ("GBP", "EUR"), ("JPY", "EUR")):
        names = {"source": source, "target": target}
        error = (source, target, f"no rate from {source} to {target}")
        py.equal("caught(lambda: table.rate(source, target))", error, **names)
        py.equal("caught(lambda: convert(table, 5, source, target))", error, **names)
        py.raises("UnknownRate", "table.rate(source, target)", **names)
    py.equal("hasattr(table, 'find_rate')", False)
    py.equal("convert(table, 10, 'EUR', 'USD')", 10.8)
    py.equal("convert(table, 10, 'EUR', 'OLD')", 0.0)
    py.equal("convert(table, 10.126, 'EUR', 'EUR')", 10.13)
    py.equal("best_target(table, 5, 'EUR', ['XYZ', 'USD', 'JPY', 'EUR'])", "JPY")
    py.equal("best_target(table, 5, 'EUR', ['GBP', 'OLD'])", "OLD")
    py.equal("best_target(table, 5, 'EUR', ['GBP', 'XYZ'])", None)
    py.equal("best_target(table, 5, 'EUR', [])", None)
    py.equal("basket([(10, 'XYZ'), (10, 'EUR'), (5, 'GBP'), (10, 'USD'), (1, 'XYZ')]).total(table, 'EUR')", (19.2, ["GBP", "XYZ"]))
    py.equal("basket([(10, 'EUR')]).total(table, 'OLD')", (0.0, []))
    py.equal("basket([]).total(table, 'EUR')", (0.0, []))
    py.equal("board(table, 'EUR')", ["EUR/JPY 160.0000", "EUR/OLD 0.0000", "EUR/USD 1.0800"])
    py.equal("board(table, 'USD')", ["USD/EUR 0.9200", "USD/JPY -", "USD/OLD -"])
    py.equal("table.currencies()", ["EUR", "JPY", "OLD", "USD"])
    py.raises("ValueError", "table.set_rate('EUR', 'USD', -1)")
    (exam.folder / "rates.txt").write_text(TEXT, encoding="utf-8")
    py.prints("main(['rates.txt', '10', 'eur', 'usd'])", "10.8 USD")
    py.equal("main(['rates.txt', '10', 'eur', 'usd'])", 0)
    py.prints("main(['rates.txt', '10', 'EUR', 'OLD'])", "0.0 OLD")
    py.prints("main(['rates.txt', '10', 'usd', 'xyz'])", "error: no rate from USD to XYZ")
    py.equal("main(['rates.txt', '10', 'usd', 'xyz'])", 1)
    py.prints("main(['rates.txt', '1', 'JPY', 'EUR'])", "error: no rate from JPY to EUR")
    codes = ["AAA", "BBB", "CCC", "DDD"]
    for _ in range(10):
        rates = {}
        for _ in range(5):
            source, target = exam.random.sample(codes, 2)
            rates[source, target] = exam.random.choice([0, 0.5, 2, 4, 10])
        py.run("table = read_rates(text)", text="".join(f"{s} {t} {rate}\n" for (s, t), rate in rates.items()))
        rates |= {(code, code): 1 for code in codes}
        amounts = [[exam.random.randrange(1, 50), exam.random.choice(codes)] for _ in range(5)]
        for target in codes:
            total = sum(amount * rates.get((code, target), 0) for amount, code in amounts)
            unknown = sorted({code for _, code in amounts if (code, target) not in rates})
            py.equal("basket(amounts).total(table, target)", (total, unknown), amounts=amounts, target=target)
            known = [code for code in codes if (target, code) in rates]
            best = max(known, key=lambda code: rates[target, code])
            py.equal("best_target(table, 3, source, codes)", best, source=target, codes=codes)
        seen = sorted({code for pair in rates if pair[0] != pair[1] for code in pair})
        lines = [f"AAA/{code} " + (f"{rates['AAA', code]:.4f}" if ("AAA", code) in rates else "-") for code in seen if code != "AAA"]
        py.equal("board(table, 'AAA')", lines)
