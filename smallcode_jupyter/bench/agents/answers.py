"""What a bare model is told, and the files in what it answers."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.bench.agents.notebook import notebook_text
from smallcode_jupyter.bench.agents.port import Brief
from smallcode_jupyter.bench.tasks import matches
from smallcode_jupyter.models.counting import estimate_tokens

__all__ = ["CELL", "files_in", "parses", "prompt_for", "write_files"]

CELL = "cell.py"
"""Where the answer to a notebook's task goes."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^\n`]*)$")
_PATH = re.compile(r"[\w./\-]+\.\w+|[\w./\-]*(?:Makefile|Dockerfile)")
_LANGUAGES = {
    "py": "python",
    "js": "javascript",
    "mjs": "javascript",
    "ts": "typescript",
    "rs": "rust",
    "md": "markdown",
}
_SETTINGS = frozenset({"package.json", "tsconfig.json", "go.mod", "Cargo.toml"})
_ANSWER_TOKENS = 2_048
_WHOLE = "Answer with the whole of {path} in one fenced code block."
_SEVERAL = (
    "You may change or create: {paths}. Answer with the whole of each file that you change or create, "
    "each in a fenced code block of its own, with its path on the line before the block."
)
_NEXT_CELL = "Answer with the code of the one notebook cell that is asked for, in one fenced code block."


@dataclass(frozen=True, slots=True)
class _Block:
    label: str
    """The end of the line of text before it, and what follows the language: where a path may stand."""
    content: str


def prompt_for(brief: Brief) -> str:
    """The workspace's text files with their paths, the task, and how to answer.

    Of what may not be changed, settings of the project are left out, which bare models copy into their answers, and the
    largest files where the window has no room for them.
    """
    if brief.notebook is not None:
        return f"{notebook_text(brief.folder)}\n\nTask: {brief.prompt}\n\n{_NEXT_CELL}"
    target = _only_target(brief)
    how = _WHOLE.format(path=target) if target else _SEVERAL.format(paths=", ".join(brief.editable))
    closing = f"Task: {brief.prompt}\n\n{how}"
    files = _texts(brief.folder)
    room = brief.context_window - _ANSWER_TOKENS - estimate_tokens(closing) - 100
    others = [path for path in files if not matches(brief.editable, path)]
    left_out = [path for path in others if path.rpartition("/")[2] in _SETTINGS]
    for path in left_out:
        del files[path]
    others = [path for path in others if path in files]
    for path in sorted(others, key=lambda path: -len(files[path])):
        if sum(estimate_tokens(_shown(name, text)) for name, text in files.items()) <= room:
            break
        left_out.append(path)
        del files[path]
    parts = [_shown(path, text) for path, text in files.items()]
    if left_out:
        parts.append(f"Not shown: {', '.join(sorted(left_out))}")
    return "\n\n".join([*parts, closing])


def _only_target(brief: Brief) -> str | None:
    """The one file that may be changed; None where there are several, or a pattern."""
    if len(brief.editable) == 1 and not any(letter in brief.editable[0] for letter in "*?["):
        return brief.editable[0]
    return None


def _texts(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if "\0" not in text:
            found["/".join(parts)] = text
    return found


def _shown(path: str, text: str) -> str:
    marks = "`" * max(3, max((len(run) + 1 for run in re.findall(r"`{3,}", text)), default=3))
    suffix = path.rpartition(".")[2]
    return f"{path}:\n{marks}{_LANGUAGES.get(suffix, suffix)}\n{text.rstrip()}\n{marks}"


def files_in(answer: str, brief: Brief) -> dict[str, str]:
    """The files of an answer: its first block (or the one with the right path) where one file may be changed,
    else each block with a path that may be changed. Empty where there is none.
    """
    blocks = _blocks(answer)
    target = CELL if brief.notebook is not None else _only_target(brief)
    existing = _texts(brief.folder)
    labelled = {
        path: block.content
        for block in reversed(blocks)
        if (path := _path_in(block.label, brief.editable, existing)) is not None
    }
    if target is not None:
        chosen = labelled.get(target, blocks[0].content if blocks else None)
        return {target: chosen} if chosen is not None else {}
    if not labelled and len(blocks) == 1:
        editable = [path for path in existing if matches(brief.editable, path)]
        return {editable[0]: blocks[0].content} if len(editable) == 1 else {}
    return labelled


def _blocks(answer: str) -> list[_Block]:
    """The outermost fenced blocks in order; one that never ends goes to the end of the answer."""
    blocks, before = [], ""
    opening: re.Match[str] | None = None
    lines: list[str] = []
    for line in answer.replace("\r\n", "\n").split("\n"):
        match = _FENCE.match(line)
        if opening is None:
            if match:
                opening, lines = match, []
            elif line.strip():
                before = line
        elif match and match[1].startswith(opening[1]) and not match[2].strip():
            blocks.append(_block(before, opening, lines))
            opening, before = None, ""
        else:
            lines.append(line)
    if opening is not None:
        blocks.append(_block(before, opening, lines))
    return blocks


def _block(before: str, opening: re.Match[str], lines: Sequence[str]) -> _Block:
    first = lines[0] if lines and re.match(r"\s*(#|//|/\*|<!--)", lines[0]) else ""
    return _Block(f"{before}\n{opening[2]}\n{first}", "\n".join(lines) + "\n")


def _path_in(label: str, editable: Sequence[str], existing: Mapping[str, str]) -> str | None:
    """The last path in the label that may be changed; the last part of an existing one will do."""
    for word in reversed(_PATH.findall(label)):
        path = word.removeprefix("./")
        if matches(editable, path):
            return str(path)
        ends = [name for name in existing if name.endswith(f"/{path}") and matches(editable, name)]
        if len(ends) == 1:
            return ends[0]
    return None


def parses(files: Mapping[str, str]) -> bool:
    """Whether the Python and JSON files among them do; of other languages nothing is known here."""
    for path, text in files.items():
        try:
            if path.endswith(".py"):
                ast.parse(text)
            elif path.endswith(".json"):
                json.loads(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Lay them below the folder; what would leave it is not written."""
    for path, text in files.items():
        place = (folder / path).resolve()
        if place.is_relative_to(folder.resolve()):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
