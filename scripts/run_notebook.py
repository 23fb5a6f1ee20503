"""Execute a notebook from top to bottom and print each cell with its outputs as plain text.

    python scripts/run_notebook.py NOTEBOOK [--out FILE]

Exit status 1 if a cell fails. The notebook itself is not changed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def show(cell: nbformat.NotebookNode) -> None:
    """A code cell as a person sees it."""
    bar = "─" * 78
    print(f"\n{bar}\n{cell.source}\n{bar}")
    for output in cell.outputs:
        text = output.get("text") or output.get("data", {}).get("text/plain", "")
        if output.output_type == "error":
            text = f"{output.ename}: {output.evalue}"
        print(text.rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--out", type=Path, help="write the executed notebook here")
    parser.add_argument("--timeout", type=int, default=900, help="seconds a cell may take")
    options = parser.parse_args()
    notebook = nbformat.read(options.notebook, as_version=4)
    began = time.monotonic()
    client = NotebookClient(
        notebook,
        timeout=options.timeout,
        resources={"metadata": {"path": str(options.notebook.parent)}},
        on_cell_executed=lambda cell, **_: show(cell) if cell.cell_type == "code" else None,
    )
    status = 0
    try:
        client.execute()
    except CellExecutionError as error:
        print(f"\nA cell failed: {error.ename}: {error.evalue}", file=sys.stderr)
        status = 1
    print(f"\n{options.notebook.name}: {time.monotonic() - began:.0f} s")
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, options.out)
    return status


if __name__ == "__main__":
    sys.exit(main())
