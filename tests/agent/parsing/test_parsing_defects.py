"""What was meant comes out, whatever the dialect and whatever its usual defects."""

from __future__ import annotations

import pytest
from parsing_corpus import SPECS, read_corpus
from parsing_render import DEFECTS, Meant, spoilt_replies

from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.model import ModelReply

EXPECTATION = Expectation(known_paths=("src/app.py", "README.md"))


def real_files() -> list[Meant]:
    """Every sixth file that a model wrote: real code is the hardest text for a broken string."""
    files: list[Meant] = [
        ((call.name, dict(call.arguments)),)
        for case in read_corpus()
        if case.origin.startswith("recorded from ") and case.parsed is not None
        for call in case.parsed.calls
        if call.name == "write_file" and call.arguments["path"] != "cell:next"
    ]
    return files[::6]


REPLIES = spoilt_replies(real_files())


@pytest.mark.parametrize("defect", DEFECTS)
def test_calls_are_understood_in_every_dialect_in_spite_of_a_defect(defect: str) -> None:
    lost = []
    for dialect, found, text, meant in REPLIES:
        if found != defect:
            continue
        parsed = parse_reply(ModelReply(text=text), specs=SPECS, expectation=EXPECTATION)
        if [(call.name, dict(call.arguments)) for call in parsed.calls] != meant:
            lost.append((dialect, text, parsed))
    assert lost == []


@pytest.mark.parametrize("defect", ["the end missing", "both, the end missing"])
def test_a_call_without_its_end_is_none_where_the_answer_was_cut(defect: str) -> None:
    """What a missing mark leaves whole may count, but nothing else than what was meant."""
    for dialect, found, text, meant in REPLIES:
        if found != defect:
            continue
        reply = ModelReply(text=text, finish_reason="length")
        parsed = parse_reply(reply, specs=SPECS, expectation=EXPECTATION)
        called = [(call.name, dict(call.arguments)) for call in parsed.calls]
        assert all(call in meant for call in called), (dialect, text)
