"""Changing files and cells, in the staged copy."""

from __future__ import annotations

from threading import Event

from smallcode_jupyter.protocol.errors import NotFound, Problem
from smallcode_jupyter.tools.workbench import Answer, Arguments, Workbench
from smallcode_jupyter.workspace import notebooks
from smallcode_jupyter.workspace.edits import apply_search_replace

__all__ = ["edit_cell", "edit_file", "write_file"]


def write_file(bench: Workbench, arguments: Arguments, cancel: Event) -> Answer:
    """Stage a file's or cell's whole text."""
    path = bench.name_of(str(arguments["path"]))
    content = str(arguments["content"])
    return _staged(bench, path, content, verb="Changed" if bench.staging.exists(path) else "Created")


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
    bench.staging.write(path, text)
    count = len(text.splitlines())
    return Answer(content=f"{verb} {path} ({count} line{'s' * (count != 1)}).", changed=(path,))
