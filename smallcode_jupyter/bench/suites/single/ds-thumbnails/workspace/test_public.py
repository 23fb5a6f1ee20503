from solution import ThumbnailCache


def test_least_recently_used_goes():
    cache = ThumbnailCache(10)
    cache.put("a", b"aaaa")
    cache.put("b", b"bbbb")
    assert cache.get("a") == b"aaaa"
    cache.put("c", b"cccc")
    assert cache.keys() == ["a", "c"]
    assert cache.total_bytes() == 8
    assert "b" not in cache


def test_unknown():
    cache = ThumbnailCache(10)
    assert cache.get("x") is None
    assert len(cache) == 0
