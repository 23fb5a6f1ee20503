"""A notebook with an answer in its place, laid for a clean run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from smallcode_jupyter.bench.tasks import BenchTask

__all__ = ["code_cells", "lay_notebook", "notebook_cells"]

NOTEBOOK = "notebook.ipynb"


def code_cells(path: Path) -> list[str]:
    """The sources of a notebook's code cells."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def notebook_cells(task: BenchTask, answer: str) -> tuple[list[str], int]:
    """The code cells in order with the answer among them, and its number."""
    cells = code_cells(task.workspace / NOTEBOOK)
    kind, _, number = task.answer.partition(":")
    if kind == "replace":
        cells[int(number)] = answer
        return cells, int(number)
    return [*cells, answer], len(cells)


def lay_notebook(task: BenchTask, source: Path, target: Path, data: str) -> None:
    """Copy the laid workspace but for the notebook, with one of the hidden folders as `data`."""
    names = ("run-*", NOTEBOOK, "cell.py")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*names))
    if data != "data":
        shutil.rmtree(target / "data", ignore_errors=True)
        shutil.copytree(task.hidden / data, target / "data")
