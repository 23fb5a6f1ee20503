from ratelimit import RateLimit


def test_first():
    assert RateLimit(2, 60).allow("ada", 0) is True


def test_remaining():
    limit = RateLimit(2, 60)
    limit.allow("ada", 0)
    assert limit.remaining("ada", 0) == 1


def test_second():
    limit = RateLimit(2, 60)
    assert limit.allow("ada", 0) and limit.allow("ada", 0)
