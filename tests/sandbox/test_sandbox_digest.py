"""Equal values have equal digests, others do not."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from smallcode_jupyter.sandbox.digest import digest_of

FRAME = pd.DataFrame({"a": [1, 2], "b": ["x", None]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, np.float64(1.0)),
        (0.1 + 0.2, 0.3),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": 2}, Counter("aa")),
        ({1, 2}, {2, 1}),
        (FRAME, FRAME.copy()),
        (FRAME["a"], pd.Series([1, 2], name="other")),
        (np.arange(3), np.array([0, 1, 2])),
        (float("nan"), np.nan),
        (list(range(5000)), [*range(5000)]),
    ],
)
def test_equal_values(one: object, other: object) -> None:
    assert digest_of(one, {}) == digest_of(other, {}) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        ([1, 2], (1, 2)),
        ([1, 2], [2, 1]),
        (FRAME, FRAME[::-1]),
        (FRAME, FRAME.rename(columns={"a": "c"})),
        ("1", 1),
        (list(range(5000)), list(range(1, 5001))),
    ],
)
def test_other_values(one: object, other: object) -> None:
    assert digest_of(one, {}) != digest_of(other, {})


def test_a_function_is_what_it_gives_for_the_variables_of_its_parameters_names() -> None:
    def total(prices, tax=2):
        return sum(prices) * tax

    def same(prices, tax=2):
        return tax * sum(reversed(prices))

    def spoils(prices):
        prices.clear()
        return prices[0]

    prices = [1, 2]
    namespace = {"prices": prices, "tax": 3}
    assert digest_of(total, namespace) == digest_of(same, namespace) == "9"
    assert digest_of(spoils, namespace) == "broke IndexError: list index out of range"
    assert prices == [1, 2]
    assert digest_of(total, {}) == ""


def test_a_function_that_does_not_end_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(prices):
        while True:
            pass

    monkeypatch.setattr("smallcode_jupyter.sandbox.digest._CALL_SECONDS", 0.1)
    assert digest_of(endless, {"prices": 1}) == ""


def test_no_code_of_a_class_runs() -> None:
    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError

    assert "Odd" in digest_of(Odd(), {})


def test_what_is_too_large_says_nothing() -> None:
    assert digest_of(np.zeros(300_000), {}) == ""
