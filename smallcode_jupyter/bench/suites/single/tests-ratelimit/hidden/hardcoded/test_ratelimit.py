from ratelimit import RateLimit


def test_first():
    assert RateLimit(2).allow("ada") is True


def test_limit():
    limit = RateLimit(2)
    assert [limit.allow("ada") for _ in range(3)] == [True, True, False]


def test_type():
    assert isinstance(RateLimit(2), RateLimit)
