"""Looking at files: their text, their names, what they define."""

from __future__ import annotations

from collections import Counter
from threading import Event

from smallcode_jupyter.protocol.errors import NotFound, Problem
from smallcode_jupyter.tools.truncate import LIMIT, page
from smallcode_jupyter.tools.workbench import OUTPUT, Answer, Arguments, Workbench
from smallcode_jupyter.workspace.notebooks import parse_notebook, render_notebook
from smallcode_jupyter.workspace.outline import outline

__all__ = ["list_files", "outline_file", "read_file"]

_NOTE_CHARS = 160
"""Kept free for the header and the note of what is missing."""
_MOST_NAMES = 120


def read_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """The lines asked for, as many as fit, under a line that says which they are."""
    path, text = _shown_text(bench, str(arguments["path"]))
    lines = text.splitlines()
    first, last = _range(arguments, len(lines))
    if not lines:
        return Answer(content=f"{path} (empty)")
    if first > len(lines):
        problem = Problem(
            code="no_such_line",
            what=f"{path} has no line {first}.",
            why=f"It has {len(lines)} lines.",
            hint="Read it without `start`.",
        )
        return Answer(content=str(problem), status="error", problem=problem)
    count = page(lines[:last], first - 1, LIMIT - _NOTE_CHARS - len(path))
    end = first + count - 1
    header = f"{path} (lines {first}-{end} of {len(lines)})"
    if end < last:
        header += f'; for more: read_file("{path}", start={end + 1})'
    # The header stands where the line before the first would be.
    return Answer(
        content="\n".join([header, *lines[first - 1 : end]]),
        hint=f'read_file("{path}", start={{line}})',
        first=first - 1,
    )


def _shown_text(bench: Workbench, given: str) -> tuple[str, str]:
    """The name and the text of a file, or of an answer that was kept because it was long."""
    if given.startswith(OUTPUT):
        if given not in bench.outputs:
            raise NotFound(f"There is no `{given}` any more.", hint="Do again what gave it.")
        return given, bench.outputs[given]
    path = bench.name_of(given)
    text = bench.staging.read(path)
    if path.endswith(".ipynb"):
        notebook = parse_notebook(text, name=f"`{path}`")
        bench.cells_seen.update({(path, cell.id): cell.source_hash for cell in notebook.cells})
        text = render_notebook(notebook, name=path, max_chars=200_000)
    return path, text


def _range(arguments: Arguments, count: int) -> tuple[int, int]:
    """First and last line asked for, from 1; a range turned round is turned back."""
    start, end = arguments.get("start"), arguments.get("end")
    first = max(start, 1) if isinstance(start, int) else 1
    last = end if isinstance(end, int) and end > 0 else count
    if isinstance(start, int) and last < first <= count:
        first, last = last, first
    return first, min(last, count)


def list_files(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Names of text files, one a line; where there are many, folders with their number of files."""
    folder = _folder(bench, arguments)
    listing = bench.staging.listing()
    paths = [path for path in listing.paths if path.startswith(folder)]
    if not paths:
        if folder:
            raise NotFound(f"There are no text files in `{folder.rstrip('/')}`.", hint="Use list_files().")
        return Answer(content="There are no text files here.")
    more = "" if listing.is_complete else "\n(There are more files than were looked at.)"
    if len(paths) <= _MOST_NAMES:
        return Answer(content="\n".join(paths) + more)
    return Answer(content=_summary(paths, folder) + more)


def _folder(bench: Workbench, arguments: Arguments) -> str:
    """The folder's prefix of paths; empty for the workspace itself."""
    folder = str(arguments.get("folder") or ".")
    name = bench.name_of(folder)
    return "" if name == "." else name + "/"


def _summary(paths: list[str], prefix: str) -> str:
    own = [path for path in paths if "/" not in path.removeprefix(prefix)]
    folders = Counter(
        prefix + path.removeprefix(prefix).split("/")[0] for path in paths if "/" in path.removeprefix(prefix)
    )
    lines = [f"{name}/ ({count} files)" for name, count in sorted(folders.items())]
    return "\n".join([*lines, *own])


def outline_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """What the file defines, with line numbers."""
    path = bench.name_of(str(arguments["path"]))
    text = outline(path, bench.staging.read(path)).rstrip("\n")
    return Answer(content=text)
