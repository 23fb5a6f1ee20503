"""Every reply of the corpus: what it says, cut anywhere, and said again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from parsing_corpus import REPLIES, SPECS, Case, parse, read_corpus
from parsing_render import RENDERINGS

from smallcode_jupyter.agent.parsing.dialects import DIALECTS, MARKED
from smallcode_jupyter.agent.parsing.fences import scan_fences
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.model import FinishReason, ModelReply, NativeCall
from smallcode_jupyter.protocol.tools import ToolCall

CASES = read_corpus()
WITH_CALLS = [case for case in CASES if case.parsed is not None and case.parsed.calls]
WRITTEN = [case for case in CASES if not case.origin.startswith("recorded from ")]
GUESSES = frozenset(
    {
        *("unclosed-string", "unescaped-quotes", "missing-bracket", "missing-quote", "unquoted-value"),
        *(
            "unclosed-tag",
            "unclosed-fence",
            "unclosed-block",
            "doubtful-end",
            "missing-fence",
            "inferred-path",
        ),
        *("intent", "extra-bracket", "call-in-reasoning"),
    }
)
"""Mends of an answer that ends too early although the server says that it ended: the call is a named guess."""


def _name(case: Case) -> str:
    return case.path.stem


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_reply_is_parsed_as_written_down(case: Case) -> None:
    assert parse(case) == case.parsed


def test_corpus_is_large_and_each_case_says_where_it_is_from() -> None:
    assert len(CASES) >= 500
    assert sum(case.origin.startswith("recorded from ") for case in CASES) >= 100
    assert all(len(case.origin) > 20 for case in CASES)
    assert {path.suffix for path in REPLIES.iterdir()} == {".txt"}


def test_every_dialect_is_there_several_times() -> None:
    seen = Counter(case.parsed.dialect for case in WITH_CALLS if case.parsed is not None)
    assert {dialect.name: seen[dialect.name] for dialect in DIALECTS if seen[dialect.name] < 3} == {
        "category": 0
    }


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_reply_cut_at_the_token_limit_calls_nothing_that_the_whole_does_not(case: Case) -> None:
    whole = _calls(parse(case))
    for end in range(len(case.reply.text)):
        parsed = _parse_cut(case, end, "length")
        text = case.reply.text[:end].replace("\r\n", "\n")
        _assert_nothing_unfinished(parsed, text, case.expectation)
        new = [call for call in _calls(parsed) if call not in whole]
        assert not new or _is_other_choice(case, parsed)


def _is_other_choice(case: Case, parsed: Parsed) -> bool:
    """Of several blocks that could be the file another is chosen where the later ones are missing."""
    return parsed.dialect == "fenced-file" and len(scan_fences(case.reply.text, case.expectation)) > 1


@pytest.mark.parametrize("case", WRITTEN, ids=_name)
def test_reply_cut_unnoticed_makes_a_call_of_its_own_only_as_a_named_guess(case: Case) -> None:
    parsed = parse(case)
    whole, names = _calls(parsed), {call.name for call in parsed.calls}
    for end in range(len(case.reply.text)):
        cut = _parse_cut(case, end, "stop")
        new = [call for call in _calls(cut) if call not in whole and call[0] not in names]
        assert not new or not GUESSES.isdisjoint(repair.name for repair in cut.repairs), cut


@pytest.mark.parametrize("case", WITH_CALLS, ids=_name)
def test_empty_lines_around_a_reply_change_nothing(case: Case) -> None:
    for text in (f"{case.reply.text}\n", f"\n{case.reply.text}", f"\n\n{case.reply.text}\n\n"):
        reply = replace(case.reply, text=text)
        parsed = parse_reply(reply, specs=SPECS, expectation=case.expectation)
        assert _calls(parsed) == _calls(parse(case))


ALONE = ("json-missing-open", "hermes-in-reasoning-field")
"""Replies that are understood only because nothing stands before them."""
MARKS = {*(dialect.name for dialect in MARKED), "json"} - {"tool-fence"}
SURE = [
    case
    for case in WITH_CALLS
    if case.parsed is not None and case.parsed.dialect in MARKS and case.path.stem not in ALONE
]


@pytest.mark.parametrize("case", SURE, ids=_name)
def test_words_before_a_call_change_nothing(case: Case) -> None:
    reply = replace(case.reply, text=f"I will do that now.\n\n{case.reply.text}")
    parsed = parse_reply(reply, specs=SPECS, expectation=case.expectation)
    assert _calls(parsed) == _calls(parse(case))


@pytest.mark.parametrize("case", [case for case in SURE if case.path.stem != "qwen-xml-unclosed"], ids=_name)
def test_words_after_a_call_change_nothing(case: Case) -> None:
    reply = replace(case.reply, text=f'{case.reply.text}\n\nThen I look at "the result" of it.')
    parsed = parse_reply(reply, specs=SPECS, expectation=case.expectation)
    assert _calls(parsed) == _calls(parse(case))


def _parse_cut(case: Case, end: int, reason: FinishReason) -> Parsed:
    reply = replace(case.reply, text=case.reply.text[:end], finish_reason=reason)
    return parse_reply(reply, specs=SPECS, expectation=case.expectation)


def _calls(parsed: Parsed) -> list[tuple[str, object]]:
    return [(call.name, dict(call.arguments)) for call in parsed.calls]


def _assert_nothing_unfinished(parsed: Parsed, text: str, expectation: Expectation) -> None:
    fences = scan_fences(text, expectation)
    if parsed.dialect != "fenced-file" or not fences or fences[-1].is_closed:
        return
    unfinished = fences[-1].content.strip()
    written = [str(call.arguments["content"]).strip() for call in parsed.calls if call.name == "write_file"]
    new = [content for content in written if not any(content in fence.content for fence in fences[:-1])]
    assert not any(unfinished.endswith(content) for content in new)


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


@pytest.mark.parametrize("dialect", RENDERINGS)
def test_calls_said_again_in_each_dialect_are_the_same(dialect: str) -> None:
    for case in WITH_CALLS:
        assert case.parsed is not None
        if not any(call.arguments for call in case.parsed.calls):
            continue  # a name between the tags of one is a name between those of another
        text = RENDERINGS[dialect](case.parsed.calls)
        again = parse_reply(ModelReply(text=text), specs=SPECS, expectation=case.expectation)
        assert (case.path.stem, again.dialect, again.calls) == (case.path.stem, dialect, case.parsed.calls)
        assert (again.text, again.problems) == ("", ())


def test_calls_in_a_fence_are_the_same() -> None:
    calls = (
        ToolCall(id="call_1", name="read_file", arguments={"path": "a.py"}),
        ToolCall(id="call_2", name="write_file", arguments={"path": "b.py", "content": "x = 1\n"}),
    )
    objects = [{"name": call.name, "arguments": dict(call.arguments)} for call in calls]
    text = f"```json\n{json.dumps(objects, indent=2)}\n```"
    again = parse_reply(ModelReply(text=text), specs=SPECS, expectation=Expectation())
    assert again == Parsed(dialect="json", calls=calls)
