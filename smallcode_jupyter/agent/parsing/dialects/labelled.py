"""Calls as labelled lines: YAML (`tool: x`, `arguments:`), and ReAct (`Action: x`, `Action Input: {...}`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from smallcode_jupyter.agent.parsing.call_shapes import CallReading, known_keys
from smallcode_jupyter.agent.parsing.coerce import parameter_of
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, is_unfinished
from smallcode_jupyter.agent.parsing.repair import read_json
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source
from smallcode_jupyter.agent.parsing.yaml_like import read_lines
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = ["LABELLED"]

_MOST_HEADS = 50
_HEAD = re.compile(
    r"^[ \t>*_\-#]{0,6}(?P<label>tool(?:[ _](?:name|call|use))?|function(?:[ _](?:name|call))?|action|name|call)"
    r"[*_\"']{0,3}[ \t]*:[*_ \t\"'`]{0,6}(?P<name>[A-Za-z_][\w.\-]{0,80})[`\"'*_]{0,3}(?:\(\))?[ \t]{0,8},?[ \t]{0,8}$",
    re.MULTILINE | re.IGNORECASE,
)
_ARGUMENTS = re.compile(
    r"\n\s{0,8}[>*_\-#]{0,6}(?P<label>arguments?|args|parameters?|params|inputs?|action[ _]inputs?|tool[ _]inputs?|"
    r"action[ _]arguments?)[*_\"']{0,3}[ \t]*:[*_]{0,2}[ \t]*(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_OBSERVATION = re.compile(
    r"^[ \t*_]{0,6}(?:observation|tool[ _]output|tool[ _]result)[*_]{0,3}[ \t]*:", re.M | re.I
)
_JSON = re.compile(r"\s{0,8}(?:`{3,}[\w+-]{0,12}[ \t]*\n)?\s{0,8}(?=[\[{])")
_FENCE_END = re.compile(r"\s{0,4}`{3,}[ \t]*(?=\n|\Z)")
_YAML = ("", "yaml", "yml", "text", "tool", "action")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    arguments: Json
    end: int
    repairs: tuple[str, ...] = ()
    is_whole: bool = True


def read(source: Source) -> Finding | None:
    """The calls of known tools, up to a made-up observation. A name without arguments is a call only of a tool that
    needs none, and never under the label `name`."""
    if ":" not in source.text:
        return None
    observed = _OBSERVATION.search(source.text)
    limit = observed.start() if observed else len(source.text)
    pieces = _pieces(replace(source, text=source.text[:limit], is_cut=source.is_cut and observed is None))
    for fence in source.fences:
        if fence.end <= limit and fence.info.lower() in _YAML and _HEAD.match(fence.content.lstrip("-\n ")):
            inner = replace(
                source, text=fence.content, fences=(), is_cut=source.is_cut and not fence.is_closed
            )
            pieces += [replace(piece, start=fence.start, end=fence.end) for piece in _pieces(inner)]
    return finding_of(source, pieces)


def _pieces(source: Source) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    for _ in range(_MOST_HEADS):
        head = _HEAD.search(source.text, position)
        if head is None:
            break
        position = head.end()
        is_fenced = any(fence.start <= head.start() < fence.end for fence in source.fences)
        piece = None if is_fenced else _read(source, head)
        if piece is not None:
            pieces.append(piece)
            position = max(position, piece.end)
    return pieces


def _read(source: Source, head: re.Match[str]) -> Piece | None:
    tool = source.tools.find_distinct(head["name"])
    labelled = _ARGUMENTS.match(source.text, head.end())
    if tool is None and labelled is not None and head["label"].lower() in ("action", "tool"):
        named = source.tools.find(head["name"], may_be_misspelled=False)
        tool = named.spec if named is not None else None
    if tool is None:
        return None
    found = _labelled(source, labelled, tool) if labelled is not None else _beside(source, head, tool)
    if found is None:
        return None
    is_cut = is_unfinished(source, found.end, found.repairs, is_whole=found.is_whole)
    call = RawCall(name=head["name"], arguments=found.arguments)
    return Piece(
        start=head.start(),
        end=found.end,
        reading=CallReading() if is_cut else CallReading(calls=(call,)),
        repairs=found.repairs,
        is_cut=is_cut,
    )


def _labelled(source: Source, label: re.Match[str], tool: ToolSpec) -> _Read | None:
    """The arguments after their label: JSON, one bare value, or lines below."""
    text, begin = source.text, label.start("rest")
    ahead = _JSON.match(text, begin)
    if ahead is not None:
        found = read_json(text, ahead.end(), len(text), keys=known_keys(source.tools))
        if found is not None:
            closing = _FENCE_END.match(text, found.end) if "`" in ahead.group() else None
            end = closing.end() if closing is not None else found.end
            return _Read(arguments=found.value, end=end, repairs=found.repairs, is_whole=found.is_whole)
    rest = label["rest"].strip().strip("`\"'")
    if rest in ("|", ">"):
        return None
    if rest:
        is_whole = label.end() < len(text)
        return _Read(arguments="" if rest == "None" else [rest], end=label.end(), is_whole=is_whole)
    lines = read_lines(text, label.end() + 1, is_known=lambda key: parameter_of(tool, key) is not None)
    if lines.values or not _needs_any(tool):
        return _Read(arguments=dict(lines.values), end=lines.end, is_whole=lines.is_whole)
    return None


def _beside(source: Source, head: re.Match[str], tool: ToolSpec) -> _Read | None:
    """The arguments as lines right below the name; all that the tool needs must be there."""
    lines = read_lines(source.text, head.end() + 1, is_known=lambda key: parameter_of(tool, key) is not None)
    given = {parameter.name for key in lines.values if (parameter := parameter_of(tool, key)) is not None}
    if not {each.name for each in tool.parameters if each.is_required} <= given:
        return None
    if not given and (head["label"].lower() == "name" or tool.name != head["name"]):
        return None
    is_listing = _HEAD.search(source.text, 0, head.start()) is not None
    if not given and (is_listing or source.text[head.end() :].strip()):
        return None
    return _Read(arguments=dict(lines.values), end=max(lines.end, head.end()), is_whole=lines.is_whole)


def _needs_any(tool: ToolSpec) -> bool:
    return any(parameter.is_required for parameter in tool.parameters)


LABELLED = Dialect(name="labelled", read=read)
