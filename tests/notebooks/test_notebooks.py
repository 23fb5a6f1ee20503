"""The demo notebooks run from top to bottom without a model: on recorded answers of the 1.5B model where they ask one.

Outputs that must be equal are compared. After a change of a prompt: `make record`, and read the difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent.parent
RECORDINGS = ROOT / "tests" / "data" / "recordings"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.notebooks
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "--nbval-current-env",
        "--nbval-cell-timeout",
        "300",
    ]
    settings = {
        "SMALLCODE_RECORDING": str(RECORDINGS / f"{notebook.stem}.jsonl"),
        "SMALLCODE_HOME": str(tmp_path),
    }
    if os.environ.get("SMALLCODE_LIVE"):  # on the model that is found, as a reader would run it
        del settings["SMALLCODE_RECORDING"], settings["SMALLCODE_HOME"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(notebook)],
        capture_output=True,
        text=True,
        env={**os.environ, **settings},
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_that_asks_a_model_has_a_recording_and_no_other_has(notebook: Path) -> None:
    cells = nbformat.read(notebook, as_version=4).cells
    asks = any(cell.cell_type == "code" and cell.source.startswith("%%smallcode") for cell in cells)
    assert (RECORDINGS / f"{notebook.stem}.jsonl").exists() == asks


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_ends_with_something_to_do(notebook: Path) -> None:
    words = [
        cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "markdown"
    ]
    assert words[0].startswith("# ")
    assert words[-1].rpartition("## ")[2].startswith("Your turn\n")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_clean(notebook: Path) -> None:
    """Outputs only where they are compared, no execution counts, valid, an id and a purpose for each cell."""
    content = nbformat.read(notebook, as_version=4)
    nbformat.validate(content)
    for cell in content.cells:
        assert cell.source.strip()
        if cell.cell_type == "code" and "nbval-check-output" not in cell.metadata.get("tags", ()):
            assert (cell.outputs, cell.execution_count) == ([], None)
