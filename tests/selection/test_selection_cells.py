"""Cells for one task are compared by the variables that the task names."""

from __future__ import annotations

from smallcode_jupyter.sandbox.policy import TrialReport, ValueChange
from smallcode_jupyter.selection.cells import observe_cell, results_in_question


def report(**digests: str) -> TrialReport:
    values = tuple(ValueChange(name=name, kind="added", digest=digest) for name, digest in digests.items())
    return TrialReport(status="passed", values=values, result="shown")


def test_the_variables_that_the_words_name_are_compared() -> None:
    words = "Put the mean into `mean` and the total in `total`"
    first = report(mean="2.0", total="6", rows="3")
    names = results_in_question(first, words)
    assert names == ("mean", "total")
    assert [found.text for found in observe_cell(first, names)] == ["mean = 2.0", "total = 6"]
    assert [found.text for found in observe_cell(report(mean="2.0"), names)] == [
        "mean = 2.0",
        "total = nothing",
    ]


def test_without_names_it_is_what_the_cell_shows() -> None:
    assert [found.text for found in observe_cell(report(x="1"), ())] == ["shown"]
    assert observe_cell(TrialReport(status="passed"), ()) == []


def test_a_function_that_breaks_is_told() -> None:
    (found,) = observe_cell(report(top="broke KeyError: 'units'"), ("top",))
    assert (found.text, found.call, found.how) == (
        "broke KeyError: 'units'",
        "top(...)",
        "raised KeyError: 'units'",
    )
