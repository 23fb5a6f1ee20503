from solution import calc, contents, issue_minutes, teaser, top_words


def test_minutes():
    assert calc("a few words") == 1
    assert calc("word " * 201) == 2


def test_teaser():
    assert teaser("News", "a few words") == "News (1 minute)"
    assert teaser("Long", "word " * 500) == "Long (3 minutes)"


def test_contents():
    articles = {"News": "hello", "Long": "word " * 500}
    assert issue_minutes(articles) == 4
    assert contents(articles) == "News (1 minute)\nLong (3 minutes)\nAll together: 4 min"


def test_top_words():
    assert top_words("b a b c a", 2) == ["a", "b"]
