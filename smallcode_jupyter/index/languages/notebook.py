"""What the code cells of a notebook define, import and call."""

from __future__ import annotations

import re
from dataclasses import replace

from smallcode_jupyter.index.facts import FileFacts
from smallcode_jupyter.index.languages import python
from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.workspace.notebooks import parse_notebook

__all__ = ["extract"]

_MAGIC = re.compile(r"^([ \t]*)[%!?][^\n]*|^([ \t]*)[^\n'\"#]*\?[ \t]*$", re.MULTILINE)


def extract(path: str, text: str) -> FileFacts:
    """The facts of the notebook's Python cells; lines are counted through their sources. Never raises."""
    try:
        notebook = parse_notebook(text)
    except WorkspaceError:
        return FileFacts(
            language="notebook", lines=text.count("\n") + 1, note="is no notebook that can be read"
        )
    cells = [cell.source for cell in notebook.cells if cell.type == "code"]
    if notebook.language != "python":
        return FileFacts(language="notebook", lines=len(cells), note=f"cells in {notebook.language}")
    code = "\n".join(_masked(source) for source in cells)
    return replace(python.extract(path, code), language="notebook")


def _masked(source: str) -> str:
    """Without what only IPython understands, line by line; a cell in another language becomes empty lines."""
    if source.lstrip().startswith("%%"):
        return "\n" * source.count("\n")
    return _MAGIC.sub(lambda found: f"{found[1] or found[2] or ''}pass", source)
