"""Notebook files: read for a model, and changed a cell at a time with all else left byte for byte.

The JSON is walked in place: where each value begins and ends is known, so an edit replaces only those characters,
and of a notebook with large outputs only one output at a time is held as values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from smallcode_jupyter.protocol.changes import content_hash
from smallcode_jupyter.protocol.errors import FileChanged, NotFound, Problem, WorkspaceError
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.workspace.cell_outputs import output_text
from smallcode_jupyter.workspace.json_spans import Span, elements, members, parse
from smallcode_jupyter.workspace.text import BOM, read_text_file

__all__ = [
    "Cell",
    "CellType",
    "InsertedCell",
    "Notebook",
    "edit_cell",
    "insert_cell",
    "notebook_text",
    "parse_notebook",
    "read_notebook",
    "render_notebook",
    "validate_notebook",
]

CellType = Literal["code", "markdown", "raw"]
_MAX_BYTES = 128_000_000
_OUTPUT_CHARS = 600
_SOURCE_CHARS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell."""

    id: str
    """Its own id; `#N`, its place from 0, where it has none or one that another cell has too."""
    type: CellType
    source: str
    source_hash: str
    """Of the source: what `edit_cell` wants to be told."""
    execution_count: int | None = None
    """None where it was not run."""
    outputs: str = ""
    """Their text, trimmed; says what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A notebook file."""

    cells: tuple[Cell, ...]
    language: str
    """As its metadata says; `python` where they do not."""
    version: tuple[int, int]
    """Of the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsertedCell:
    """A notebook with one more cell."""

    text: str
    cell_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _CellSpans:
    """Where a cell stands in the text."""

    whole: Span
    source: Span | None
    cell: Cell


def read_notebook(path: Path, *, name: str = "") -> Notebook:
    """The notebook in a file of up to 128 MB. Raises NotFound, NotText, TooLarge or another WorkspaceError."""
    name = name or path.name
    return parse_notebook(read_text_file(path, max_bytes=_MAX_BYTES, name=name).text, name=f"`{name}`")


def parse_notebook(text: str, *, name: str = "The text") -> Notebook:
    """The notebook that the text of an `.ipynb` file holds. Raises WorkspaceError where it is none."""
    notebook, _, _ = _locate(text, name)
    return notebook


def notebook_text(path: Path, *, name: str = "", max_chars: int = 20_000) -> str:
    """The notebook in a file, rendered for a model. Raises as `read_notebook` does."""
    name = name or path.name
    return render_notebook(read_notebook(path, name=name), name=name, max_chars=max_chars)


def render_notebook(notebook: Notebook, *, name: str, max_chars: int = 20_000) -> str:
    """Cells with their ids, sources and text outputs. Past `max_chars` cells are only named."""
    count = f"{len(notebook.cells)} cell" + "s" * (len(notebook.cells) != 1)
    parts = [f"# notebook {name}: {count}, {notebook.language}"]
    size = len(parts[0])
    for index, cell in enumerate(notebook.cells):
        part = _render_cell(cell)
        if size + len(part) > max_chars:
            rest = notebook.cells[index:]
            ids = ", ".join(cell.id for cell in rest[:50]) + (", …" if len(rest) > 50 else "")
            parts.append(f"({len(rest)} more cells not shown: {ids})")
            break
        parts.append(part)
        size += len(part)
    return "\n".join(parts) + "\n"


def edit_cell(text: str, cell_id: str, expected_source_hash: str, new_source: str) -> str:
    """The notebook's text with one cell's source replaced and everything else kept to the byte.

    Raises NotFound for an id it does not have (the hint lists those it has), FileChanged where the cell's source
    is not the expected one, WorkspaceError where the text is no notebook.
    """
    _, found, _ = _locate(text, "The text")
    spans = _find(found, cell_id)
    if spans.cell.source_hash != expected_source_hash:
        raise FileChanged(
            f"The cell `{cell_id}` was changed since it was read; nothing was changed now.",
            why=f"Its source now has the hash {spans.cell.source_hash[:12]}….",
            hint="Read the cell again, then edit it.",
        )
    if spans.source is None:
        raise WorkspaceError(
            f"The cell `{cell_id}` has no source.", hint="Repair the notebook in Jupyter first."
        )
    start, end = spans.source
    return text[:start] + _source_json(new_source, text, start, end) + text[end:]


def insert_cell(
    text: str, source: str, *, after: str | None, kind: CellType = "code", cell_id: str = ""
) -> InsertedCell:
    """The notebook's text with a new cell after the one with the id `after` (None: at the top), all else kept.

    Without `cell_id` an id is made from the place and source. Raises as `edit_cell` does.
    """
    notebook, found, array = _locate(text, "The text")
    taken = {spans.cell.id for spans in found}
    if cell_id in taken:
        raise WorkspaceError(
            f"There is a cell `{cell_id}` already.", hint="Leave the id out, or choose another."
        )
    place = -1 if after is None else found.index(_find(found, after))
    cell_id = cell_id or _new_id(source, place + 1, taken)
    cell: dict[str, Json] = {"cell_type": kind}
    if kind == "code":
        cell |= {"execution_count": None}
    if notebook.version >= (4, 5):
        cell |= {"id": cell_id}
    cell |= {"metadata": {}}
    if kind == "code":
        cell |= {"outputs": []}
    lines: list[Json] = [*source.splitlines(keepends=True)]
    cell |= {"source": lines}
    changed = _with_element(text, array, [spans.whole for spans in found], place, cell)
    return InsertedCell(text=changed, cell_id=cell_id if notebook.version >= (4, 5) else f"#{place + 1}")


def validate_notebook(text: str) -> Problem | None:
    """What nbformat finds wrong with a notebook's text, or None."""
    import nbformat

    try:
        node = nbformat.reads(text, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # it has no types
        nbformat.validate(node)
    except (
        nbformat.ValidationError,
        nbformat.reader.NotJSONError,
        ValueError,
        KeyError,
        AttributeError,
    ) as error:
        line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return Problem(code="invalid_notebook", what="The notebook is not valid.", why=line)
    return None


def _locate(text: str, name: str) -> tuple[Notebook, list[_CellSpans], Span]:
    """The notebook, where its cells stand, and where the list of them does."""
    try:
        top = members(text, len(BOM) if text.startswith(BOM) else 0)
        if "cells" not in top or "nbformat" not in top:
            raise _no_notebook(name, "It has no list of cells; notebooks of format 3 and older are not read.")
        version = (
            _number(parse(text, top["nbformat"])),
            _number(parse(text, top.get("nbformat_minor"), default=0)),
        )
        metadata = parse(text, top.get("metadata"), default={})
        found = _unique_ids(list(_cells(text, top["cells"])))
    except (ValueError, RecursionError) as error:
        raise _no_notebook(name, f"It is no valid JSON: {str(error)[:120]}.") from error
    cells = tuple(spans.cell for spans in found)
    return Notebook(cells=cells, language=_language(metadata), version=version), found, top["cells"]


def _cells(text: str, array: Span) -> Iterator[_CellSpans]:
    for index, whole in enumerate(elements(text, array[0])):
        fields = members(text, whole[0])
        source = _joined(parse(text, fields.get("source"), default=""))
        kind = parse(text, fields.get("cell_type"), default="raw")
        count = parse(text, fields.get("execution_count"))
        outputs = output_text(text, fields.get("outputs"), limit=_OUTPUT_CHARS)
        cell_id = parse(text, fields.get("id"))
        parse(text, fields.get("metadata"))
        cell = Cell(
            id=cell_id if isinstance(cell_id, str) and cell_id else f"#{index}",
            type="code" if kind == "code" else "markdown" if kind == "markdown" else "raw",
            source=source,
            source_hash=content_hash(source.encode("utf-8", errors="surrogatepass")),
            execution_count=count if isinstance(count, int) else None,
            outputs=outputs,
        )
        yield _CellSpans(whole=whole, source=fields.get("source"), cell=cell)


def _unique_ids(found: list[_CellSpans]) -> list[_CellSpans]:
    seen: set[str] = set()
    unique: list[_CellSpans] = []
    for index, spans in enumerate(found):
        if spans.cell.id in seen:
            cell = Cell(
                id=f"#{index}",
                type=spans.cell.type,
                source=spans.cell.source,
                source_hash=spans.cell.source_hash,
                execution_count=spans.cell.execution_count,
                outputs=spans.cell.outputs,
            )
            spans = _CellSpans(whole=spans.whole, source=spans.source, cell=cell)
        seen.add(spans.cell.id)
        unique.append(spans)
    return unique


def _find(found: list[_CellSpans], cell_id: str) -> _CellSpans:
    for spans in found:
        if spans.cell.id == cell_id:
            return spans
    known = ", ".join(f"`{spans.cell.id}`" for spans in found[:50]) or "none"
    raise NotFound(f"The notebook has no cell `{cell_id}`.", hint=f"Its cells are: {known}.")


def _source_json(source: str, text: str, start: int, end: int) -> str:
    """A cell's source as JSON in the form that the old one has: one string, or lines laid out as before."""
    old = text[start:end]
    if not old.startswith("["):
        return json.dumps(source, ensure_ascii=False)
    lines = [json.dumps(line, ensure_ascii=False) for line in source.splitlines(keepends=True)]
    if not lines:
        return "[]"
    layout = re.match(r"\[(\s*)\S.*?(\s*)\]\Z", old, re.DOTALL)
    outer = re.search(r"(\n[ \t]*)\S[^\n]*\Z", text[:start])
    if layout is not None and layout[2] + layout[1]:
        return "[" + layout[1] + ("," + layout[1]).join(lines) + layout[2] + "]"
    if layout is None and outer is not None:
        step = _indent(text)
        return "[" + outer[1] + step + ("," + outer[1] + step).join(lines) + outer[1] + "]"
    return "[" + ", ".join(lines) + "]"


def _with_element(text: str, array: Span, present: list[Span], place: int, cell: dict[str, Json]) -> str:
    """The text with one more element in an array of the top object, after the element number `place`."""
    step = _indent(text)
    if step:
        block = json.dumps(cell, ensure_ascii=False, indent=step, separators=(",", ": "))
        block = ("\n" + block).replace("\n", "\n" + step * 2)
        closing = "\n" + step
    else:
        block, closing = json.dumps(cell, ensure_ascii=False), ""
    if not present:
        return text[: array[0]] + "[" + block + closing + "]" + text[array[1] :]
    if place >= 0:
        at = present[place][1]
        return text[:at] + "," + block + text[at:]
    start = array[0] + 1
    return text[:start] + block + "," + text[start:]


def _indent(text: str) -> str:
    """What one level is indented by; empty where all is on one line."""
    found = re.match(r"\ufeff?\s*\{\r?\n([ \t]+)", text)
    return found[1] if found else ""


def _new_id(source: str, place: int, taken: set[str]) -> str:
    seed = f"{place}:{source}".encode("utf-8", errors="surrogatepass")
    while (candidate := sha256(seed).hexdigest()[:8]) in taken:
        seed += b"+"
    return candidate


def _render_cell(cell: Cell) -> str:
    count = f" [{cell.execution_count}]" if cell.execution_count is not None else ""
    source = cell.source
    if len(source) > _SOURCE_CHARS:
        source = source[:_SOURCE_CHARS] + f"\n(… {len(cell.source) - _SOURCE_CHARS} more characters)"
    outputs = f"\n--- output of {cell.id}\n{cell.outputs}" if cell.outputs else ""
    return f"--- cell {cell.id} {cell.type}{count}\n{source}{outputs}"


def _joined(value: Json) -> str:
    if isinstance(value, list):
        return "".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _language(metadata: Json) -> str:
    if isinstance(metadata, dict):
        for key, field in (("language_info", "name"), ("kernelspec", "language")):
            part = metadata.get(key)
            if isinstance(part, dict) and isinstance(name := part.get(field), str):
                return name
    return "python"


def _no_notebook(name: str, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"{name} is not a notebook that can be read.", why=why, hint="Open and save it in Jupyter."
    )
