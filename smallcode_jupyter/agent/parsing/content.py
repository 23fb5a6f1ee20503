"""The text of a whole file as a model writes it: unescaped, unwrapped, and refused where it was shortened."""

from __future__ import annotations

import ast
import re

from smallcode_jupyter.agent.parsing.languages import COMMENTS, language_of_path
from smallcode_jupyter.agent.parsing.repair import parse_python
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair

__all__ = ["elided", "is_elision", "mend_content"]

_ESCAPE = re.compile(r"\\([nrt\"'\\])")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_COMMENT_LINE = re.compile(
    r"^[ \t]*(?P<mark>#+|//+|/\*+|<!--|--|;+|%+)(?P<words>[^\n]{0,160})$", re.MULTILINE
)
_DOTS = ("...", "…")
_HINTS = re.compile(
    r"\b(?:rest|existing|unchanged|same|previous|remain\w*|omitted|as before|other|no changes?|keep)\b",
    re.IGNORECASE,
)
_THING = r"(?:code|file|functions?|methods?|class(?:es)?|implementations?|script|module|program|content|lines|imports)"
_CODE = re.compile(rf"\b(?:{_THING}|unchanged|omitted|as before|remains?)\b", re.IGNORECASE)
_WHOLE = re.compile(
    rf"(?:the |your |all )?(?:rest of|remaining|remainder of|existing|previous|other|unchanged|original) "
    rf"(?:the |your |of the )*{_THING}(?: (?:above|below))?"
    r"(?: (?:here|goes here|remains?|stays?|is|are|continues|unchanged|the same|as is|as before|omitted))*",
    re.IGNORECASE,
)


def mend_content(content: str, path: str) -> tuple[str, tuple[Repair, ...]]:
    """The text that was meant: newlines real, no fence around all of it, a newline at its end."""
    repairs: list[Repair] = []
    if _is_escaped(content, path):
        content = _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), content)
        repairs.append(Repair(name="escaped-newlines", detail=path))
    inner = _inside_fence(content) if language_of_path(path) != "markdown" else None
    if inner is not None:
        content = inner
        repairs.append(Repair(name="fence-in-content", detail=path))
    if content and not content.endswith("\n"):
        content += "\n"
        repairs.append(Repair(name="final-newline", detail=path))
    return content, tuple(repairs)


def _inside_fence(content: str) -> str | None:
    """What one fence around the whole text holds, or None."""
    first, _, rest = content.strip().partition("\n")
    body, _, last = rest.rpartition("\n")
    marker = last.strip()
    if marker not in ("```", "~~~", "````") or not first.startswith(marker) or marker in body:
        return None
    return body


def _is_escaped(content: str, path: str) -> bool:
    """Whether newlines are written as `\\n` throughout, rather than inside one line's string."""
    if "\n" in content.strip() or "\\n" not in content:
        return False
    if language_of_path(path) != "python":
        return content.count("\\n") > 1
    tree = parse_python(content)
    return not (isinstance(tree, ast.Module) and tree.body)


def elided(content: str, path: str) -> Problem | None:
    """The problem of a whole file in which lines are replaced by `... rest of the code ...`; None if it is whole.

    Writing it would cut the file.
    """
    marks = COMMENTS.get(language_of_path(path), ("#",))
    for found in _COMMENT_LINE.finditer(content):
        if marks and found["mark"].startswith(marks) and _is_placeholder(found["words"]):
            line = found.group().strip()
            return Problem(
                code="elided",
                what=f"The block for {path} leaves out code: `{line[:80]}`.",
                why="It would replace the whole file, so the left-out code would be lost.",
                hint="Write the whole file, every line.",
            )
    return None


def is_elision(line: str, path: str, *, before: str) -> bool:
    """Whether this line stands for lines left out: such a comment, or three dots that are no body of Python.

    `before` is the line above with text.
    """
    words = line.strip()
    if words in _DOTS:
        return language_of_path(path) != "python" or not before.rstrip().endswith(":")
    marks = COMMENTS.get(language_of_path(path), ("#",))
    found = _COMMENT_LINE.match(line)
    return found is not None and found["mark"].startswith(marks or ("#",)) and _is_placeholder(found["words"])


def _is_placeholder(comment: str) -> bool:
    words = comment.strip().removesuffix("-->").removesuffix("*/").strip().strip("()[]{}<>*- ")
    bare = words.strip(" .…()")
    is_led, is_trailed = words.startswith(_DOTS), words.endswith(_DOTS)
    if is_led and is_trailed:
        return True
    has_hint = _HINTS.search(bare) is not None
    if is_led or is_trailed:
        return has_hint and (is_led or _CODE.search(bare) is not None)
    return _WHOLE.fullmatch(bare) is not None
