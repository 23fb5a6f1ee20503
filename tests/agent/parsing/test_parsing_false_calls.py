"""What is no call stays text."""

from __future__ import annotations

import pytest
from parsing_corpus import SPECS
from parsing_prose import CODE_WITH_PATHS, PIECES

from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.model import ModelReply

QUESTION = Expectation(accepts_blocks=False, known_paths=("app.py", "src/a.py"))
NOWHERE = Expectation(known_paths=("app.py", "src/a.py"))


def _parse(text: str, expectation: Expectation) -> Parsed:
    return parse_reply(ModelReply(text=text), specs=SPECS, expectation=expectation)


@pytest.mark.parametrize("expectation", [QUESTION, NOWHERE], ids=["question", "nowhere"])
@pytest.mark.parametrize("text", PIECES)
def test_ordinary_answer_calls_nothing_and_is_kept(text: str, expectation: Expectation) -> None:
    parsed = _parse(text, expectation)
    assert (parsed.calls, parsed.text) == ((), text.strip())


@pytest.mark.parametrize("text", PIECES + CODE_WITH_PATHS)
def test_code_in_the_answer_to_a_question_is_no_edit(text: str) -> None:
    parsed = _parse(text, QUESTION)
    assert (parsed.dialect, parsed.calls, parsed.repairs) == ("prose", (), ())


@pytest.mark.parametrize("text", PIECES)
def test_an_ordinary_answer_beside_others_calls_nothing(text: str) -> None:
    parsed = _parse(f"Look:\n\n{text}\n\nAnd so on.\n\n{PIECES[0]}", QUESTION)
    assert parsed.calls == ()


@pytest.mark.parametrize("word", ["read", "Write", '"search"', "run.", "**plan**", "`read`", "\nsearch\n"])
def test_category_word_alone_is_a_category(word: str) -> None:
    parsed = _parse(word, QUESTION)
    assert parsed == Parsed(dialect="category", text=word.strip('"*`.\n').lower())


@pytest.mark.parametrize("text", ["read it", "write search", "reading", "plan: read", "runs", "answer"])
def test_other_words_are_prose(text: str) -> None:
    assert _parse(text, QUESTION) == Parsed(dialect="prose", text=text)
