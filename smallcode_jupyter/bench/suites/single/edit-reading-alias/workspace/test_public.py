from solution import calc, contents, issue_minutes, teaser


def test_minutes():
    assert calc("a few words") == 1
    assert calc("word " * 400) == 2


def test_teaser():
    assert teaser("News", "a few words") == "News (1 min)"
    assert teaser("Long", "word " * 600) == "Long (3 min)"


def test_contents():
    articles = {"News": "hello", "Long": "word " * 600}
    assert issue_minutes(articles) == 4
    assert contents(articles) == "News (1 min)\nLong (3 min)\nAll together: 4 min"
