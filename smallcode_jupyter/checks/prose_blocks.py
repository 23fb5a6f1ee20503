"""Examples whose outcome stands below them: `table(rows) gives these three lines:` and an indented or fenced block."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator

from smallcode_jupyter.checks.extract import Group, Step
from smallcode_jupyter.checks.prose import Dialect, simple_calls

__all__ = ["block_groups"]

_BELOW = re.compile(
    r"`?[ \t]+(?:gives|returns|is|makes|produces|should (?:give|return|be))[ \t]+"
    r"(?:this|these|the following|exactly)\b[^\n:.]{0,40}:[ \t]*\n(?:[ \t]*\n)?"
    r"(?:(?P<indented>(?:(?:[ ]{3,}|\t)\S[^\n]*(?:\n|\Z))+)"
    r"|```(?:text|csv|markdown|md)?[ \t]*\n(?P<fenced>.*?)\n[ \t]*```)",
    re.DOTALL,
)
_AS_TEXT = {
    "python": '(lambda out: out if isinstance(out, str) else "\\n".join(map(str, out)))({call}).rstrip()',
    "javascript": '((out) => (Array.isArray(out) ? out.join("\\n") : String(out)).trimEnd())({call})',
}
"""Lines may be one text or a list of them: which, the words above often leave open."""


def block_groups(text: str, names: frozenset[str], dialect: Dialect, *, language: str) -> Iterator[Group]:
    """The examples that call one of `names`; none in languages where a list of lines cannot be told from a text."""
    shape = _AS_TEXT.get(language)
    if shape is None or not names:
        return
    for start, end in simple_calls(text, names, dialect):
        below = _BELOW.match(text, end)
        if below is None:
            continue
        call = " ".join(text[start:end].split("\n"))
        lines = textwrap.dedent(below["indented"] or below["fenced"]).strip("\n").rstrip()
        step = Step(kind="value", source=shape.format(call=call), want=json.dumps(lines), shown=call)
        yield Group(steps=(step,), origin="")
