from solution import Invoice


def test_example():
    invoice = Invoice()
    invoice.add("Paper", 3, 450)
    assert invoice.items == [("Paper", 3, 450)]
    assert invoice.total() == 1350
    invoice.add("Desk", 1, 20000)
    assert invoice.total() == 20850
