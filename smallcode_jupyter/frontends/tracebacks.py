"""The last error: its frames in cells and in the person's files, what was bound there, and what it says."""

from __future__ import annotations

import linecache
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from smallcode_jupyter.frontends.values.describe import describe
from smallcode_jupyter.frontends.values.style import Style
from smallcode_jupyter.protocol.secrets import HIDDEN, is_secret_name, mask_secrets
from smallcode_jupyter.render.plain import one_line, plain

__all__ = ["PersonFrame", "cell_number", "error_text", "frames_of", "raw_cells"]

_IN = re.compile(r"\bIn ?\[(\d+)\]")
_SHOWN = 5
_LOCALS = 5
_ROOM = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFrame:
    """One frame of the traceback that is not a library's."""

    number: int
    """Of the cell, as in `In[3]`; 0 for a file."""
    filename: str
    line: int
    function: str
    """`<module>` for the top of a cell."""
    text: str
    """The line."""
    source: str
    """The whole cell, as the person wrote it; empty for a file."""
    bound: Mapping[str, object] = field(default_factory=dict)
    """The local variables; empty at the top of a cell."""

    @property
    def place(self) -> str:
        """`Cell In[3]`, or the file."""
        return f"Cell In[{self.number}]" if self.number else self.filename


def cell_number(shell: Any, filename: str) -> int:  # IPython is not typed
    """The execution count of the cell that was compiled under this file name; 0 for any other file."""
    compiler = getattr(shell, "compile", None)
    named = compiler.format_code_name(filename) if compiler is not None else None
    found = _IN.search(" ".join(named)) if named else None
    return int(found[1]) if found else 0


def raw_cells(shell: Any) -> Mapping[int, str]:
    """What was typed, by execution count."""
    inputs = shell.user_ns.get("_ih")
    raw = getattr(getattr(shell, "history_manager", None), "input_hist_raw", inputs)
    return {number: plain(text) for number, text in enumerate(raw or ()) if isinstance(text, str)}


def frames_of(shell: Any, error: BaseException) -> tuple[PersonFrame, ...]:
    """The frames that are not a library's, outermost first. Of a syntax error the place that could not be read."""
    found: list[PersonFrame] = []
    step: TracebackType | None = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if not _is_library(code.co_filename):
            is_top = code.co_name == "<module>"
            bound = {} if is_top else dict(step.tb_frame.f_locals)
            found.append(_frame(shell, code.co_filename, step.tb_lineno, code.co_name, bound))
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename and cell_number(shell, error.filename):
        return (_frame(shell, error.filename, error.lineno or 1, "<module>", {}),)
    return tuple(found)


def _frame(shell: Any, filename: str, line: int, function: str, bound: Mapping[str, object]) -> PersonFrame:
    number = cell_number(shell, filename)
    text = linecache.getline(filename, line).strip()
    return PersonFrame(
        number=number,
        filename=filename,
        line=line,
        function=function,
        text=text,
        source=_source(shell, filename, number) if number else "",
        bound=bound,
    )


def _source(shell: Any, filename: str, number: int) -> str:
    """The cell as it was typed; as Python where that is not known, for code that ran without a number of its own."""
    compiled = "".join(linecache.getlines(filename))
    typed = raw_cells(shell).get(number, "")
    return typed if typed and shell.transform_cell(typed).strip() == compiled.strip() else compiled


def _is_library(filename: str) -> bool:
    return "site-packages" in filename or filename.startswith((sys.base_prefix, "<frozen"))


def error_text(shell: Any, error: BaseException, *, samples: bool = True) -> str:
    """The frames, what the innermost one had bound, and the message, a line each.

    Not `samples`: of what was bound no value out of data.
    """
    frames = frames_of(shell, error)
    lines = [
        f"{frame.place}, line {frame.line}, in {frame.function}: {mask_secrets(one_line(frame.text, 120))}"
        for frame in frames[-_SHOWN:]
    ]
    lines += _bound(frames[-1].bound, Style(room=_ROOM, samples=samples)) if frames else []
    try:
        message = one_line(error.msg if isinstance(error, SyntaxError) else str(error), 300)
    except Exception as failure:  # noqa: BLE001  # the text of an exception is the person's code
        message = f"(its message could not be read: {type(failure).__name__})"
    return "\n".join([*lines, f"{type(error).__name__}: {mask_secrets(message)}"])


def _bound(variables: Mapping[str, object], style: Style) -> list[str]:
    """`  values: list, 0 items = []`: what is told of the innermost frame's variables."""
    shown = [(name, value) for name, value in variables.items() if not name.startswith(("_", "."))]
    return [
        f"  {name}: {HIDDEN if is_secret_name(name) else one_line(describe(value, style), 2 * _ROOM)}"
        for name, value in shown[:_LOCALS]
    ]
