"""Calls between tags, as Hermes and Qwen write them: `<tool_call>{"name": ..., "arguments": ...}</tool_call>`.

The same tags in other spellings: Granite and Phi (`<|tool_call|>`), Nemotron (`<TOOLCALL>`), Jamba (`<tool_calls>`),
Command R (`<|START_ACTION|>`), InternLM (`<|action_start|><|plugin|>`), xLAM and Functionary without a name of theirs.
"""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.bodies import read_body, with_closing
from smallcode_jupyter.agent.parsing.pieces import Piece, finding_of, read_marked
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, Source

__all__ = ["HERMES"]

_WORDS = r"(?:tool_?calls?|tool_?use|function_?calls?|functions?|action|tools?)"
_OPENING = re.compile(
    rf"(?:<\|?{_WORDS}\|?>|<\|START_ACTION\|>|<\|action_start\|>\s{{0,4}}<\|plugin\|>)\s{{0,8}}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"[\s}}\]`]{{0,16}}(?:<(?:/|\|/|\|end_of_){_WORDS}\|?>|<{_WORDS}\|?>(?!\s{{0,8}}[{{\[<A-Za-z])"
    r"|<\|END_ACTION\|>|<\|action_end\|>)",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(_CLOSING.pattern + "|", re.IGNORECASE)


def read(source: Source) -> Finding | None:
    """The calls between such tags; a closing tag may be missing, or be written as an opening one."""
    if "<" not in source.text:
        return None
    return finding_of(source, read_marked(source, _OPENING, _read))


def _read(source: Source, found: re.Match[str]) -> Piece | None:
    body = read_body(source, found.end(), len(source.text))
    closing = _OPTIONAL if found.group().startswith("<|") else _CLOSING
    return None if body is None else with_closing(source, body, found.start(), closing)


HERMES = Dialect(name="hermes", read=read)
