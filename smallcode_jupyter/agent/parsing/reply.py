"""The one door: from a model's answer to what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from smallcode_jupyter.agent.parsing.coerce import coerce_arguments
from smallcode_jupyter.agent.parsing.content import elided, mend_content
from smallcode_jupyter.agent.parsing.dialects import DIALECTS, MARKED
from smallcode_jupyter.agent.parsing.fences import scan_fences
from smallcode_jupyter.agent.parsing.names import index_tools
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.paths import complete_path, is_path_parameter, place_file
from smallcode_jupyter.agent.parsing.problems import cut_off, unknown_tool
from smallcode_jupyter.agent.parsing.reasoning import strip_reasoning
from smallcode_jupyter.agent.parsing.source import Finding, RawCall, Source
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.model import ModelReply
from smallcode_jupyter.protocol.tools import Json, ToolCall, ToolSpec

__all__ = ["parse_reply"]

_MOST_CALLS = 32
"""Calls of one answer; a model that writes more is repeating itself."""
_MOST_READ = 64
"""Calls that are looked at, the same one over and over counted each time."""
_TAIL = 80
"""Characters at the end among which a stop token may stand."""
_STOP_TOKENS = re.compile(
    r"(?:\s{0,4}(?:<\|(?!tool|call|action|python)[a-z_]{2,20}\|>|</s>|<end_of_turn>|<turn\|>|<eos>|<｜end▁of▁sentence｜>))+"
    r"\s{0,4}\Z"
)
"""Tokens that end a turn, printed as text by servers with a wrong chat template."""
_TURN = re.compile(
    r"(?<![\"'`])<(?:\|im_(?:start|end)\||start_of_turn|end_of_turn|\|eot_id\||\|start_header_id\|)>(?![\"'`])"
)
"""Where a turn begins or ends, in templates whose marks never belong to an answer."""
_TURN_BEGUN = re.compile(r"\s{0,16}<(?:\|im_start\||start_of_turn|\|start_header_id\|)>(?:assistant|model)\b")
_BEGUN_CALL = re.compile(
    r"(?:<[|/]?(?:tool|function|python_tag)[^<>\n]{0,60}>?\s{0,4}(?:<[^<>\n]{0,60}>?)?|\[TOOL_CALLS\][^\[\]{}]{0,60})\s{0,4}\Z"
)
"""The opening mark of a call with nothing after it."""
_WHOLE_FILE = "write_file"


def parse_reply(reply: ModelReply, *, specs: Sequence[ToolSpec], expectation: Expectation) -> Parsed:
    """What the answer says: its calls (fitted to `specs`), the words around them, what was mended, what is wrong.

    Pure; never raises; linear in the answer. A call with a problem is not among `calls`. A fenced file becomes a
    call of `write_file`, and a search-and-replace block or a hunk one of `edit_file`, also where `specs` does not
    offer them.
    """
    source, thinking, prepared = _prepare(reply, specs, expectation)
    dialect, finding = _understand(source)
    is_lost = not source.text.strip() or any(repair.name == "unclosed-reasoning" for repair in prepared)
    if finding is None and is_lost and not source.is_cut:
        dialect, finding = _understand_thinking(source, thinking)
    if finding is None:
        return _prose(source, prepared)
    calls, repairs, problems = _fit_calls(finding, source)
    if not calls and not problems and source.is_cut and dialect == "prose":
        problems = _prose(source, prepared).problems
    return Parsed(
        dialect=dialect,
        calls=calls,
        text=_words(finding.text, source),
        repairs=(*prepared, *repairs),
        problems=problems,
    )


def _prepare(
    reply: ModelReply, specs: Sequence[ToolSpec], expectation: Expectation
) -> tuple[Source, str, tuple[Repair, ...]]:
    """The answer made ready, the thinking that was taken out of it, and what was mended."""
    repairs: list[Repair] = []
    text = reply.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        repairs.append(Repair(name="crlf"))
    ended = _STOP_TOKENS.sub("", text[-_TAIL:])
    if len(ended) < len(text[-_TAIL:]):
        text = text[:-_TAIL] + ended
        repairs.append(Repair(name="stop-token"))
    own = _own_turn(text, expectation)
    if own is not None:
        text = own
        repairs.append(Repair(name="other-turn"))
    thought = strip_reasoning(text, expectation.reasoning_tags)
    text = thought.text
    repairs += [Repair(name=name) for name in thought.repairs]
    source = Source(
        text=text,
        fences=scan_fences(text, expectation),
        native_calls=reply.native_calls,
        is_cut=own is None and reply.finish_reason in ("length", "guard", "cancelled"),
        tools=index_tools(specs),
        expectation=expectation,
    )
    return source, thought.thinking or reply.reasoning, tuple(repairs)


def _own_turn(text: str, expectation: Expectation) -> str | None:
    """The text up to the turn that the model made up for somebody else; None if there is none.

    A mark inside a fenced block is code about chat templates.
    """
    begun = _TURN_BEGUN.match(text)
    start = begun.end() if begun else 0
    mark = _TURN.search(text, start)
    if mark is None:
        return text[start:] if begun else None
    fences = scan_fences(text, expectation)
    while mark is not None and any(fence.start < mark.start() < fence.end for fence in fences):
        mark = _TURN.search(text, mark.end())
    if mark is None:
        return text[start:] if begun else None
    return text[start : mark.start()]


def _understand(source: Source) -> tuple[str, Finding | None]:
    """The first dialect that finds calls (or a problem that settles it); else the first problem, as prose."""
    doubt: Finding | None = None
    for dialect in DIALECTS:
        finding = dialect.read(source)
        if finding is not None and finding.is_final:
            return dialect.name, finding
        doubt = doubt or finding
    return "prose", replace(doubt, text=source.text.strip()) if doubt else None


def _understand_thinking(source: Source, thinking: str) -> tuple[str, Finding | None]:
    """The call at the end of thinking that nothing follows: reasoning models forget to end it before they call."""
    if "<" not in thinking and "[" not in thinking:
        return "prose", None
    inner = replace(source, text=thinking, fences=scan_fences(thinking, source.expectation))
    for dialect in MARKED:
        finding = dialect.read(inner)
        if finding is not None and finding.calls:
            repairs = (*finding.repairs, Repair(name="call-in-reasoning"))
            return dialect.name, replace(finding, text="", repairs=repairs)
    return "prose", None


def _words(text: str, source: Source) -> str:
    """What is said beside the calls: without thinking that comes after one."""
    return strip_reasoning(text, source.expectation.reasoning_tags).text.strip()


def _prose(source: Source, repairs: tuple[Repair, ...]) -> Parsed:
    is_unfinished = source.is_cut and (source.expectation.accepts_blocks or not source.text.strip())
    problem = cut_off("The answer", hint="Write only the code, nothing around it.")
    if source.is_cut and _BEGUN_CALL.search(source.text[-_TAIL:]):
        is_unfinished, problem = True, cut_off("The tool call", hint="Write the call again, shorter.")
    return Parsed(
        dialect="prose",
        text=_words(source.text, source),
        repairs=repairs,
        problems=(problem,) if is_unfinished else (),
    )


def _fit_calls(
    finding: Finding, source: Source
) -> tuple[tuple[ToolCall, ...], tuple[Repair, ...], tuple[Problem, ...]]:
    calls: list[ToolCall] = []
    repairs = list(finding.repairs)
    problems = list(finding.problems)
    for raw in finding.calls[:_MOST_READ]:
        fitted, mended, wrong = _fit(raw, source)
        repairs += mended
        problems += wrong
        if fitted is None:
            continue
        name, arguments = fitted
        if calls and calls[-1].name == name and calls[-1].arguments == arguments:
            repairs.append(Repair(name="repeated-call", detail=name))
        elif len(calls) < _MOST_CALLS:
            number = source.expectation.first_id + len(calls)
            calls.append(ToolCall(id=f"call_{number}", name=name, arguments=arguments))
    if len(calls) == _MOST_CALLS < len(finding.calls) or len(finding.calls) > _MOST_READ:
        repairs.append(Repair(name="too-many-calls", detail=f"{len(finding.calls)} calls, {len(calls)} kept"))
    return tuple(calls), tuple(dict.fromkeys(repairs)), tuple(dict.fromkeys(problems))


def _fit(
    raw: RawCall, source: Source
) -> tuple[tuple[str, Mapping[str, Json]] | None, tuple[Repair, ...], tuple[Problem, ...]]:
    """The tool's name and its arguments, None with a problem."""
    tool = source.tools.find(raw.name)
    name = raw.name
    repairs: list[Repair] = []
    problems: list[Problem] = []
    arguments: dict[str, Json]
    if tool is not None:
        name = tool.spec.name
        fitted, mended, wrong = coerce_arguments(tool.spec, raw.arguments)
        arguments = dict(fitted)
        repairs += [*([tool.repair] if tool.repair else []), *mended]
        problems += wrong
        paths = [each.name for each in tool.spec.parameters if is_path_parameter(each)]
    elif raw.name in (_WHOLE_FILE, "edit_file") and isinstance(raw.arguments, dict):
        arguments, paths = dict(raw.arguments), []
    else:
        return None, (), (unknown_tool(raw.name, source.tools),)
    for key in paths:
        path = arguments.get(key)
        if isinstance(path, str):
            locate = place_file if name == _WHOLE_FILE else complete_path
            arguments[key], mend = locate(path, source.expectation)
            repairs += [mend] if mend else []
    if name == _WHOLE_FILE and not problems:
        arguments, mended, wrong = _fit_content(arguments)
        repairs += mended
        problems += wrong
    return ((name, arguments) if not problems else None), tuple(repairs), tuple(problems)


def _fit_content(
    arguments: dict[str, Json],
) -> tuple[dict[str, Json], tuple[Repair, ...], tuple[Problem, ...]]:
    path, content = arguments.get("path"), arguments.get("content")
    if not isinstance(path, str) or not isinstance(content, str):
        return arguments, (), ()
    mended, repairs = mend_content(content, path)
    problem = elided(mended, path)
    return {**arguments, "content": mended}, repairs, (problem,) if problem else ()
