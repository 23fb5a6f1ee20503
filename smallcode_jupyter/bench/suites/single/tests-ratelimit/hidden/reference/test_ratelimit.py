from ratelimit import RateLimit


def test_limit():
    limit = RateLimit(2)
    assert [limit.allow("ada") for _ in range(4)] == [True, True, False, False]


def test_users():
    limit = RateLimit(1)
    limit.allow("ada")
    assert limit.allow("bob") is True


def test_reset():
    limit = RateLimit(1)
    limit.allow("ada")
    limit.reset("ada")
    assert limit.allow("ada") is True
