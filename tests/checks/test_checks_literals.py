"""Literals of all languages, and whether what came is what was expected."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.checks.literals import UNDEFINED, agrees, read_at, read_value
from smallcode_jupyter.checks.values import Opaque, Variant

POINT = Variant(name="Point", items=({"x": 1},))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 'a', 2.5]", [1, "a", 2.5]),
        ('{ ok: true, "b": [null], c: undefined }', {"ok": True, "b": [None], "c": UNDEFINED}),
        ("{}", {}),
        ("{1, 2}", {1, 2}),
        ("(1, 'a')", (1, "a")),
        ("(1)", 1),
        ("-1_000", -1000),
        ("0x1f", 31),
        ("12n", 12),
        ("3u32", 3),
        ("2f64", 2.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ('[]string{"a"}', ["a"]),
        ('map[string][]int{"a":[]int{1}}', {"a": [1]}),
        ("[]int(nil)", []),
        ("main.Point{x:1}", POINT),
        ("&main.Point{x:1}", POINT),
        ("Point { x: 1 }", POINT),
        ("Some((1, 2))", Variant(name="Some", items=((1, 2),))),
        ('Err("no")', Variant(name="Err", items=("no",))),
        ("vec![1, 2]", [1, 2]),
        ('&["a".to_string()]', ["a"]),
        ('String::from("a")', "a"),
        ("None", None),
        ("<nil>", None),
        ('"a\\n\\u00e9\\u{1F600}\\""', 'a\né😀"'),
        ("[\n  1,\n  2,\n]", [1, 2]),
    ],
)
def test_literal_is_read(text, value):
    assert read_value(text) == value


@pytest.mark.parametrize(
    "text", ["", "x", "1 2", "[1", "f(1", "[{8080 tcp}]", "{a}", "1..3", "'a", "Point", "a.b"]
)
def test_what_is_no_literal_is_refused(text):
    with pytest.raises(ValueError, match="not a literal"):
        read_value(text)


def test_literal_ends_where_it_ends():
    assert read_at("is [1, 2], and", 3) == ([1, 2], 9)
    assert read_at("3.5.", 0) == (3.5, 3)


@given(st.text(alphabet="[]{}()\"'\\,:.&-0123456789abNS<>nil !\n", max_size=40))
def test_reading_never_breaks(text):
    found = read_at(text, 0)
    assert found is None or 0 < found[1] <= len(text)


TEXTS = st.text(alphabet="aé\"\\\n'", max_size=5)
KEYS = st.text(alphabet="ab", min_size=1, max_size=3)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=8,
    )
)
def test_python_values_are_read_back(value):
    assert agrees(read_value(repr(value)), value)


@pytest.mark.parametrize(
    ("got", "want", "verdict"),
    [
        (3, 3.0, True),
        (0.1 + 0.2, 0.3, True),
        (math.nan, math.nan, True),
        (3, 4, False),
        (True, 1, False),
        ("3", 3, False),
        (None, UNDEFINED, False),
        (UNDEFINED, UNDEFINED, True),
        ([1], (1,), True),
        ([1, 2], [1], False),
        ({"a": 1, "b": UNDEFINED}, {"a": 1}, True),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ({1}, [1], None),
        (Opaque(kind="Date", text="..."), 3, None),
        (Variant(name="Some", items=(3,)), 3, True),
        (Variant(name="Ok", items=(3,)), 4, False),
        (Variant(name="Err", items=("x",)), "x", None),
        (None, Variant(name="Some", items=(3,)), False),
        (Variant(name="Err", items=("x",)), Variant(name="Ok", items=("x",)), False),
        (POINT, Variant(name="Point", items=(1,)), True),
        (POINT, Variant(name="Point", items=(2,)), False),
        (POINT, {"x": 1}, None),
    ],
)
def test_agreement(got, want, verdict):
    assert agrees(got, want) is verdict
