from ratelimit import RateLimit


def test_limit():
    limit = RateLimit(2, 10)
    assert [limit.allow("ada", now) for now in (0, 1, 9)] == [True, True, False]
    assert limit.allow("bob", 9)
    assert [limit.allow("ada", now) for now in (12, 13, 14)] == [True, True, False]


def test_end_of_the_window():
    limit = RateLimit(1, 10)
    assert limit.allow("ada", 0)
    assert limit.allow("ada", 10)


def test_reset():
    limit = RateLimit(2, 10)
    limit.allow("ada", 0)
    limit.allow("bob", 0)
    limit.reset("ada")
    assert limit.remaining("ada", 1) == 2
    assert limit.remaining("bob", 1) == 1


def test_remaining_grows():
    limit = RateLimit(2, 10)
    assert limit.remaining("ada", 0) == 2
    limit.allow("ada", 0)
    assert limit.remaining("ada", 1) == 1
    assert limit.remaining("ada", 15) == 2
