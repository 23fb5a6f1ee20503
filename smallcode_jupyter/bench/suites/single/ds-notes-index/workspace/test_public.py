from solution import NoteIndex


def example():
    index = NoteIndex()
    index.add("n1", "Buy milk, eggs")
    index.add("n2", "Milk the cow")
    return index


def test_search():
    index = example()
    assert index.search("MILK") == ["n1", "n2"]
    assert index.search("eggs milk") == ["n1"]
    assert index.search("mil") == []


def test_words():
    assert example().words_with("e") == ["eggs"]
    assert example().count("milk") == 2


def test_remove():
    index = example()
    assert index.remove("n1") is True
    assert index.search("milk") == ["n2"]
