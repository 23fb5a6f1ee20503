from solution import Line, gross_total, line_total


def test_no_discount():
    assert line_total(Line("Oil", 2, 899)) == 1798


def test_discount_on_one_piece():
    assert line_total(Line("Tyre", 1, 8000, 25)) == 6000


def test_discount_on_several_pieces():
    lines = [Line("Brake pad", 4, 1000, 10)]
    assert line_total(lines[0]) == 3600
    assert gross_total(lines) == 4320
