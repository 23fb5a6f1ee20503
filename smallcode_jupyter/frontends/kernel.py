"""What the live kernel knows that helps a task: variables, recent cells, the last error."""

from __future__ import annotations

import re
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from smallcode_jupyter.frontends.describe import describe, is_secret_name, mask_secrets
from smallcode_jupyter.protocol.tasks import ContextItem
from smallcode_jupyter.render.plain import cut, one_line, plain
from smallcode_jupyter.sandbox.policy import TrialReport

__all__ = ["LiveKernel", "Shell", "last_error", "recent_cells", "variables_card"]

_OWN = re.compile(r"^\s*%%?(smallcode\b|load_ext\s+smallcode|reload_ext\s+smallcode)")
_WANTS_ERROR = re.compile(
    r"(?i)\b(fix|error|errors|exception|traceback|fail|fails|failed|failing|crash\w*)\b|@last-error"
)
_CELL_MENTION = re.compile(r"@cell:(\d+)")
_NOT_MINE = frozenset({"In", "Out", "get_ipython", "exit", "quit", "open"})
_SECONDS = 0.25
_CELL_CHARS = 1_500


class Shell(Protocol):
    """What is used of an IPython shell."""

    user_ns: dict[str, object]
    user_ns_hidden: Mapping[str, object]


def variables_card(
    user_ns: Mapping[str, object],
    *,
    hidden: Mapping[str, object] | None = None,
    words: str = "",
    limit: int = 1_200,
) -> str:
    """The person's variables in at most `limit` characters: those named in the words first, then the newest.

    Empty if there are none. No code of the person's classes runs; names and values that look like secrets are masked.
    """
    own = [
        (name, value)
        for name, value in list(user_ns.items())
        if type(name) is str
        and not name.startswith("_")
        and name not in _NOT_MINE
        and not _is_preset(name, value, hidden or {})
    ]
    mentioned = set(re.findall(r"\w+", words))
    own.reverse()
    own.sort(key=lambda item: item[0] not in mentioned)
    # `isinstance` would ask the objects themselves.
    modules = [(name, cast(ModuleType, value)) for name, value in own if issubclass(type(value), ModuleType)]
    lines: list[str] = []
    used, deadline, left = 0, time.perf_counter() + _SECONDS, 0
    for name, value in (item for item in own if not issubclass(type(item[1]), ModuleType)):
        if used > limit - 60 or time.perf_counter() > deadline:
            left += 1
            continue
        line = f"{name}: {'<hidden>' if is_secret_name(name) else describe(value)}"
        line = line if name in mentioned else cut_line(line, 400)
        if used + len(line) > limit - 40:
            left += 1
            continue
        lines.append(line)
        used += len(line) + 1
    imports = ", ".join(_import(name, value) for name, value in modules[:12])
    if imports and used + len(imports) < limit - 20:
        lines.append(f"imported: {imports}")
    if left:
        lines.append(f"({left} more variables)")
    return "\n".join(lines)


def cut_line(text: str, limit: int) -> str:
    """A description cut at its limit, marked."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _is_preset(name: str, value: object, hidden: Mapping[str, object]) -> bool:
    return name in hidden and hidden[name] is value


def _import(name: str, module: ModuleType) -> str:
    return name if module.__name__ == name else f"{module.__name__} as {name}"


def recent_cells(shell: Shell, count: int) -> tuple[tuple[int, str], ...]:
    """The last inputs with their execution counts, oldest first; cells of this extension left out."""
    inputs = shell.user_ns.get("_ih")
    if not isinstance(inputs, list):
        return ()
    raw = getattr(getattr(shell, "history_manager", None), "input_hist_raw", inputs)
    cells = [
        (number, plain(source).strip())
        for number, source in enumerate(raw)
        if isinstance(source, str) and source.strip() and not _OWN.match(source)
    ]
    return tuple(cells[-count:]) if count > 0 else ()


def last_error(shell: Shell) -> str:
    """The last exception a cell raised: its frames in cells and the person's files, then its message; or empty."""
    error = getattr(sys, "last_value", None)
    if not isinstance(error, BaseException) or type(error).__module__.startswith("smallcode_jupyter."):
        return ""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_library(frame.filename)]
    lines = [f"{_frame_name(shell, frame)}: {one_line(frame.line or '', 120)}" for frame in frames[-5:]]
    try:
        message = one_line(str(error), 300)
    except Exception as failure:  # noqa: BLE001  # the text of an exception is the person's code
        message = f"(its message could not be read: {type(failure).__name__})"
    return "\n".join([*lines, f"{type(error).__name__}: {mask_secrets(message)}"])


def _is_library(filename: str) -> bool:
    return "site-packages" in filename or filename.startswith((sys.base_prefix, "<frozen"))


def _frame_name(shell: Shell, frame: traceback.FrameSummary) -> str:
    compiler = getattr(shell, "compile", None)
    named = compiler.format_code_name(frame.filename) if compiler is not None else None
    where = " ".join(named) if named else frame.filename
    return f"{where}, line {frame.lineno}, in {frame.name}"


class LiveKernel:
    """The facts of one IPython shell."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._accepted: list[str] = []

    def remember(self, code: str) -> None:
        """Accepted code ran outside the history: later tasks should see it all the same."""
        self._accepted = [*self._accepted[-4:], code]

    def run_trial(self, code: str, *, seconds: float, scratch: Path, cancel: threading.Event) -> TrialReport:
        """What the code does in a copy of this kernel; the kernel itself stays as it is."""
        from smallcode_jupyter.sandbox.trial import run_trial

        return run_trial(self._shell, code, seconds=seconds, scratch=scratch, cancel=cancel)

    def context_items(self, words: str) -> tuple[ContextItem, ...]:
        """The last error if the words are about one, the variables, the cells named and the latest cells."""
        items = (*self._error(words), *self._variables(words), *self._cells(words))
        return tuple(item for item in items if item.text)

    def _error(self, words: str) -> tuple[ContextItem, ...]:
        if not _WANTS_ERROR.search(words):
            return ()
        text = last_error(self._shell)
        return (
            ContextItem(
                kind="error", name="last error", text=text, reason="the task is about an error", weight=3.0
            ),
        )

    def _variables(self, words: str) -> tuple[ContextItem, ...]:
        text = variables_card(self._shell.user_ns, hidden=self._shell.user_ns_hidden, words=words)
        return (
            ContextItem(
                kind="variables", name="variables", text=text, reason="live in the kernel", weight=2.0
            ),
        )

    def _cells(self, words: str) -> tuple[ContextItem, ...]:
        named = {int(number) for number in _CELL_MENTION.findall(words)}
        every = recent_cells(self._shell, 10_000)
        latest = {number for number, _ in every[-4:]}
        chosen = [(number, source) for number, source in every if number in named | latest]
        cells = [
            ContextItem(
                kind="cell",
                name=f"In[{number}]",
                text=cut(mask_secrets(source), _CELL_CHARS),
                reason="named in the task" if number in named else "a recent cell",
                weight=3.0 if number in named else 1.0,
            )
            for number, source in reversed(chosen)
        ]
        accepted = [
            ContextItem(
                kind="cell",
                name="accepted code",
                text=cut(mask_secrets(code), _CELL_CHARS),
                reason="accepted before",
                weight=1.0,
            )
            for code in reversed(self._accepted)
            if not any(code.strip() == source.strip() for _, source in every)
        ]
        return (*sorted(cells, key=lambda item: -item.weight), *accepted[:2])
