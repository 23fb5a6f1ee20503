"""Variations of a call, by its literals alone."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.selection.literals import literal_strings, shown_texts, variations


def test_the_same_call_gives_the_same_variations() -> None:
    first = variations("f(3, 'ab')", count=8, seed="s")
    assert first == variations("f(3, 'ab')", count=8, seed="s")
    assert len(set(first)) == 8
    assert "f(3, 'ab')" not in first


def test_what_is_empty_or_zero_comes_first() -> None:
    assert variations('f({ PORT: "8080" }, [1], 80)', count=8, seed="s")[:4] == (
        'f({ PORT: "" }, [1], 80)',
        'f({ PORT: "8080" }, [0], 80)',
        'f({ PORT: "8080" }, [], 80)',
        'f({ PORT: "8080" }, [1], 0)',
    )


def test_only_literals_change() -> None:
    for text in variations("parse(name_2, 'a-b', [1, 2], key=True)", count=30, seed="s"):
        call = ast.parse(text, mode="eval").body
        assert isinstance(call, ast.Call)
        assert ast.unparse(call.func) == "parse"
        assert ast.unparse(call.args[0]) == "name_2"
        assert call.keywords[0].arg == "key"


def test_unsigned_numbers_stay_so() -> None:
    assert not any("-" in text for text in variations("f(3, 0, 12)", count=40, seed="s", is_signed=False))


def test_an_index_is_no_list() -> None:
    assert all(text.count("[") == 1 for text in variations("rows[0]", count=10, seed="s"))


@pytest.mark.parametrize(
    "source", ['Hours([]Entry{{"Ann", 30}, {"Bob", 45}}, "Ann")', "total(&[1, 2, 3])", "f(vec![1, 2])"]
)
def test_lists_of_other_languages_lose_and_gain_elements(source: str) -> None:
    lengths = {text.count(",") for text in variations(source, count=60, seed="s")}
    assert len(lengths) > 2


def test_the_keys_of_a_mapping_stay() -> None:
    assert all("'price':" in text for text in variations("f({'price': 3})", count=20, seed="s"))


def test_an_escape_stays_whole() -> None:
    for text in variations(r"f('a\nb\t')", count=30, seed="s"):
        ast.parse(text)


def test_strings_of_the_task_are_tried() -> None:
    assert any("'red'" in text for text in variations("f('ab')", count=40, seed="s", pool=("red",)))


def test_nothing_to_change_gives_nothing() -> None:
    assert variations("f(x, y)", count=5, seed="s") == ()


def test_the_strings_of_a_text() -> None:
    assert literal_strings("""say("a b", 'c', "a b")""") == ("a b", "c")


@given(
    st.recursive(
        st.integers(0, 99) | st.text(st.characters(codec="ascii"), max_size=8) | st.booleans(), st.lists
    )
)
def test_every_variation_of_a_python_value_is_python(value: object) -> None:
    for text in variations(f"f({value!r})", count=6, seed="s"):
        ast.parse(text, mode="eval")


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        (
            "A line looks like this:\n\n10:15 ERROR pay: declined\n\nCount them.",
            ("10:15 ERROR pay: declined",),
        ),
        ("The file:\n\n    a,1\n    b,2\n\nSum it.", ("a,1\nb,2", "a,1", "b,2")),
        ("It says\n```text\na b\n```\nand so on", ("a b",)),
        ("Use it so:\n\n    total = add(1, 2)\n", ()),
        ("Do this:\n\nRead the file, then count its lines.\n", ()),
        ("Rules:\n\n- keep blanks\n- drop tabs\n", ()),
        ("Nothing is shown.", ()),
    ],
)
def test_the_data_that_a_task_shows(words: str, texts: tuple[str, ...]) -> None:
    assert shown_texts(words) == texts


def test_a_date_keeps_its_length() -> None:
    texts = variations('days("2024-05-03", 3)', count=60, seed="a")
    dates = {text.partition('"')[2].partition('"')[0] for text in texts}
    assert len(dates) > 5
    assert max(len(date) for date in dates) == 10
