"""Budget, routing, guards and prompts: pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.agent.budget import plan_context, texts_of
from smallcode_jupyter.agent.compose import Section, fence
from smallcode_jupyter.agent.guards import is_repeating
from smallcode_jupyter.agent.opening import open_run, target_of
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.routing import category_word, prior
from smallcode_jupyter.agent.state import Exchange
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.errors import ContextOverflow
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelInfo, ModelProfile
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Surface, Task

INFO = ModelInfo(
    name="m",
    base_url="",
    server="scripted",
    context_window=1000,
    is_window_known=True,
    profile=ModelProfile(name="test"),
)
STATE = open_run(Task(id="t", words="Do it."), INFO, Context(), category="write")


def exchange(name: str, size: int) -> Exchange:
    return Exchange(
        name=name,
        assistant=Message(role="assistant", content=name),
        answers=(Message(role="user", content="w " * size),),
    )


def plan(sections, exchanges, answer_tokens=100):  # type: ignore[no-untyped-def]
    counts = {text: len(text.split()) for text in texts_of(STATE, sections, exchanges)}
    return plan_context(STATE, sections, exchanges, counts, answer_tokens=answer_tokens)


def section(name: str, size: int, weight: float | None) -> Section:
    return Section(name=name, text=f"{name} " * size, weight=weight)


def test_everything_stays_where_it_fits() -> None:
    made, messages = plan([section("file", 100, 3.0), section("task", 10, None)], [])
    assert made.dropped == ()
    assert made.kept == ("system prompt", "file", "task")
    assert [message.role for message in messages] == ["system", "user"]


def test_old_exchanges_go_first_then_the_lightest_section() -> None:
    sections = [section("light", 300, 1.0), section("heavy", 300, 3.0), section("task", 10, None)]
    made, _ = plan(sections, [exchange("old", 200), exchange("last", 200)])
    assert [drop.name for drop in made.dropped] == ["old", "light"]
    assert made.kept == ("system prompt", "heavy", "task", "last")
    assert all("tokens do not fit" in drop.reason for drop in made.dropped)


def test_the_task_itself_too_long_is_an_overflow_with_a_hint() -> None:
    with pytest.raises(ContextOverflow) as caught:
        plan([section("task", 2000, None)], [])
    assert "larger context" in caught.value.hint


@given(
    st.lists(st.tuples(st.integers(1, 400), st.floats(0, 3)), max_size=6),
    st.lists(st.integers(1, 400), max_size=5),
)
def test_a_plan_always_fits_or_overflows(sizes: list[tuple[int, float]], turns: list[int]) -> None:
    sections = [section(f"s{n}", size, weight) for n, (size, weight) in enumerate(sizes)]
    exchanges = [exchange(f"e{n}", size) for n, size in enumerate(turns)]
    try:
        made, messages = plan([*sections, section("task", 5, None)], exchanges)
    except ContextOverflow:
        assert turns[-1] > 300
        return
    assert made.prompt_tokens + made.answer_tokens <= made.window
    roles = [message.role for message in messages]
    assert roles == ["system", "user"] + ["assistant", "user"] * ((len(roles) - 2) // 2)


WORDS: list[tuple[str, Surface, str]] = [
    ("Implement parse_date in dates.py", "files", "write"),
    ("Please add a --verbose option", "files", "write"),
    ("Rename get_user to find_user everywhere", "files", "write"),
    ("The tests fail, fix them", "files", "write"),
    ("In invoice.py, give format_total a currency", "files", "write"),
    ("In settings.py write deep_merge as its docstring says", "files", "write"),
    ("Set the timeout in config.py to 5", "files", "write"),
    ("What does parse_date do?", "files", "read"),
    ("Explain the class Config", "files", "read"),
    ("Why is the cache invalidated here?", "files", "read"),
    ("Where is DEFAULT_TIMEOUT used?", "files", "search"),
    ("Find all usages of connect()", "files", "search"),
    ("Which files import requests?", "files", "search"),
    ("Run the tests", "files", "run"),
    ("Do the tests pass?", "files", "run"),
    ("Make a plan to split this module", "files", "plan"),
    ("plot the dataframe", "notebook", "write"),
    ("train a model on df", "notebook", "write"),
    ("What is the mean of df.price per city?", "notebook", "write"),
    ("show the five largest rows", "notebook", "write"),
    ("load sales.csv and sum the amounts", "notebook", "write"),
    ("explain what a decorator is", "notebook", "read"),
]


@pytest.mark.parametrize(("words", "surface", "category"), WORDS)
def test_clear_words_are_routed_without_the_model(words: str, surface: Surface, category: str) -> None:
    found = prior(words, surface=surface)
    assert (found.category, found.is_clear) == (category, True)


def test_empty_and_vague_words_are_not_clear() -> None:
    assert not prior("", surface="files").is_clear
    assert not prior("hmm, a.py", surface="files").is_clear


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("write", "write"),
        (" Search.", "search"),
        ('"run"', "run"),
        ("answer", "read"),
        ("Banana", None),
        ("", None),
    ],
)
def test_a_category_word_is_understood(text: str, category: str | None) -> None:
    assert category_word(text) == category


def test_repetition_is_seen_and_ordinary_text_is_not() -> None:
    assert is_repeating("Here:\n" + "    print('hello world')\n" * 8)
    assert not is_repeating("".join(f"    print({n}, 'hello')\n" for n in range(40)))
    assert not is_repeating("# " + "-" * 70 + "\n")
    assert not is_repeating("")


def test_a_fence_is_longer_than_any_inside() -> None:
    text = "# Title\n```python\nx\n```\n"
    assert fence("README.md", text) == "````markdown README.md\n" + text.rstrip() + "\n````"


def test_a_prompt_with_a_missing_variable_fails() -> None:
    with pytest.raises(KeyError):
        render("task")
    with pytest.raises(KeyError):
        render("task", words="x", more="y")
    assert render("task", words="{{x}} $& \\1") == "# Task\n{{x}} $& \\1"


def context(*named: str, paths: tuple[str, ...] = ()) -> Context:
    items = tuple(ContextItem(kind="file", name=name, text="x", reason="", weight=3.0) for name in named)
    return Context(items=items, paths=paths or named)


@pytest.mark.parametrize(
    ("words", "surface", "found", "target"),
    [
        ("Fix a.py", "files", context("a.py"), "a.py"),
        ("Create b.py with f", "files", context(paths=("a.py",)), "b.py"),
        ("Create src/b.py like a.py", "files", context("a.py"), "src/b.py"),
        ("Change a.py and b.py", "files", context("a.py", "b.py"), None),
        ("Fix utils.py", "files", Context(paths=("src/utils.py",)), None),
        ("plot df", "notebook", Context(), NEXT_CELL),
        ("load sales.csv into df", "notebook", context(paths=("sales.csv",)), NEXT_CELL),
        ("Fix f in utils.py", "notebook", context("utils.py"), "utils.py"),
        ("Create a file helpers.py with f", "notebook", Context(), "helpers.py"),
        ("Add 3.5 to e.g. every value", "notebook", Context(), NEXT_CELL),
    ],
)
def test_where_an_answer_without_a_path_goes(
    words: str, surface: Surface, found: Context, target: str | None
) -> None:
    assert target_of(Task(id="t", words=words, surface=surface), found) == target
