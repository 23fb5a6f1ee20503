"""Two-stage routing on labelled requests: how often the words alone decide, and how often they are right."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.agent.compose import instruction_for, route_question
from smallcode_jupyter.agent.opening import open_run
from smallcode_jupyter.agent.routing import (
    CATEGORY_WORDS,
    CLEAR_MARGIN,
    category_word,
    offered,
    prior,
    route_for,
)
from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.protocol.model import ModelInfo, ModelProfile
from smallcode_jupyter.protocol.tasks import Context, Surface, Task
from smallcode_jupyter.protocol.tools import CATEGORIES, Category
from smallcode_jupyter.tools.registry import TOOLS

REQUESTS = Path(__file__).parent.parent / "data" / "requests.toml"


@dataclass(frozen=True)
class Request:
    part: str
    surface: Surface
    words: str
    accepts: tuple[str, ...]


def load_requests() -> list[Request]:
    parts = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))
    return [
        Request(part=part, surface=cast("Surface", surface), words=words, accepts=tuple(accepts))
        for part, surfaces in parts.items()
        for surface, rows in surfaces.items()
        for words, accepts in rows.items()
    ]


ALL = load_requests()


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_requests_are_many_and_labelled() -> None:
    assert len(ALL) >= 200
    assert sum(request.surface == "notebook" for request in ALL) >= 60
    assert {label for request in ALL for label in request.accepts} == set(CATEGORIES)
    assert {request.part for request in ALL} == {"tune", "holdout"}
    assert share([len(request.accepts) == 1 for request in ALL]) > 0.8, (
        "labels that accept anything prove nothing"
    )


@pytest.mark.parametrize(("part", "precision", "coverage"), [("tune", 0.99, 0.95), ("holdout", 0.97, 0.9)])
def test_the_prior_decides_most_requests_and_is_right_where_it_does(
    part: str, precision: float, coverage: float
) -> None:
    requests = [request for request in ALL if request.part == part]
    priors = [prior(request.words, surface=request.surface) for request in requests]
    clear = [(found, request) for found, request in zip(priors, requests, strict=True) if found.is_clear]
    assert share([found.category in request.accepts for found, request in clear]) >= precision
    assert len(clear) / len(requests) >= coverage


def test_no_request_for_code_is_sent_to_tools_that_only_look() -> None:
    wrong = [
        request.words
        for request in ALL
        if request.part == "tune"
        and request.accepts == ("write",)
        and (found := prior(request.words, surface=request.surface)).is_clear
        and found.category != "write"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "words", ["plot the dataframe", "train a model", "What is the mean of price per city?"]
)
def test_data_requests_in_a_notebook_are_written(words: str) -> None:
    found = prior(words, surface="notebook")
    assert (found.category, found.is_clear) == ("write", True)


def test_a_request_is_clear_exactly_where_the_margin_says_so() -> None:
    for request in ALL:
        found = prior(request.words, surface=request.surface)
        scores = [score for _, score in found.scores]
        assert found.is_clear == (scores[0] - scores[1] >= CLEAR_MARGIN)
        assert scores == sorted(scores, reverse=True)


def test_a_long_specification_weighs_no_more_than_one_order() -> None:
    details = "\n".join(
        f"- It returns {n} where the input is {n}, and raises ValueError for -{n}." for n in range(30)
    )
    found = prior(f"Where is the limit checked? It is described like this:\n{details}", surface="files")
    assert found.category == "search"


def test_code_in_the_words_is_not_read_as_words() -> None:
    quoted = "What does this do?\n```python\nfix()  # write, create and add everything\n```"
    assert prior(quoted, surface="files").category == "read"


@given(st.text(max_size=400), st.sampled_from(["files", "notebook"]))
def test_any_words_have_a_category(words: str, surface: Surface) -> None:
    assert prior(words, surface=surface).category in CATEGORIES


@pytest.mark.parametrize("unit", ["a ", "what the ", "please ", "in x, ", "`", '"', ", ", "x"])
def test_very_long_words_are_routed_at_once(unit: str) -> None:
    before = perf_counter()
    prior(unit * 100_000, surface="notebook")
    assert perf_counter() - before < 0.5


def state(words: str = "Do it.", *, paths: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    info = ModelInfo(
        name="m",
        base_url="",
        server="scripted",
        context_window=4096,
        is_window_known=True,
        profile=ModelProfile(name="test"),
    )
    return open_run(Task(id="t", words=words), info, Context(paths=paths), category="read")


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_every_tool_is_shown_once_its_category_is_named(tool) -> None:  # type: ignore[no-untyped-def]
    category = category_word(tool.category)
    assert category == tool.category
    assert tool.name in route_for(category, TOOLS, reason="").tools


@pytest.mark.parametrize("category", ["read", "search", "run", "plan"])
def test_beside_its_tools_a_category_names_the_others(category: Category) -> None:
    text = instruction_for(state(paths=("a.py",)), category, TOOLS)
    offered = text.splitlines()[-1]
    assert [other for other in CATEGORIES if other in offered] == [c for c in CATEGORIES if c != category]


def test_the_question_offers_words_that_are_understood() -> None:
    question = route_question(state(paths=("a.py",)))
    assert all(f"{word}:" in question for word in CATEGORY_WORDS)
    assert {category_word(word) for word in CATEGORY_WORDS} == set(CATEGORIES)


def test_one_category_costs_less_than_half_of_all_schemas() -> None:
    def tokens(names: tuple[str, ...]) -> int:
        return estimate_tokens(json.dumps([tool.schema() for tool in TOOLS if tool.name in names]))

    everything = tokens(tuple(tool.name for tool in TOOLS))
    for category in CATEGORIES:
        assert tokens(route_for(category, TOOLS, reason="").tools) < everything / 2, category


@pytest.mark.parametrize(
    ("words", "without", "is_offered"),
    [
        ("Rename `find` to `find_one`.", (), True),
        ("Where is find_rate used?", (), True),
        ("Rename `find` to `find_one`.", ("index",), False),
        ("Fix the sum in calc.py.", (), False),
    ],
)
def test_tools_for_names_are_offered_only_where_names_are_spoken_of(
    words: str, without: tuple[Any, ...], *, is_offered: bool
) -> None:
    names = {tool.name for tool in offered(Task(id="t", words=words, without=without), TOOLS)}
    assert ("rename_symbol" in names) is is_offered
    assert "write_file" in names
