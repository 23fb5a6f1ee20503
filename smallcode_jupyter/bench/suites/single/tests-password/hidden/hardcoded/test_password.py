from password import problems


def test_no_digit():
    assert problems("SecretSecret") == ["no digit"]


def test_one_problem():
    assert len(problems("SecretSecret")) == 1


def test_no_user():
    assert problems("SecretSecret", "") == ["no digit"]
