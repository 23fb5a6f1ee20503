from csvline import join_line


def test_join():
    assert join_line(["x,y", "z"]) == '"x,y",z'


def test_start():
    assert join_line(["x,y", "z"]).startswith('"x')


def test_end():
    assert join_line(["x,y", "z"]).endswith("z")
