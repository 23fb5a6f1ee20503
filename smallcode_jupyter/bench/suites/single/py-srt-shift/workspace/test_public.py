from solution import shift

TEXT = """1
00:00:01,500 --> 00:00:03,000
Hello!

2
00:00:04,000 --> 00:00:05,250
Where were
you?
"""


def test_later():
    assert shift(TEXT, 60).startswith("1\n00:01:01,500 --> 00:01:03,000\nHello!\n\n2\n")


def test_earlier():
    assert shift(TEXT, -3.5) == "1\n00:00:00,500 --> 00:00:01,750\nWhere were\nyou?\n"
