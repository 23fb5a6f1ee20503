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
        Expectation(accepts_blocks=False),
        Expectation(default_path="cell:next"),
        Expectation(default_path="README.md"),
    ]
)
reasons: st.SearchStrategy[FinishReason] = st.sampled_from(
    ["stop", "length", "tool_calls", "guard", "cancelled"]
)
fuzzed = settings(
    max_examples=400, deadline=2_000, suppress_health_check=[HealthCheck.too_slow], derandomize=True
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
    *(
        "a ",
        "\n",
        "`",
        "```\n",
        "```python\n",
        "```python\nx = 1\n```\n",
        "```python a.py\nx = 1\n```\n",
        "```md\n",
    ),
    *(
        "{",
        "[",
        "(",
        "\\",
        '{"name": ',
        '{"name": "read_file", "arguments": {\n',
        '"""\n```\n',
        "read_file(\n",
    ),
    *(
        '{"name": "read_file", "arguments": {"path": "a.py"}}\n',
        'read_file("a.py")\n',
        "=======\n",
        "<think>\n",
    ),
    *(
        "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n",
        "# a.py\n\n",
        "# ... rest of the code ...\n",
        "x:```\n",
    ),
)
STARTS = ("", "```python\n", '{"name": "write_file", "arguments": {"path": "a.py", "content": "')


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", STARTS)
def test_a_megabyte_of_anything_takes_less_than_a_second(start: str, unit: str) -> None:
    text = start + unit * (1_000_000 // len(unit))
    begun = time.process_time()
    parse_reply(ModelReply(text=text), specs=SPECS, expectation=FILE)
    assert time.process_time() - begun < 1.0


def test_an_ordinary_reply_takes_less_than_five_milliseconds() -> None:
    cases = [case for case in read_corpus() if case.origin.startswith("recorded from ")]
    seconds = []
    for case in cases:
        parse_reply(case.reply, specs=SPECS, expectation=case.expectation)
        begun = time.process_time()
        parse_reply(case.reply, specs=SPECS, expectation=case.expectation)
        seconds.append(time.process_time() - begun)
    assert sorted(seconds)[len(seconds) // 2] < 0.005
