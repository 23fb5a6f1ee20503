"""A whole file without a fence around it, as the smallest models answer when only code is asked for."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.parsing.blocks import heading_path
from smallcode_jupyter.agent.parsing.choose import looks_like_python
from smallcode_jupyter.agent.parsing.languages import language_of_path
from smallcode_jupyter.agent.parsing.paths import place_file
from smallcode_jupyter.agent.parsing.repair import parse_python
from smallcode_jupyter.agent.parsing.source import Finding, RawCall, Source
from smallcode_jupyter.protocol.events import Repair

__all__ = ["read_bare_file"]

_LONE_FENCE = re.compile(r"^[ \t]*`{3,}\s*\Z", re.MULTILINE)
_STARTS = re.compile(r"(?:from|import|def|class|async|if|for|while|with|try|@|#|\"\"\"|'''|[\w.]+ *[=(\[])")
_LONGEST = 65_536
"""Characters; a longer answer without a fence is no file."""
_MOST_LINES = 40
"""Lines of text before the code among which a path is looked for."""


def read_bare_file(source: Source) -> Finding | None:
    """The Python file that the answer is, all of it or all after a line with its path; None if it is not code.

    Only where the answer is whole: without a fence nothing else says where the code ends.
    """
    if source.is_cut or len(source.text) > _LONGEST or any(fence.content.strip() for fence in source.fences):
        return None
    text = _LONE_FENCE.sub("", source.text)
    lines = text.split("\n", _MOST_LINES)
    for index, line in enumerate(lines[:_MOST_LINES]):
        path, repair = heading_path(line.strip(), source.expectation)
        if path is None or repair or language_of_path(path) != "python":
            continue
        code = "\n".join(lines[index + 1 :]).strip("\n")
        if _is_code(code):
            return _finding(source, path, code, "\n".join(lines[:index]).strip())
    default = source.expectation.default_path
    if default is not None and language_of_path(default) == "python" and _is_code(text.strip("\n")):
        return _finding(source, default, text.strip("\n"), "")
    return None


def _is_code(text: str) -> bool:
    """Whether it parses and does something: a word or a sentence that happens to parse is no code."""
    if not _STARTS.match(text.lstrip()):
        return False
    return parse_python(text) is not None and looks_like_python(text)


def _finding(source: Source, path: str, code: str, text: str) -> Finding:
    placed, repair = place_file(path, source.expectation)
    call = RawCall(name="write_file", arguments={"path": placed, "content": code + "\n"})
    repairs = (Repair(name="missing-fence", detail=placed), *([repair] if repair else []))
    return Finding(calls=(call,), text=text, repairs=repairs)
