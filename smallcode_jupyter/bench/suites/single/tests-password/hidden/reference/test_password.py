from password import problems


def test_length():
    assert problems("Secret1234") == []
    assert problems("Secret123") == ["too short"]


def test_digit():
    assert problems("SecretSecret") == ["no digit"]


def test_capital():
    assert problems("secret123456") == ["no capital"]


def test_user_name():
    assert problems("Secret12Ada345", "ada") == ["contains the user name"]
    assert problems("Secret12345", "ada") == []
    assert problems("Secret12345") == []


def test_several():
    assert problems("") == ["too short", "no digit", "no capital"]
