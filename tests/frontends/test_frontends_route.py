"""`smallcode route`: what routing makes of a request, without a model."""

from __future__ import annotations

import io
import json

import pytest

from smallcode_jupyter.agent.routing import prior
from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.tools.registry import TOOLS, specs_of


def route(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(["route", *arguments], console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


def test_a_clear_request_shows_its_scores_and_only_its_tools() -> None:
    status, out, err = route("Which files import requests?")
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[0] == "search: the words say so; the model is not asked for a category"
    scores = [line.split()[:2] for line in lines[1:6]]
    assert scores == [
        [name, f"{score:.2f}"]
        for name, score in prior("Which files import requests?", surface="files").scores
    ]
    shown = [line.strip().partition("(")[0] for line in lines if "(" in line and line.startswith("  ")]
    assert shown == [tool.name for tool in specs_of("search")]


def test_an_unclear_request_says_that_the_model_is_asked() -> None:
    status, out, _ = route("hmm")
    assert status == 0
    assert out.splitlines()[0].endswith("the model is asked for one word first")


@pytest.mark.parametrize(("surface", "category"), [("files", "read"), ("notebook", "write")])
def test_the_surface_counts(surface: str, category: str) -> None:
    _, out, _ = route("what is the median of the ages?", "--surface", surface, "--json")
    assert json.loads(out)["category"] == category


def test_json_holds_everything() -> None:
    status, out, err = route("run the tests", "--json")
    report = json.loads(out)
    assert (status, err) == (0, "")
    assert (report["category"], report["is_clear"], report["asks_model"]) == ("run", True, False)
    assert next(iter(report["scores"])) == "run"
    assert [tool.partition("(")[0] for tool in report["tools"]] == [tool.name for tool in specs_of("run")]
    assert len(report["tools"]) < len(TOOLS)
    for unit in ("lines", "schemas"):
        assert 0 < report["cost"][unit] < report["cost_of_all"][unit] / 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((" ",), "There are no words to route."),
        (("x", "--surface", "moon"), "Argument --surface: invalid choice: 'moon'"),
        ((), "The following arguments are required: words."),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_status_two(
    arguments: tuple[str, ...], sentence: str
) -> None:
    status, out, err = route(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(sentence)
