"""Changing files and cells, in the staged copy."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

from smallcode_jupyter.protocol.errors import NotFound, Problem
from smallcode_jupyter.tools.workbench import Answer, Arguments, Workbench
from smallcode_jupyter.workspace import notebooks
from smallcode_jupyter.workspace.definitions import definition_names
from smallcode_jupyter.workspace.edits import apply_search_replace
from smallcode_jupyter.workspace.imports import ImportOutcome, add_missing_imports
from smallcode_jupyter.workspace.merge import merge_definitions
from smallcode_jupyter.workspace.paths import is_cell_path

__all__ = ["edit_cell", "edit_file", "write_definitions", "write_file"]

_GUARDED_LINES = 20
_KEPT_SHARE = 0.4
_NAMED = 8


def write_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Stage a file's or cell's whole text."""
    path = bench.name_of(str(arguments["path"]))
    content = str(arguments["content"])
    if not bench.staging.exists(path):
        return _staged(bench, path, content, verb="Created")
    return _loss(bench, path, content) or _staged(bench, path, content, verb="Changed")


def write_definitions(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Put whole functions and classes into a Python file; the rest of it stays."""
    path = bench.name_of(str(arguments["path"]))
    if not path.endswith(".py") or not bench.staging.exists(path):
        what = f"There is no file `{path}`." if path.endswith(".py") else f"{path} is no Python file."
        return _error(Problem(code="no_python_file", what=what, hint="Use write_file for it."))
    outcome = merge_definitions(bench.staging.read(path), str(arguments["source"]))
    if outcome.text is None:
        problem = outcome.problem or Problem(code="merge_failed", what="Nothing was changed.")
        return Answer(content=f"{path}: {problem}", status="error", problem=problem)
    answer = _loss(bench, path, outcome.text) or _staged(bench, path, outcome.text, verb="Changed")
    added = f"added {', '.join(outcome.added)}" if outcome.added else ""
    names = "; ".join(part for part in (", ".join(outcome.replaced), added) if part)
    return answer if answer.problem or not names else replace(answer, content=f"Changed {path}: {names}.")


def edit_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Replace the one place where the old text stands."""
    path = bench.name_of(str(arguments["path"]))
    old, new = str(arguments["old"]), str(arguments["new"])
    if not bench.staging.exists(path):
        if not old.strip():
            return _staged(bench, path, new, verb="Created")
        raise NotFound(
            f"There is no file `{path}`.",
            hint="Use write_file to create it, or list_files to see which exist.",
        )
    outcome = apply_search_replace(bench.staging.read(path), old, new)
    if outcome.text is None:
        problem = outcome.problem or Problem(code="edit_failed", what=f"{path} was not changed.")
        return Answer(content=f"{path}: {problem}", status="error", problem=problem)
    answer = _staged(bench, path, outcome.text, verb="Changed")
    return (
        answer
        if answer.problem
        else Answer(content=_edited(path, outcome.how, outcome.line), changed=(path,))
    )


def _edited(path: str, how: str, line: int) -> str:
    note = " The old text was found with other blanks." if how == "whitespace" else ""
    return f"Changed {path} at line {line}.{note}"


def edit_cell(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Replace the source of one cell of a notebook file."""
    path = bench.name_of(str(arguments["path"]))
    cell_id, source = str(arguments["cell_id"]), str(arguments["source"])
    if not path.endswith(".ipynb"):
        problem = Problem(
            code="no_notebook", what=f"{path} is no notebook.", hint="Use edit_file or write_file for it."
        )
        return Answer(content=str(problem), status="error", problem=problem)
    text = bench.staging.read(path)
    cells = notebooks.parse_notebook(text, name=f"`{path}`").cells
    known = next((cell.source_hash for cell in cells if cell.id == cell_id), "")
    bench.staging.write(path, notebooks.edit_cell(text, cell_id, known, source))
    return Answer(content=f"Changed cell {cell_id} of {path}.", changed=(path,))


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
    if path.endswith(".py"):
        kept = definition_names(text)
        lost = [name for name in definition_names(old) if name not in kept]
        if not lost:
            return None
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        what += f": {', '.join(lost[:_NAMED])}{more} would be lost"
    hint = "Write the whole file, or only change lines with edit_file."
    return _error(Problem(code="would_drop", what=f"{what}.", hint=hint))


def _staged(bench: Workbench, path: str, text: str, *, verb: str) -> Answer:
    """Stage the text, unless it is the same or would break a notebook."""
    if path.endswith(".ipynb") and (problem := notebooks.validate_notebook(text)) is not None:
        return Answer(content=f"{path}: {problem}", status="error", problem=problem)
    if bench.staging.exists(path) and bench.staging.read(path) == text:
        problem = Problem(
            code="no_change",
            what=f"{path} already has exactly this text.",
            hint="Write what should become different, or finish.",
        )
        return Answer(content=str(problem), status="error", problem=problem)
    imports = add_missing_imports(text) if path.endswith(".py") else ImportOutcome(text=text)
    bench.staging.write(path, imports.text)
    count = len(imports.text.splitlines())
    note = f" Added: {'; '.join(imports.added)}." if imports.added else ""
    return Answer(content=f"{verb} {path} ({count} line{'s' * (count != 1)}).{note}", changed=(path,))
