"""Every reply of the corpus: what it says, cut anywhere, and said again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from parsing_corpus import REPLIES, SPECS, Case, parse, read_corpus

from smallcode_jupyter.agent.parsing.fences import scan_fences
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.model import ModelReply, NativeCall

CASES = read_corpus()
WITH_CALLS = [case for case in CASES if case.parsed is not None and case.parsed.calls]


def _name(case: Case) -> str:
    return case.path.stem


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_reply_is_parsed_as_written_down(case: Case) -> None:
    assert parse(case) == case.parsed


def test_corpus_is_large_and_each_case_says_where_it_is_from() -> None:
    assert len(CASES) >= 150
    assert sum(case.origin.startswith("recorded from ") for case in CASES) >= 20
    assert all(len(case.origin) > 20 for case in CASES)
    assert {path.suffix for path in REPLIES.iterdir()} == {".txt"}


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_reply_cut_anywhere_makes_no_file_of_what_is_unfinished(case: Case) -> None:
    text = case.reply.text
    for end in range(len(text)):
        parsed = parse_reply(
            replace(case.reply, text=text[:end], finish_reason="length"),
            specs=SPECS,
            expectation=case.expectation,
        )
        assert isinstance(parsed, Parsed)
        _assert_nothing_unfinished(parsed, text[:end].replace("\r\n", "\n"), case.expectation)


def _assert_nothing_unfinished(parsed: Parsed, text: str, expectation: Expectation) -> None:
    fences = scan_fences(text, expectation)
    if parsed.dialect != "fenced-file" or not fences or fences[-1].is_closed:
        return
    unfinished = fences[-1].content.strip()
    written = [str(call.arguments["content"]).strip() for call in parsed.calls if call.name == "write_file"]
    assert not any(unfinished.endswith(content) for content in written)


@pytest.mark.parametrize("case", WITH_CALLS, ids=_name)
def test_calls_said_again_natively_are_the_same(case: Case) -> None:
    assert case.parsed is not None
    natives = tuple(
        NativeCall(id=call.id, name=call.name, arguments=json.dumps(dict(call.arguments)))
        for call in case.parsed.calls
    )
    again = parse_reply(
        ModelReply(text=case.parsed.text, native_calls=natives), specs=SPECS, expectation=case.expectation
    )
    assert (again.calls, again.repairs, again.problems) == (case.parsed.calls, (), ())


@pytest.mark.parametrize("case", WITH_CALLS, ids=_name)
def test_calls_said_again_as_json_are_the_same(case: Case) -> None:
    assert case.parsed is not None
    objects = [{"name": call.name, "arguments": dict(call.arguments)} for call in case.parsed.calls]
    text = f"```json\n{json.dumps(objects, indent=2)}\n```"
    again = parse_reply(ModelReply(text=text), specs=SPECS, expectation=case.expectation)
    assert again == Parsed(dialect="json", calls=case.parsed.calls)
