"""Arguments are made from annotations, from names, and from values that a docstring or the words show."""

from __future__ import annotations

import pytest

from smallcode_jupyter.selection.signatures import made_up_calls, shown_values


@pytest.mark.parametrize(
    ("prose", "name", "values"),
    [
        ("Input: arr = [-3, -4, 5], k = 3", "arr", ("[-3, -4, 5]",)),
        ("Input: arr = [-3, -4, 5], k = 3", "k", ("3",)),
        ("`signs`: ['+', '*'] and signs['-']", "signs", ("['+', '*']", "['-']")),
        ("where s = 'a b', or s=\"c\"; s = 'a b'", "s", ("'a b'", '"c"')),
        ("given table = {'a': 1}", "table", ("{'a': 1}",)),
        ("class.arr = [1], carr = [2], arrow = [3]", "arr", ()),
        ("arr = [1, 2", "arr", ()),
        ("arr = other, arr = vec![1], arr = " + "[" * 500, "arr", ()),
        ("takes k 3 times, then k", "k", ()),
        ("a.b = 1", "a.b", ("1",)),
        ("", "arr", ()),
    ],
)
def test_values_that_a_text_gives_a_parameter(prose: str, name: str, values: tuple[str, ...]) -> None:
    assert shown_values(prose, name) == values


def calls(text: str, prose: str = "") -> list[str]:
    made = made_up_calls(text, wanted=frozenset({"f"}), strings=(), count=12, prose=prose)
    return [step.source for steps in made for step in steps]


def test_without_annotations_values_come_from_what_is_shown() -> None:
    made = calls("def f(ops, seats):\n    pass\n", "ops['+', '-'], seats = [4, 2]")
    assert len(made) == 12
    assert all(one.startswith("f(ops=[") and ", seats=[" in one for one in made)
    assert len(set(made)) > 3
    assert not calls("def f(ops, seats):\n    pass\n", "ops['+', '-']")


def test_names_with_a_number_tell_the_type_too() -> None:
    assert calls("def f(s1, arr_2):\n    pass\n")


def test_an_annotation_is_worth_more_than_what_is_shown() -> None:
    assert all(
        one in ("f(flag=True)", "f(flag=False)")
        for one in calls("def f(flag: bool):\n    pass\n", "flag = 3")
    )
