"""What the words say of a cell's results is asked of them, and nothing that they do not say."""

from __future__ import annotations

import pandas as pd
import pytest

from smallcode_jupyter.checks.cell import check_cell
from smallcode_jupyter.checks.stated import must_stay
from smallcode_jupyter.sandbox.policy import TrialReport

TABLE = {"pd": pd, "raw": pd.DataFrame({"town": ["Ayr", "Bath", "Ayr"], "paid": [2.5, 1.25, 4.0]})}


def check(words: str, code: str, *, changed: tuple[str, ...] = (), stderr: str = "") -> tuple[str, str]:
    """The verdict on a cell that is run here, in place of a copy of a kernel."""

    def run(source: str) -> TrialReport:
        scope = dict(TABLE)
        try:
            exec(source, scope)
        except AssertionError as error:
            return TrialReport(status="failed", error=f"AssertionError: {error}", stderr=stderr)
        return TrialReport(status="passed", added=tuple(scope), changed=changed, stderr=stderr)

    result = check_cell("cell:next", code, words=words, cell_runner=run)
    return result.status, result.detail


@pytest.mark.parametrize(
    ("words", "right", "wrong", "said"),
    [
        (
            "Store a dict `sums` from town to the sum, a float rounded to 1 decimal.",
            "sums = raw.groupby('town')['paid'].sum().round(1).to_dict()",
            "sums = raw.groupby('town')['paid'].sum().to_dict()",
            "not rounded to 1 decimal",
        ),
        (
            "Add to `raw` the column `half`, half of what was paid, rounded to two decimals.",
            "raw = raw.copy()\nraw['half'] = (raw['paid'] / 2).round(2)",
            "raw = raw.copy()\nraw['half'] = raw['paid'] / 3",
            "raw['half'] not rounded to 2 decimals",
        ),
        (
            "Make a frame `t` of the rows, sorted by town and paid, with the index 0, 1, 2 and so on.",
            "t = raw.sort_values(['town', 'paid'], ignore_index=True)",
            "t = raw.sort_values('paid', ignore_index=True)",
            "that t is sorted by town, paid",
        ),
        (
            "Make a frame `t` sorted by paid with the index 0, 1, 2, ...",
            "t = raw.sort_values('paid').reset_index(drop=True)",
            "t = raw.sort_values('paid')",
            "that t has the index 0, 1, 2",
        ),
        (
            "A DataFrame `t` with the columns town and paid, where `paid` should be int.",
            "t = raw.assign(paid=raw['paid'].astype(int))",
            "t = raw.copy()",
            "the type of t['paid'] is 'float', expected 'int'",
        ),
        (
            "A new frame `t`, where a missing `town` becomes Rome.",
            "t = raw.copy()",
            "t = raw.assign(town=[None, 'Bath', 'Ayr'])",
            "the number of missing values left in t['town'] is 1",
        ),
        (
            "A dict `sums` of the sums, biggest first.",
            "sums = {'Ayr': 6.5, 'Bath': 1.25}",
            "sums = {'Bath': 1.25, 'Ayr': 6.5}",
            "that sums has the biggest first",
        ),
        (
            "A list `top` of tuples (town, sum), lowest first.",
            "top = [('Bath', 1.25), ('Ayr', 6.5)]",
            "top = [('Ayr', 6.5), ('Bath', 1.25)]",
            "that top has the lowest first",
        ),
        (
            "Make a frame `t` with the columns town and size",
            "t = raw.assign(size=1)",
            "t = raw.copy()",
            "the list of columns that t lacks is ['size']",
        ),
    ],
)
def test_what_the_words_say_is_asked_for(words: str, right: str, wrong: str, said: str) -> None:
    assert check(words, right) == ("passed", "")
    status, detail = check(words, wrong)
    assert (status, said in detail) == ("failed", True), detail


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("A dict `sums`, not rounded, of the sums.", "sums = {'Ayr': 1.23456}"),
        ("A frame `t`, sorted by paid, highest first.", "t = raw.sort_values('paid', ascending=False)"),
        ("A frame `t` sorted by the length of the town", "t = raw"),
        ("Take the column `paid`, rounded to 1 decimal, into a list `xs`", "xs = [1.25]"),
        ("A frame `t` with the index of `raw`", "t = raw[1:]"),
    ],
)
def test_what_the_words_do_not_say_is_not(words: str, code: str) -> None:
    assert check(words, code)[0] == "passed"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Leave `raw` as it is.", ("raw",)),
        ("`raw` stays unchanged, and so should `t`.", ("raw",)),
        ("Don't change `raw`; do not modify the frame `t`", ("raw", "t")),
        ("leave `raw` with all its rows", ("raw",)),
        ("`raw` must not be changed", ("raw",)),
        ("Do not change `raw.paid`. `raw` stays what it is: a table.", ()),
        ("Change `raw` and keep `t` in mind", ()),
    ],
)
def test_what_must_stay_as_it_is(words: str, names: tuple[str, ...]) -> None:
    assert must_stay(words) == names


def test_a_variable_that_was_to_stay_and_did_not_is_told() -> None:
    status, detail = check("Sum `raw` into `s`; leave `raw` unchanged.", "s = 1", changed=("raw", "s"))
    assert (status, "changed `raw`" in detail) == ("failed", True)


def test_a_line_without_effect_is_told_with_what_to_write_instead() -> None:
    code = "t = raw.copy()\nt['town'].fillna('Rome', inplace=True)"
    status, detail = check("Make t", code, stderr="ChainedAssignmentError: A value is being set on a copy")
    assert status == "failed"
    assert "write `t['town'] = t['town'].fillna('Rome')`" in detail


def test_it_is_told_beside_what_it_led_to() -> None:
    words = "A new frame `t`, where a missing `town` becomes Rome."
    code = "t = raw.assign(town=[None, 'Bath', 'Ayr'])\nt['town'].fillna('Rome', inplace=True)"
    status, detail = check(words, code, stderr="ChainedAssignmentError: A value is being set on a copy")
    assert status == "failed"
    assert "missing values left in t['town'] is 1" in detail
    assert "write `t['town'] = t['town'].fillna('Rome')`" in detail


@pytest.mark.parametrize(
    ("words", "anew", "verdict"),
    [
        ("Fix the cell that makes `s`.", TrialReport(status="failed", error="NameError: no"), "failed"),
        ("Fix the cell that makes `s`.", TrialReport(status="passed"), "passed"),
        ("Fix the cell", TrialReport(status="failed", error="KeyError: 'x'", is_prepared=False), "passed"),
        ("Fix the cell", TrialReport(status="timed_out", error="slow"), "passed"),
        ("Fix the cell", None, "passed"),
        ("Add a cell that makes `s`.", TrialReport(status="failed", error="NameError: no"), "passed"),
    ],
)
def test_a_cell_in_the_place_of_another_has_to_work_from_the_start(
    words: str, anew: TrialReport | None, verdict: str
) -> None:
    result = check_cell(
        "cell:next",
        "s = 1",
        words=words,
        cell_runner=lambda _: TrialReport(status="passed", added=("s",)),
        rerunner=lambda _: anew,
    )
    assert result.status == verdict
    assert ("Restart & Run All" in result.detail) == (verdict == "failed")
