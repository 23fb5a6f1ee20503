"""The file of the notebook that this kernel runs, as it was saved last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.workspace.notebooks import Notebook, read_notebook

__all__ = ["find_notebook"]

_MOST = 20
_MAX_BYTES = 32_000_000


def find_notebook(
    user_ns: Mapping[str, object], environment: Mapping[str, str], folder: Path, ran: Collection[str]
) -> tuple[Path, Notebook] | None:
    """The notebook and its file, or None where it is not known.

    Jupyter's server names it in the environment, VS Code in the namespace. Elsewhere it is the one in the folder that
    has most of the cells that ran here, or the only one there is.
    """
    for named in (user_ns.get("__vsc_ipynb_file__"), environment.get("JPY_SESSION_NAME")):
        if type(named) is str and named.endswith(".ipynb") and (found := _read(folder / named)) is not None:
            return folder / named, found
    sources = {source.strip() for source in ran}
    known: list[tuple[int, Path, Notebook]] = []
    try:
        paths = sorted(folder.glob("*.ipynb"))[:_MOST]
    except OSError:
        return None
    for path in paths:
        notebook = _read(path)
        if notebook is None:
            continue
        shared = sum(cell.source.strip() in sources for cell in notebook.cells if cell.type == "code")
        known.append((shared, path, notebook))
    if not known:
        return None
    shared, path, notebook = max(known, key=lambda item: item[0])
    return (path, notebook) if shared or len(known) == 1 else None


def _read(path: Path) -> Notebook | None:
    try:
        return read_notebook(path) if path.stat().st_size <= _MAX_BYTES else None
    except (OSError, WorkspaceError):
        return None
