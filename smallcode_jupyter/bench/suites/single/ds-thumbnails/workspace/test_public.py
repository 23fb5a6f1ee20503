from solution import ThumbnailCache


def test_least_recently_used_goes():
    cache = ThumbnailCache(2)
    cache.put("a", b"one")
    cache.put("b", b"two")
    assert cache.get("a") == b"one"
    cache.put("c", b"three")
    assert cache.keys() == ["a", "c"]


def test_unknown():
    cache = ThumbnailCache(10)
    assert cache.get("x") is None
    assert cache.keys() == []
