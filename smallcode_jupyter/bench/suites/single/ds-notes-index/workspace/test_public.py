from solution import NoteIndex


def example():
    index = NoteIndex()
    index.add("n1", "buy milk and eggs")
    index.add("n2", "milk the cow")
    return index


def test_search():
    index = example()
    assert index.search("milk") == ["n1", "n2"]
    assert index.search("mil") == []


def test_count():
    assert example().count("eggs") == 1
    assert example().count("dog") == 0
