"""Values on their way from the process that ran the examples."""

from __future__ import annotations

import math

import pytest

from smallcode_jupyter.checks.child import encode
from smallcode_jupyter.checks.values import Opaque, decode_value, holds_opaque, is_same, read_literal

VALUES = [
    None,
    True,
    -(10**30),
    0.1,
    float("inf"),
    2j,
    "ü\ud800",
    b"\0",
    [1, (2, {"a": {3}})],
    frozenset({1}),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_built_in_values_arrive_as_they_are(value):
    decoded = decode_value(encode(value))
    assert (decoded, type(decoded)) == (value, type(value))


def test_overridden_methods_of_a_subclass_do_not_count():
    class Liar(int):
        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 0

        def __repr__(self) -> str:
            return "3"

    assert decode_value(encode(Liar(7))) == 7


def test_other_objects_arrive_as_their_text():
    value = decode_value(encode([range(3)]))
    assert value == [Opaque(kind="range", text="range(0, 3)")]
    assert holds_opaque(value)


@pytest.mark.parametrize("mangled", [None, [], ["int"], ["int", "x"], ["what", 1], "int", ["list", 3]])
def test_mangled_value_is_refused(mangled):
    with pytest.raises(ValueError, match=r"."):
        decode_value(mangled)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (0.1 + 0.2, 0.3),
        (1, 1.0),
        (math.nan, math.nan),
        ([0.1 + 0.2], [0.3]),
        ({"a": (0.1 + 0.2,)}, {"a": (0.3,)}),
    ],
)
def test_floats_may_differ_by_rounding(left, right):
    assert is_same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [(0.3, 0.31), ([1], (1,)), ([1], [1, 2]), ("1", 1), (None, False), ({1: 2}, {1: 3}), (1.0, "1.0")],
)
def test_other_differences_count(left, right):
    assert not is_same(left, right)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, -2.5]", [1, -2.5]),
        ("set()", set()),
        ("{1}", {1}),
        ("float('-inf')", -math.inf),
        ("-inf", -math.inf),
        ("{'a': set()}", {"a": set()}),
    ],
)
def test_literal_is_read(text, value):
    assert read_literal(text) == value


@pytest.mark.parametrize("text", ["f(1)", "a", "1 +", "", "[" * 500, "__import__('os')"])
def test_what_is_no_literal_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read_literal(text)
