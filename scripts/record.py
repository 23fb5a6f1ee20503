"""Run the demo notebooks on the 1.5B model and record its answers for the tests.

    python scripts/record.py [NOTEBOOK ...]

Without names, all notebooks that ask the model, those with a `%%smallcode` cell. A notebook's recording is replaced
only if all its cells pass.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from smallcode_jupyter.models.local.pull import pull
from smallcode_jupyter.models.local.serve import ensure_server

ROOT = Path(__file__).parent.parent
RECORDINGS = ROOT / "tests" / "data" / "recordings"


def asks_model(notebook: Path) -> bool:
    """Whether a cell asks the model, so that there is something to record."""
    cells = nbformat.read(notebook, as_version=4).cells
    return any(cell.cell_type == "code" and cell.source.startswith("%%smallcode") for cell in cells)


def main() -> int:
    server = ensure_server(pull("1.5b"))
    chosen = [Path(name) for name in sys.argv[1:]] or [
        path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if asks_model(path)
    ]
    status = 0
    for notebook in chosen:
        target = RECORDINGS / f"{notebook.stem}.jsonl"
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "answers.jsonl"
            command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env"]
            command += ["--nbval-cell-timeout", "900", "-p", "no:cacheprovider", str(notebook)]
            settings = {"SMALLCODE_BASE_URL": server.base_url, "SMALLCODE_RECORD_TO": str(fresh)}
            done = subprocess.run(command, env={**os.environ, **settings}, check=False)
            if done.returncode == 0:
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(fresh.read_bytes())
            status = status or done.returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
