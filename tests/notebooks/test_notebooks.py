"""The demo notebooks run from top to bottom on recorded answers of the 1.5B model.

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
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout", "300"]
    settings = {"SMALLCODE_RECORDING": str(RECORDINGS / f"{notebook.stem}.jsonl"), "SMALLCODE_HOME": str(tmp_path)}
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", str(notebook)],
        capture_output=True,
        text=True,
        env={**os.environ, **settings},
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_clean(notebook: Path) -> None:
    """Outputs only where they are compared, no execution counts, valid, an id and a purpose for each cell."""
    content = nbformat.read(notebook, as_version=4)
    nbformat.validate(content)
    for cell in content.cells:
        assert cell.source.strip()
        if cell.cell_type == "code" and "nbval-check-output" not in cell.metadata.get("tags", ()):
            assert (cell.outputs, cell.execution_count) == ([], None)
