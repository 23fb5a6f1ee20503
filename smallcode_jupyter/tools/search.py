"""Finding text and files in the staged state. With or without ripgrep the answers are the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Event

from smallcode_jupyter.protocol.errors import Cancelled, NotFound, WorkspaceError
from smallcode_jupyter.tools.workbench import Answer, Arguments, Workbench
from smallcode_jupyter.workspace.paths import is_cell_path

__all__ = ["find_files", "search_text"]

_MOST_MATCHES = 1_000
_LINE_CHARS = 200
_RIPGREP_SECONDS = 20
_FILES_AT_ONCE = 1_000
_FEWEST_FILES_FOR_RIPGREP = 50
"""Below, starting a process takes longer than reading the files."""
_NOT_COMMON = re.compile(r"\(\?|\\[^\w.+*?()\[\]{}|^$/\-]|\\[^wWdDsSbB\W]|\[[^\]]*(?:\[|&&|--|~~)|\{(?!\d)")
"""What Python's patterns and ripgrep's do not both have, or do not both mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What to look for, and how it had to be understood."""

    pattern: re.Pattern[str]
    words: str
    """As ripgrep is given it."""
    is_literal: bool
    note: str = ""


def search_text(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Every line with the text, as `path:line: text`, in path order; in any case where the case given is nowhere."""
    search = _understood(str(arguments["pattern"]), is_regex=bool(arguments.get("is_regex", False)))
    paths = _paths_below(bench, str(arguments.get("folder") or "."))
    matches = _matches(bench, paths, search, cancel)
    note = search.note
    if not matches:
        anycase = _Search(
            pattern=re.compile(search.pattern.pattern, re.IGNORECASE),
            words="",
            is_literal=search.is_literal,
        )
        matches = _matches(bench, paths, anycase, cancel)
        note += "Only in another case:\n" if matches else ""
    if not matches:
        return Answer(content=f"{note}No line of {len(paths)} files has it.")
    shown = "\n".join(matches[:_MOST_MATCHES])
    more = ""
    if len(matches) > _MOST_MATCHES:
        more = f"\n({len(matches) - _MOST_MATCHES} more lines: search for more words, or in a folder)"
    return Answer(content=f"{note}{shown}{more}")


def _understood(words: str, *, is_regex: bool) -> _Search:
    if not words:
        raise WorkspaceError("The pattern is empty.", hint="Give the text to look for.")
    if is_regex:
        try:
            return _Search(pattern=re.compile(words), words=words, is_literal=False)
        except re.error as error:
            note = f"Not a valid regular expression ({error}); searched as plain text.\n"
            return _Search(pattern=re.compile(re.escape(words)), words=words, is_literal=True, note=note)
    return _Search(pattern=re.compile(re.escape(words)), words=words, is_literal=True)


def _paths_below(bench: Workbench, folder: str) -> tuple[str, ...]:
    name = bench.name_of(folder)
    paths = bench.staging.paths()
    if name == ".":
        return paths
    below = tuple(path for path in paths if path == name or path.startswith(name + "/"))
    if not below:
        raise NotFound(f"There are no text files in `{name}`.", hint="Search without a folder.")
    return below


def _matches(bench: Workbench, paths: tuple[str, ...], search: _Search, cancel: Event) -> list[str]:
    found: list[str] = []
    for path in _candidates(bench, paths, search):
        if cancel.is_set():
            raise Cancelled("The search was stopped.")
        try:
            text = bench.staging.peek(path)
        except WorkspaceError:
            continue  # gone, or no text after all
        found += _matching_lines(path, text, search.pattern)
    return found


def _matching_lines(path: str, text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        match = pattern.search(line)
        if match is None:
            continue
        start = max(0, min(match.start() - _LINE_CHARS // 2, len(line) - _LINE_CHARS))
        shown = line if len(line) <= _LINE_CHARS else f"…{line[start : start + _LINE_CHARS]}…"
        yield f"{path}:{number}: {shown.strip()}"


def _candidates(bench: Workbench, paths: tuple[str, ...], search: _Search) -> tuple[str, ...]:
    """The paths worth reading: all, or those that ripgrep finds on disk and those that are staged."""
    if not search.words or len(paths) < _FEWEST_FILES_FOR_RIPGREP:
        return paths
    if not search.is_literal and _NOT_COMMON.search(search.words):
        return paths
    staged = {change.path for change in bench.staging.changes().files if not is_cell_path(change.path)}
    hits = _ripgrep(bench.staging.root, [path for path in paths if path not in staged], search)
    if hits is None:
        return paths
    return tuple(path for path in paths if path in hits or path in staged)


def _ripgrep(root: Path, paths: list[str], search: _Search) -> set[str] | None:
    """Those of these files on disk that have the text; None where ripgrep is not there or did not work."""
    program = shutil.which("rg")
    if program is None:
        return None
    command = [program, "--no-config", "--files-with-matches", "--text", "--null", "--no-messages", "--crlf"]
    command += ["--fixed-strings"] if search.is_literal else []
    command += ["--regexp", search.words, "--"]
    hits: set[str] = set()
    # The files by name, not the folder: which of them count has been decided, and ripgrep would decide otherwise.
    for start in range(0, len(paths), _FILES_AT_ONCE):
        try:
            result = subprocess.run(
                [*command, *paths[start : start + _FILES_AT_ONCE]],
                cwd=root,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=_RIPGREP_SECONDS,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None
        if result.returncode not in (0, 1):
            return None
        hits.update(result.stdout.decode(errors="surrogateescape").split("\0"))
    return hits


def find_files(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Paths that fit a glob, or that contain the text where it is no glob; in any case."""
    pattern = str(arguments["pattern"]).strip().removeprefix("./")
    if not pattern:
        raise WorkspaceError("The pattern is empty.", hint="Give a part of the name, or a glob such as *.py.")
    paths = bench.staging.paths()
    if not any(character in pattern for character in "*?["):
        found = [path for path in paths if pattern.lower() in path.lower()]
    else:
        fits = re.compile(_glob_pattern(pattern), re.IGNORECASE)
        whole = "/" in pattern
        found = [path for path in paths if fits.fullmatch(path if whole else PurePosixPath(path).name)]
    if not found:
        return Answer(content=f"No file of {len(paths)} fits.")
    return Answer(content="\n".join(found))


def _glob_pattern(glob: str) -> str:
    """The regular expression of a glob: `**` crosses folders, `*` and `?` do not."""
    pattern, position = "", 0
    while position < len(glob):
        rest = glob[position:]
        character = rest[0]
        bracket = re.match(r"\[(!?)([^\]]+)\]", rest)
        if rest.startswith("**/"):
            pattern, position = pattern + "(?:.*/)?", position + 3
        elif rest.startswith("**"):
            pattern, position = pattern + ".*", position + 2
        elif character in "*?":
            pattern, position = pattern + ("[^/]*" if character == "*" else "[^/]"), position + 1
        elif bracket is not None:
            members = bracket[2].replace("\\", r"\\").replace("[", r"\[")
            pattern, position = pattern + f"[{'^' if bracket[1] else ''}{members}]", position + bracket.end()
        else:
            pattern, position = pattern + re.escape(character), position + 1
    return pattern
