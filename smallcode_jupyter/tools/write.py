"""Changing files and cells, in the staged copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Event

from smallcode_jupyter.protocol.changes import content_hash
from smallcode_jupyter.protocol.errors import FileChanged, NotFound, Problem, WorkspaceError
from smallcode_jupyter.protocol.secrets import masks_brought
from smallcode_jupyter.tools.workbench import Answer, Arguments, Workbench
from smallcode_jupyter.workspace import notebooks
from smallcode_jupyter.workspace.edits import apply_search_replace
from smallcode_jupyter.workspace.imports import ImportOutcome, add_missing_imports
from smallcode_jupyter.workspace.mends import Mend, tell_mends
from smallcode_jupyter.workspace.merging import can_merge, defined_names, mend_file, merge_answer
from smallcode_jupyter.workspace.paths import is_cell_path

__all__ = ["edit_cell", "edit_file", "write_definitions", "write_file"]

_GUARDED_LINES = 20
_KEPT_SHARE = 0.4
_NO_PROGRAM = re.compile(
    r"\bpackage main\b|\b(?:no|without)\s+(?:an?\s+)?(?:main|tests?|program|script)\b|\bmain\b[^.;]{0,30}\belsewhere\b"
    r"|\b(?:module|part|piece|file)\s+of\s+(?:an?|the|our|my|your)\s+(?:\w+\s+)?(?:program|script)\b",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\b(?:write|add|create|make|complete|build|turn|give|need|want)\b(?:[^.]|\.\w){0,60}?"
    r"\b(?:program|script|main|command[- ]line|cli|tests?|demo|usage examples?|example usage|entry point)\b",
    re.IGNORECASE,
)
_NAMED = 8
_MOST_SIBLINGS = 60


def write_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Stage a file's or cell's whole text."""
    path = bench.name_of(str(arguments["path"]))
    content = str(arguments["content"])
    is_there = bench.staging.exists(path)
    mends: Sequence[Mend] = ()
    if not is_cell_path(path) and can_merge(path):
        before = bench.staging.read(path) if is_there else ""
        if before == content:
            return _unchanged(path)
        content, mends = mend_file(
            before,
            content,
            path,
            siblings=_siblings(bench, path),
            keeps_demonstrations=_asks_for_program(bench.words),
        )
    if not is_there:
        return _staged(bench, path, content, verb="Created", mends=mends)
    return _loss(bench, path, content) or _staged(bench, path, content, verb="Changed", mends=mends)


def write_definitions(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Put whole functions, types and other definitions into a source file; the rest of it stays."""
    path = bench.name_of(str(arguments["path"]))
    if not can_merge(path) or not bench.staging.exists(path):
        is_source = can_merge(path)
        what = f"There is no file `{path}`." if is_source else f"The definitions of {path} are not known."
        return _error(Problem(code="no_source_file", what=what, hint="Use write_file for it."))
    before, source = bench.staging.read(path), str(arguments["source"])
    outcome = merge_answer(
        before,
        source,
        path,
        siblings=_siblings(bench, path),
        keeps_demonstrations=_asks_for_program(bench.words),
    )
    if outcome.text is None:
        problem = outcome.problem or Problem(code="merge_failed", what="Nothing was changed.")
        return Answer(content=f"{path}: {problem}", status="error", problem=problem)
    answer = _loss(bench, path, outcome.text) or _staged(
        bench, path, outcome.text, verb="Changed", mends=outcome.mends
    )
    added = f"added {', '.join(outcome.added)}" if outcome.added else ""
    names = "; ".join(part for part in (", ".join(outcome.replaced), added) if part)
    if answer.problem or not names:
        return answer
    return replace(answer, content=f"Changed {path}: {names}.{_told(outcome.mends)}")


def edit_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Replace the one place where the old text stands."""
    path = bench.name_of(str(arguments["path"]))
    old, new = str(arguments["old"]), str(arguments["new"])
    if not bench.staging.exists(path):
        if not old.strip():
            return write_file(bench, {"path": path, "content": new}, cancel)
        raise NotFound(
            f"There is no file `{path}`.",
            hint="Use write_file to create it, or list_files to see which exist.",
        )
    outcome = apply_search_replace(bench.staging.read(path), old, new)
    if outcome.text is None:
        problem = outcome.problem or Problem(code="edit_failed", what=f"{path} was not changed.")
        return Answer(content=f"{path}: {problem}", status="error", problem=problem)
    imports = add_missing_imports(outcome.text) if path.endswith(".py") else ImportOutcome(text=outcome.text)
    answer = _staged(bench, path, imports.text, verb="Changed")
    return (
        answer
        if answer.problem
        else Answer(content=_edited(path, outcome.how, outcome.line), changed=(path,))
    )


def _edited(path: str, how: str, line: int) -> str:
    note = " The old text was found with other blanks." if how == "whitespace" else ""
    return f"Changed {path} at line {line}.{note}"


def edit_cell(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Replace the source of one cell of a notebook file, if it still has the source that was read."""
    path = bench.name_of(str(arguments["path"]))
    cell_id, source = str(arguments["cell_id"]), str(arguments["source"])
    if not path.endswith(".ipynb"):
        problem = Problem(
            code="no_notebook", what=f"{path} is no notebook.", hint="Use edit_file or write_file for it."
        )
        return Answer(content=str(problem), status="error", problem=problem)
    text = bench.staging.read(path)
    cells = notebooks.parse_notebook(text, name=f"`{path}`").cells
    known = bench.cells_seen.get((path, cell_id), "")
    if not known:
        known = next((cell.source_hash for cell in cells if cell.id == cell_id), "")
        if path in bench.staging.is_stale():
            raise FileChanged(f"`{path}` was changed since it was read.", hint=f'First read_file("{path}").')
    old = next((cell.source for cell in cells if cell.id == cell_id), "")
    if brought := masks_brought(old, source):
        return _error(_masks_written(path, brought))
    bench.staging.write(path, notebooks.edit_cell(text, cell_id, known, source))
    bench.cells_seen[path, cell_id] = content_hash(source.encode("utf-8", errors="surrogatepass"))
    return Answer(content=f"Changed cell {cell_id} of {path}.", changed=(path,))


def _asks_for_program(words: str) -> bool:
    """Whether a `main`, calls that print or tests inside the file are what the person wants, and no demonstration."""
    return _PROGRAM.search(_NO_PROGRAM.sub(" ", words)) is not None


def _masks_written(path: str, masks: tuple[str, ...]) -> Problem:
    return Problem(
        code="mask_written",
        what=f"{path} was not changed: the new text has {', '.join(masks)} where the file has a secret.",
        why="It stands for something that you were not shown.",
        hint="Leave lines with it as they are: change other lines only, with edit_file.",
    )


def _error(problem: Problem) -> Answer:
    return Answer(content=str(problem), status="error", problem=problem)


def _loss(bench: Workbench, path: str, text: str) -> Answer | None:
    """The refusal of a text that is only a part of a longer file, or None."""
    if is_cell_path(path) or path.endswith(".ipynb"):
        return None
    old = bench.staging.read(path)
    count, left = len(old.splitlines()), len(text.splitlines())
    filled = sum(bool(line.strip()) for line in old.splitlines())
    if filled < _GUARDED_LINES or left >= _KEPT_SHARE * count:
        return None
    what = f"{path} has {count} lines, and the new text only {left}"
    if can_merge(path):
        kept = defined_names(path, text)
        lost = [name for name in defined_names(path, old) if name not in kept]
        if not lost:
            return None
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        what += f": {', '.join(lost[:_NAMED])}{more} would be lost"
    hint = "Write the whole file, or only change lines with edit_file."
    return _error(Problem(code="would_drop", what=f"{what}.", hint=hint))


def _staged(bench: Workbench, path: str, text: str, *, verb: str, mends: Sequence[Mend] = ()) -> Answer:
    """Stage the text, unless it is the same or would break a notebook."""
    if path.endswith(".ipynb") and (problem := notebooks.validate_notebook(text)) is not None:
        return Answer(content=f"{path}: {problem}", status="error", problem=problem)
    old = bench.staging.read(path) if bench.staging.exists(path) else ""
    if old == text and bench.staging.exists(path):
        return _unchanged(path)
    if brought := masks_brought(old, text):
        return _error(_masks_written(path, brought))
    bench.staging.write(path, text)
    count = len(text.splitlines())
    content = f"{verb} {path} ({count} line{'s' * (count != 1)}).{_told(mends)}"
    return Answer(content=content, changed=(path,))


def _unchanged(path: str) -> Answer:
    what = f"{path} already has exactly this text."
    hint = "Write what should become different, or finish."
    return _error(Problem(code="no_change", what=what, hint=hint))


def _told(mends: Sequence[Mend]) -> str:
    """What was mended on the way, as the end of an answer."""
    return f" Mended: {tell_mends(mends)}." if mends else ""


def _siblings(bench: Workbench, path: str) -> list[tuple[str, str]]:
    """The files that share names with this one: the others of a Go package; for Rust their names alone count."""
    folder, _, name = path.rpartition("/")
    ending = name[name.rfind(".") :]
    if ending not in (".go", ".rs"):
        return []
    found: list[tuple[str, str]] = []
    for other in bench.staging.paths():
        if other == path or not other.endswith(ending) or len(found) == _MOST_SIBLINGS:
            continue
        if ending == ".rs" and other.startswith(folder):
            found.append((other, ""))
        elif other.rpartition("/")[0] == folder:
            with suppress(WorkspaceError):  # too large to be read: what is in it is not known then
                found.append((other, bench.staging.read(other)))
    return found
