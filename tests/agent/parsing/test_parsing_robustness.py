"""Whatever a model writes: no exception, and no long wait."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parsing_corpus import SPECS, read_corpus

from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.model import FinishReason, ModelReply, NativeCall

FILE = Expectation(default_path="a.py", known_paths=("a.py", "src/b.py"))
TOKENS = (
    *"`~{}[]()\"'\\:,.#<>= \n\t\r-*/ax0",
    *("```", "````", "~~~", "```python\n", "```json\n", "```md\n", "``` a.py\n", '"""', "'''"),
    *("<think>", "</think>", "<tool_call>", "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n"),
    *(
        "</tool_call>",
        "<function=read_file>",
        "<parameter=path>",
        "</parameter>",
        "<read_file>",
        "<path>",
        "</path>",
    ),
    *(
        "[TOOL_CALLS]",
        "[ARGS]",
        "<|python_tag|>",
        "<|tool_call>call:read_file{",
        '<|"|>',
        "<|tool_call_start|>[",
    ),
    *(
        "TOOL_NAME: read_file\n",
        "BEGIN_ARG: path\n",
        "END_ARG\n",
        "Action: read_file\n",
        "Action Input: ",
        "\n+x\n",
    ),
    *(
        "--- a/a.py\n+++ b/a.py\n",
        "@@ -1 +1 @@\n",
        "Let me look at a.py",
        "<arg_key>",
        "<arg_value>",
        "call_begin|>",
    ),
    *(
        "a.py",
        "cell:next",
        "src/b.py:\n",
        "# a.py\n",
        '{"name": "read_file", ',
        '"arguments": {',
        '"path": "a.py"',
    ),
    *('"content": "', "read_file(", 'write_file("a.py", ', "def f():\n    return 1\n"),
    *(
        "# ... rest of the code ...\n",
        "1e999",
        "NaN",
        "null",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "\x00",
        "é",
        "\u2028",
    ),
)
texts = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["path", "content", "old", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
expectations = st.sampled_from(
    [
        FILE,
        Expectation(),
        Expectation(accepts_blocks=False, accepts_intent=True, known_paths=("a.py",)),
        Expectation(default_path="cell:next"),
        Expectation(default_path="README.md"),
    ]
)
reasons: st.SearchStrategy[FinishReason] = st.sampled_from(
    ["stop", "length", "tool_calls", "guard", "cancelled"]
)
fuzzed = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def _check(parsed: Parsed) -> None:
    assert decode(Parsed, encode(parsed)) == parsed
    names = {spec.name: {parameter.name for parameter in spec.parameters} for spec in SPECS}
    assert all(call.arguments.keys() <= names[call.name] for call in parsed.calls)
    assert [call.id for call in parsed.calls] == [f"call_{n}" for n in range(1, len(parsed.calls) + 1)]


@given(text=texts, expectation=expectations, finish_reason=reasons)
@fuzzed
def test_any_text_is_parsed_into_a_value(
    text: str, expectation: Expectation, finish_reason: FinishReason
) -> None:
    reply = ModelReply(text=text, finish_reason=finish_reason)
    _check(parse_reply(reply, specs=SPECS, expectation=expectation))


@given(name=texts, arguments=texts, finish_reason=reasons)
@fuzzed
def test_any_native_call_is_parsed_into_a_value(
    name: str, arguments: str, finish_reason: FinishReason
) -> None:
    call = NativeCall(id="x", name=name, arguments=arguments)
    reply = ModelReply(text="", native_calls=(call,), finish_reason=finish_reason)
    _check(parse_reply(reply, specs=SPECS, expectation=FILE))


@given(text=st.text(max_size=200), expectation=expectations)
@fuzzed
def test_any_characters_are_parsed_into_a_value(text: str, expectation: Expectation) -> None:
    _check(parse_reply(ModelReply(text=text), specs=SPECS, expectation=expectation))


@given(arguments=values)
@fuzzed
def test_any_json_arguments_are_fitted_or_refused(arguments: object) -> None:
    natives = tuple(
        NativeCall(id=spec.name, name=spec.name, arguments=json.dumps(arguments)) for spec in SPECS
    )
    _check(parse_reply(ModelReply(text="", native_calls=natives), specs=SPECS, expectation=FILE))


UNITS = (
    *('read_file("a()\n```\n\n', '<tool_call>{"name": "read_file", "arguments": {"path": "a}}\n'),
    *(
        '[TOOL_CALLS]read_file[ARGS]{"path": "a}\n',
        "<|tool_call_start|>[read_file(path='a)]\n",
        "```\nread_file('a\n",
    ),
    *(
        "a ",
        "\n",
        "`",
        "```\n",
        "```python\n",
        "```python\nx = 1\n```\n",
        "```md\n",
        "```python a.py\nx = 1\n```\n",
    ),
    *(
        "{",
        "[",
        "(",
        "\\",
        '"',
        "'",
        '",',
        '"}',
        '" ',
        "<",
        '{"name": ',
        '{"a":',
        '"a": "b", ',
        "{'a': '",
        "[[1],",
        "(1,",
    ),
    *(
        '{"name": "read_file", "arguments": {\n',
        '{"name": "read_file", "arguments": {"path": "a',
        "{name: read_file, ",
    ),
    *(
        '{"name": "read_file", "arguments": {"path": "a.py"}}\n',
        '{"name": "aaaaaaaaa", "arguments": {}}\n',
        '"""\n```\n',
    ),
    *(
        "read_file(\n",
        'read_file("a.py")\n',
        "[read_file(",
        "print(",
        "x = read_file(",
        "def f():\n    return 1\n",
    ),
    *(
        "=======\n",
        "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n",
        "<<<<<<< SEARCH\n...\na\n",
        "# a.py\n\n",
    ),
    *(
        "<think>\n",
        "</think>\n",
        "[THINK]",
        "# ... rest of the code ...\n",
        "x:```\n",
        "// x\n",
        "/*",
        "\r\n",
        "\u2028",
    ),
    *(
        "<tool_call>\n",
        "<tool_call>{",
        "<function=read_file>\n",
        "<function=read_file><parameter=path>",
        "</parameter>",
    ),
    *(
        "<parameter=path>\n",
        "<read_file>",
        '<read_file path="',
        "<read_file ",
        "<tool name='",
        "&lt;",
        "<![CDATA[",
    ),
    *(
        "[TOOL_CALLS]",
        "[TOOL_CALLS]read_file[ARGS]{",
        "read_file[ARGS]",
        "<|python_tag|>",
        "<|tool_call_start|>[",
    ),
    *(
        "<|tool_call>call:read_file{",
        '<|"|>',
        "<arg_key>path</arg_key><arg_value>",
        "to=functions.x<|message|>{",
    ),
    *(
        "<｜tool▁call▁begin｜>read_file<｜tool▁sep｜>",
        "TOOL_NAME: read_file\n",
        "BEGIN_ARG: path\n",
        "let me look at ",
    ),
    *(
        "Action: read_file\n",
        "Action: read_file\nAction Input: {",
        "tool: read_file\n  path: a\n",
        "  path: a\n",
    ),
    *("--- a/a.py\n+++ b/a.py\n", "@@\n", "@@\n-a\n+b\n", "+a\n", "*** Update File: a.py\n"),
)
BLANKS = (
    *(
        "tool: read_file",
        "### a.py",
        "name",
        "a.py",
        "read_file",
        '{"name"',
        "<tool_call>",
        "```python",
        "x:",
        "Action",
    ),
    *(
        "*** Update File: a.py",
        "--- a",
        "cell:next",
        "# a.py (new",
        "<<<<<<< SEARCH",
        "=======",
        '"a"',
        "<read_file",
        "1.",
    ),
    *(
        "let me look at",
        "path: a",
        "TOOL_NAME: read_file",
        "END_ARG",
        "{'a':",
        "[",
        "</think>",
        "print(",
        "import a",
    ),
)
"""What a wide gap may follow, with a word behind it."""
STARTS = (
    *(
        "",
        "```python\n",
        "```json\n[",
        "```diff\n",
        "<think>",
        "<write_file><content>",
        'write_file(path="a.py", content="',
    ),
    '{"name": "write_file", "arguments": {"path": "a.py", "content": "',
    "<tool_call>\n<function=write_file>\n<parameter=content>\n",
)
LONGEST = 16_000
"""Characters of the longest answer that a small model is allowed."""
LOOPS, USUAL_SECONDS = 200_000, 0.015
"""Of a plain loop, on the machine on which the limit was set."""


@pytest.mark.parametrize("start", STARTS)
def test_a_long_answer_of_anything_takes_less_than_fifty_milliseconds(start: str) -> None:
    slow = []
    for unit in UNITS:
        text = (start + unit * (LONGEST // len(unit)))[:LONGEST]
        for reason in ("stop", "length"):
            taken = _seconds(ModelReply(text=text, finish_reason=reason), enough=0.05)
            slow += [(unit, reason, taken)] if taken > 0.05 and taken > 0.05 * _slowness() else []
    assert slow == []


def _slowness() -> float:
    """How many times slower than usual this machine is just now, at most five; never below one."""
    begun = time.process_time()
    sum(number * number for number in range(LOOPS))
    return min(5.0, max(1.0, (time.process_time() - begun) / USUAL_SECONDS))


def _seconds(reply: ModelReply, *, enough: float) -> float:
    """How long the reply takes, again where that was too long: a busy machine is no fault of the parser."""
    taken = float("inf")
    for _ in range(15):
        begun = time.process_time()
        parse_reply(reply, specs=SPECS, expectation=FILE)
        taken = min(taken, time.process_time() - begun)
        if taken <= enough:
            break
    return taken


@pytest.mark.parametrize("blank", [" ", "\t", "\n", " \n"])
def test_a_wide_gap_takes_no_longer(blank: str) -> None:
    slow = []
    for before in BLANKS:
        for after in ("", "word", ":", "```", "}", '"'):
            for width in (250, LONGEST):
                gap = (blank * width)[: LONGEST // 2 - 50]
                text = f"{before}{gap}{after}{gap}<path>"
                taken = _seconds(ModelReply(text=text), enough=0.05)
                slow += [(before, after, width, taken)] if taken > 0.05 else []
    assert slow == []


@pytest.mark.parametrize("start", STARTS)
def test_time_grows_no_faster_than_the_answer(start: str) -> None:
    for unit in UNITS:
        reply = ModelReply(text=start + unit * (4 * LONGEST // len(unit)))
        assert _seconds(reply, enough=0.2) <= 0.2, unit


def test_an_ordinary_reply_takes_less_than_five_milliseconds() -> None:
    cases = [case for case in read_corpus() if case.origin.startswith("recorded from ")]
    seconds = []
    for case in cases:
        seconds.append(_seconds(case.reply, enough=0.005))
    assert sorted(seconds)[len(seconds) // 2] < 0.005
