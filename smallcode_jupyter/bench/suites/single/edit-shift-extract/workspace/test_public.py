import pytest
from solution import duration_text, people, weekly_report

TEXT = """
# week 12
Ben;Mon;22:00-06:00;45
Anna;Mon;09:00-17:30;30
Anna;Tue;09:00-17:00;0
"""


def test_report():
    assert weekly_report(TEXT) == "Anna: 16:00\nBen: 7:15\nAll: 23:15"
    assert weekly_report("") == "All: 0:00"


def test_overtime():
    assert weekly_report("Anna;Mon;00:00-23:00;0\nAnna;Tue;00:00-18:00;0") == "Anna: 40:00 + 1:00 overtime\nAll: 41:00"


def test_malformed():
    with pytest.raises(ValueError, match="line 2 is malformed"):
        weekly_report("Anna;Mon;09:00-17:30;30\nAnna;Tue;09:00;0")


def test_others():
    assert people(TEXT) == ["Ben", "Anna"]
    assert duration_text(510) == "8:30"
