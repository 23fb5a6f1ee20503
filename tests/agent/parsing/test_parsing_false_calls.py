"""What is no call stays text."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest
from parsing_corpus import SPECS
from parsing_prose import CODE_WITH_PATHS, PIECES, TALK

from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.model import ModelReply
from smallcode_jupyter.tools.registry import TOOLS

QUESTION = Expectation(accepts_blocks=False, known_paths=("app.py", "src/a.py"))
READING = Expectation(accepts_blocks=False, accepts_intent=True, known_paths=("app.py", "src/a.py"))
NOWHERE = Expectation(known_paths=("app.py", "src/a.py"))


def _parse(text: str, expectation: Expectation) -> Parsed:
    return parse_reply(ModelReply(text=text), specs=SPECS, expectation=expectation)


@pytest.mark.parametrize("expectation", [QUESTION, NOWHERE, READING], ids=["question", "nowhere", "reading"])
@pytest.mark.parametrize("text", PIECES + TALK)
def test_ordinary_answer_calls_nothing_and_is_kept(text: str, expectation: Expectation) -> None:
    parsed = _parse(text, expectation)
    assert (parsed.calls, parsed.text) == ((), text.strip())


@pytest.mark.parametrize("text", PIECES + TALK + CODE_WITH_PATHS)
def test_code_in_the_answer_to_a_question_is_no_edit(text: str) -> None:
    parsed = _parse(text, QUESTION)
    assert (parsed.dialect, parsed.calls, parsed.repairs, parsed.problems) == ("prose", (), (), ())


@pytest.mark.parametrize("text", PIECES)
def test_an_ordinary_answer_beside_others_calls_nothing(text: str) -> None:
    parsed = _parse(f"Look:\n\n{text}\n\nAnd so on.\n\n{PIECES[0]}", QUESTION)
    assert parsed.calls == ()


@pytest.mark.parametrize("text", PIECES + TALK + CODE_WITH_PATHS)
def test_the_tools_that_really_are_offered_are_not_called_either(text: str) -> None:
    parsed = parse_reply(ModelReply(text=text), specs=TOOLS, expectation=READING)
    assert parsed.calls == ()


def test_the_whole_standard_library_calls_nothing() -> None:
    folder = Path(sysconfig.get_paths()["stdlib"])
    called = []
    for path in sorted(folder.glob("*.py"))[::2]:
        text = path.read_text(encoding="utf-8", errors="replace")[:16_000]
        parsed = parse_reply(ModelReply(text=text), specs=TOOLS, expectation=READING)
        called += [(path.name, call) for call in parsed.calls]
    assert called == []


def test_our_own_words_about_calls_call_nothing() -> None:
    root = Path(__file__).parents[3]
    called = []
    for path in [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("smallcode_jupyter/agent/**/*.py")]:
        text = path.read_text(encoding="utf-8")
        fenced = f"Here is {path.name}:\n\n```python\n{text}\n```\n" if path.suffix == ".py" else text
        parsed = parse_reply(ModelReply(text=fenced), specs=TOOLS, expectation=READING)
        called += [(path.name, call) for call in parsed.calls]
    assert called == []


@pytest.mark.parametrize("word", ["read", "Write", '"search"', "run.", "**plan**", "`read`", "\nsearch\n"])
def test_category_word_alone_is_a_category(word: str) -> None:
    parsed = _parse(word, QUESTION)
    assert parsed == Parsed(dialect="category", text=word.strip('"*`.\n').lower())


@pytest.mark.parametrize("text", ["read it", "write search", "reading", "plan: read", "runs", "answer"])
def test_other_words_are_prose(text: str) -> None:
    assert _parse(text, QUESTION) == Parsed(dialect="prose", text=text)
