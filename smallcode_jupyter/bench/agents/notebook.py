"""Work in a live notebook: the kernel as a person would have it, and the notebook as plain text."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.bench.grading.notebooks import code_cells

if TYPE_CHECKING:
    from smallcode_jupyter.bench.agents.port import Brief

__all__ = ["kernel_command", "main", "notebook_text"]

_CELL_SECONDS = 60.0


def notebook_text(folder: Path) -> str:
    """The notebook's cells, numbered as its code cells are, and the first lines of its data files."""
    notebook = json.loads((folder / "notebook.ipynb").read_text(encoding="utf-8"))
    parts, number = [], 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            parts.append(f"Cell {number}:\n```python\n{source}\n```")
            number += 1
        else:
            parts.append(source)
    for path in sorted((folder / "data").glob("*.csv")):
        head = path.read_text(encoding="utf-8").splitlines()[:4]
        parts.append(f"data/{path.name} begins:\n```\n" + "\n".join(head) + "\n```")
    return "\n\n".join(parts)


def kernel_command(brief: Brief) -> tuple[str, ...]:
    """A command that runs the job's cells in a kernel, then `%%smallcode`, and leaves what was accepted."""
    assert brief.notebook is not None
    job = {"cells": brief.notebook.cells, "prompt": brief.prompt}
    return (sys.executable, "-m", "smallcode_jupyter.bench.agents.notebook", json.dumps(job))


def main(arguments: Sequence[str]) -> int:
    """Work in the current folder; the settings are in the environment. 0 if there is an answer."""
    from jupyter_client.manager import KernelManager

    job = json.loads(arguments[0])
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    with TemporaryDirectory(prefix="smallcode-") as channels:
        # Not ports: another attempt's kernel may take one that was found free.
        manager = KernelManager(transport="ipc", ip=str(Path(channels) / "kernel"))
        manager.kernel_spec.argv = command  # type: ignore[union-attr]  # this interpreter, whatever is registered
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=_CELL_SECONDS)
            text = _answer(client, job["cells"], job["prompt"])
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    if text is None:
        return 1
    Path("cell.py").write_text(text + "\n", encoding="utf-8")
    return 0


def _answer(client: Any, cells: Sequence[int], prompt: str) -> str | None:  # jupyter_client is not typed
    """The code that was accepted; None if there was none."""
    sources = code_cells(Path("notebook.ipynb"))
    for number in cells:
        _run(client, sources[number], seconds=_CELL_SECONDS)
    _run(client, "%load_ext smallcode_jupyter", seconds=_CELL_SECONDS)
    _run(client, f"%%smallcode\n{prompt}", seconds=None)
    reply = _run(client, "%smallcode accept", seconds=_CELL_SECONDS)
    payload = reply["content"].get("payload") or []
    texts = [item["text"] for item in payload if item.get("source") == "set_next_input"]
    return str(texts[-1]) if texts else None


def _run(client: Any, code: str, *, seconds: float | None) -> dict[str, Any]:  # jupyter_client is not typed
    def tell(message: dict[str, Any]) -> None:
        content = message["content"]
        text = content.get("text") or (content.get("data") or {}).get("text/plain")
        lines = content.get("traceback") if message["msg_type"] == "error" else None
        if words := "\n".join(lines) if lines else text:
            sys.stdout.write(f"{words}\n")

    reply: dict[str, Any] = client.execute_interactive(
        code, timeout=seconds, output_hook=tell, allow_stdin=False, stop_on_error=False
    )
    return reply


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
