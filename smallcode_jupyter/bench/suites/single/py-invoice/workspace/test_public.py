from solution import Invoice, Item


def test_example():
    invoice = Invoice("Ada", discount_percent=10)
    invoice.add("Paper", 3, 450)
    assert invoice.items == [Item("Paper", 3, 450)]
    assert invoice.subtotal() == 1350
    assert invoice.discount() == 135
    assert invoice.tax() == 243
    assert invoice.total() == 1458
    assert invoice.lines() == ["3 x Paper: 13.50"]
