from solution import Item, format_amount, receipt, receipt_lines, refund_note, total

ITEMS = [Item("Eggs", 320), Item("Milk", 110, 2)]


def test_amounts():
    assert format_amount(1250) == "12.50 EUR"
    assert format_amount(-5) == "-0.05 EUR"


def test_lines():
    assert total(ITEMS) == 540
    assert receipt_lines(ITEMS) == ["Eggs: 3.20 EUR", "2 x Milk: 2.20 EUR", "Total: 5.40 EUR"]
    assert receipt([]) == "Total: 0.00 EUR"


def test_refund():
    assert refund_note(500) == "Refund of -5.00 EUR"
    assert refund_note(500, "broken") == "Refund of -5.00 EUR (broken)"
