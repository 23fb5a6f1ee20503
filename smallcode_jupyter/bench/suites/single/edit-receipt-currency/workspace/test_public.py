from solution import Item, format_amount, receipt_lines, total

ITEMS = [Item("Eggs", 320), Item("Milk", 110, 2)]


def test_amounts():
    assert format_amount(1250) == "12.50 EUR"


def test_lines():
    assert total(ITEMS) == 540
    assert receipt_lines(ITEMS) == ["1 x Eggs: 3.20 EUR", "2 x Milk: 2.20 EUR", "Total: 5.40 EUR"]
    assert receipt_lines([]) == ["Total: 0.00 EUR"]
