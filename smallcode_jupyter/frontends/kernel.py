"""What the live kernel knows that helps a task: variables, recent cells, the last error."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Protocol

from smallcode_jupyter.frontends.cards import follow, own_variables, variable_items
from smallcode_jupyter.frontends.cells.flow import followed_by
from smallcode_jupyter.frontends.cells.located import find_notebook
from smallcode_jupyter.frontends.references import Referable, named_in, plain_words
from smallcode_jupyter.frontends.tracebacks import PersonFrame, cell_number, error_text, frames_of
from smallcode_jupyter.frontends.values.style import class_members
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.secrets import mask_source
from smallcode_jupyter.protocol.tasks import ContextItem
from smallcode_jupyter.render.plain import cut, plain
from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.workspace.notebooks import Cell, Notebook

if TYPE_CHECKING:
    from smallcode_jupyter.session.cells import StagedFiles

__all__ = ["LiveKernel", "Shell", "recent_cells"]

_OWN = re.compile(r"^\s*%%?(smallcode\b|load_ext\s+smallcode|reload_ext\s+smallcode)")
_WANTS_ERROR = re.compile(
    r"(?i)\b(fix|error|errors|exception|traceback|fail|fails|failed|failing|crash\w*)\b"
)
_CELL_MENTION = re.compile(r"\bIn ?\[(\d+)\]")
_CELL_ID = re.compile(r"\bcell ([\w-]*[\d_-][\w-]*)(?!\[)")
"""An id has a digit or a dash; `cell above` names none."""
_CELL_CHARS = 1_500
_OUTPUT_LINES = 12
_MOST_DEFINING = 2


class Shell(Protocol):
    """What is used of an IPython shell."""

    user_ns: dict[str, object]
    user_ns_hidden: Mapping[str, object]


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


def _last_value() -> BaseException | None:
    """The exception shown last, unless it was one of ours: a refused command is no error of the person's code."""
    error = getattr(sys, "last_value", None)
    if not isinstance(error, BaseException) or type(error).__module__.startswith("smallcode_jupyter."):
        return None
    return error


class LiveKernel:
    """The facts of one IPython shell."""

    def __init__(self, shell: Shell, *, shows_samples: Callable[[], bool] = lambda: True) -> None:
        """`shows_samples`: whether values out of data may be told, asked anew for each task."""
        self._shell = shell
        self._shows_samples = shows_samples
        self._accepted: list[str] = []
        self._error: BaseException | None = None
        self._ids: dict[int, str] = {}
        self._reruns: tuple[str, ...] = ()

    def note_run(self, result: Any) -> None:  # IPython is not typed
        """Take in how a cell ended: its error outlasts those of our own commands."""
        self._error = _last_value() or self._error
        if result.info is not None and result.info.store_history and result.info.cell_id:
            self._ids[result.execution_count] = str(result.info.cell_id)

    def has_just_failed(self) -> bool:
        """Whether the last cell that is not ours raised the last error."""
        cells, error = self.cells(), self.error()
        frames = frames_of(self._shell, error) if error is not None and cells else ()
        return bool(frames) and frames[0].number == cells[-1][0]

    def cell_id(self, number: int) -> str:
        """The id of the cell that ran under this number; empty where the front end did not say it."""
        return self._ids.get(number, "")

    def cell_name(self, number: int) -> str:
        """Its id, or `In[3]` where the front end did not say that."""
        return self.cell_id(number) or f"In[{number}]"

    def latest_cells(self) -> tuple[tuple[int, str], ...]:
        """Every cell as it ran last, in the order of that; where no ids are known, one text is one cell."""
        latest = {self.cell_id(number) or source: (number, source) for number, source in self.cells()}
        return tuple(sorted(latest.values()))

    def latest_source(self, cell_id: str) -> str | None:
        """What the cell with this id ran with last; None where that is not known."""
        sources = dict(self.cells())
        numbers = [number for number, known in self._ids.items() if known == cell_id and number in sources]
        return sources[max(numbers)] if numbers else None

    def error(self) -> BaseException | None:
        """The last exception a cell raised, or None."""
        return _last_value() or self._error

    def error_of(self, cell_id: str, number: int | None) -> BaseException:
        """The last exception, if this cell raised it when it ran under this number. Raises UsageError."""
        error = self.error()
        frames = frames_of(self._shell, error) if error is not None else ()
        is_its_own = (
            bool(frames)
            and frames[0].number == number
            and self.cell_name(number) in (cell_id, f"In[{number}]")
        )
        if error is None or not is_its_own:
            raise UsageError(
                "The last error in this kernel is not this cell's.", hint="Run the cell again, then fix it."
            )
        return error

    @contextmanager
    def rerunning(self, cells: tuple[str, ...]) -> Iterator[None]:
        """For its time, what is tried in a copy is followed there by these cells."""
        self._reruns = cells
        try:
            yield
        finally:
            self._reruns = ()

    @property
    def is_rerunning(self) -> bool:
        """Whether what is tried in a copy is followed there by cells."""
        return bool(self._reruns)

    def variables(self) -> dict[str, object]:
        """The person's variables, the newest first."""
        return own_variables(self._shell.user_ns, self._shell.user_ns_hidden)

    def cells(self) -> tuple[tuple[int, str], ...]:
        """All inputs with their execution counts, oldest first; cells of this extension left out."""
        return recent_cells(self._shell, 10_000)

    def error_text(self) -> str:
        """The last exception a cell raised, with its frames; or empty."""
        error = self.error()
        return "" if error is None else error_text(self._shell, error, samples=self._shows_samples())

    def notebook(self) -> tuple[Path, Notebook] | None:
        """The notebook's file and what it held when it was saved last; None where it is not known."""
        ran = [source for _, source in self.cells()]
        return find_notebook(self._shell.user_ns, os.environ, Path.cwd(), ran)

    def plain_words(self, words: str, *, root: Path) -> str:
        """The words with their references put into plain words. Raises UsageError for one that leads nowhere."""
        if "@" not in words:
            return words
        variables = self.variables()

        def has_name(dotted: str) -> bool:
            try:
                follow(variables, dotted)
            except KeyError:
                return False
            return True

        known = Referable(
            names=variables.keys(),
            has_name=has_name,
            cell_words=self._cell_words,
            has_file=lambda target: (root / target).is_file(),
            has_error=bool(self.error_text()),
        )
        return plain_words(words, known)

    def _cell_words(self, target: str) -> str:
        """What a cell is called, by the number it ran under or its id in the notebook; empty if there is none."""
        if any(target == str(number) for number, _ in self.cells()):
            return f"cell In[{target}]"
        return f"cell {target}" if self._cell_by_id(target) is not None else ""

    def _cell_by_id(self, cell_id: str) -> Cell | None:
        found = self.notebook()
        cells = found[1].cells if found is not None else ()
        return next((cell for cell in cells if cell.id == cell_id), None)

    def remember(self, code: str) -> None:
        """Accepted code ran outside the history: later tasks should see it all the same."""
        self._accepted = [*self._accepted[-4:], code]

    def accepted(self) -> tuple[str, ...]:
        """The code that was accepted last, oldest first."""
        return tuple(self._accepted)

    def has_loaded(self, staged: StagedFiles) -> bool:
        """Whether one of these files is loaded here as a module."""
        from smallcode_jupyter.frontends.modules.graph import loaded_from

        files = [Path(os.path.realpath(staged.root / path)) for path in staged.texts]
        return bool(loaded_from(files, staged.root))

    def run_trial(
        self,
        code: str,
        *,
        seconds: float,
        scratch: Path,
        cancel: threading.Event,
        staged: StagedFiles | None = None,
    ) -> TrialReport:
        """What the code does in a copy of this kernel; the kernel itself stays as it is.

        In the copy, modules are loaded again from what is `staged`.
        """
        from smallcode_jupyter.frontends.modules.live import preparation
        from smallcode_jupyter.sandbox.trial import run_trial

        code = followed_by(code, self._reruns)
        prepare = preparation(self._shell, self, staged) if staged is not None and staged.texts else None
        return run_trial(self._shell, code, seconds=seconds, scratch=scratch, cancel=cancel, prepare=prepare)

    def run_anew(
        self, code: str, *, seconds: float, scratch: Path, cancel: threading.Event
    ) -> TrialReport | None:
        """What the code does in a copy of this kernel where only the cells above the one that it replaces have run.

        None where it is not known which one that is. The report is not `is_prepared` where one of those cells failed.
        """
        from smallcode_jupyter.frontends.cells.anew import cells_above, start_again
        from smallcode_jupyter.sandbox.trial import run_trial

        above = cells_above(self._shell, self, code)
        if above is None:
            return None

        def prepare() -> BaseException | None:
            try:
                start_again(self._shell, above)
            except Exception as error:  # noqa: BLE001  # whatever the person's cells raise
                return error
            return None

        return run_trial(self._shell, code, seconds=seconds, scratch=scratch, cancel=cancel, prepare=prepare)

    def context_items(self, words: str) -> tuple[ContextItem, ...]:
        """The last error if the words are about one, the variables, the cells named and the latest cells."""
        error = self.error() if _WANTS_ERROR.search(words) else None
        frames = frames_of(self._shell, error) if error is not None else ()
        # Variables of the line that failed are wanted as if they were named.
        wanted = " ".join([words, *(frame.text for frame in frames)])
        items = (
            *self._error_item(),
            *self._variables(wanted),
            *self._cells(words, frames),
        )
        return tuple(item for item in items if item.text and (item.kind != "error" or error is not None))

    def _error_item(self) -> tuple[ContextItem, ...]:
        text = self.error_text()
        return (
            ContextItem(
                kind="error", name="last error", text=text, reason="the task is about an error", weight=3.0
            ),
        )

    def _variables(self, words: str) -> tuple[ContextItem, ...]:
        return variable_items(self.variables(), words, samples=self._shows_samples())

    def _cells(self, words: str, frames: Sequence[PersonFrame]) -> tuple[ContextItem, ...]:
        failing = {frame.number: frame.source for frame in frames if frame.number}
        # Accepted code ran under the number of the cell that accepted it, which is not among the person's.
        every = tuple(sorted((failing | dict(self.cells())).items()))
        chosen = {number: ("a recent cell", 1.0) for number, _ in every[-4:]}
        chosen |= dict.fromkeys(failing, ("in the traceback", 2.8))
        chosen |= {number: (f"defines {name}", 2.5) for number, name in self._defining(words).items()}
        chosen |= {int(number): ("named in the task", 3.0) for number in _CELL_MENTION.findall(words)}
        cells = [
            _cell_item(f"In[{number}]", source, *chosen[number])
            for number, source in reversed(every)
            if number in chosen
        ]
        accepted = [
            _cell_item("accepted code", code, "accepted before", 1.0)
            for code in reversed(self._accepted)
            if not any(code.strip() == source.strip() for _, source in every)
        ]
        return (*sorted(cells, key=lambda item: -item.weight), *self._cells_by_id(words), *accepted[:2])

    def _cells_by_id(self, words: str) -> Iterator[ContextItem]:
        """Cells that the words name by their ids, as they were saved, with their outputs."""
        for cell_id in dict.fromkeys(_CELL_ID.findall(words)):
            cell = self._cell_by_id(cell_id)
            if cell is not None:
                outputs = cell.outputs.splitlines() if self._shows_samples() else []
                shown = "".join(f"\n# {line}" for line in outputs[:_OUTPUT_LINES])
                text = f"{cell.source}\n# Output:{shown}" if shown else cell.source
                yield _cell_item(cell_id, text, "named in the task", 3.0)

    def _defining(self, words: str) -> dict[int, str]:
        """The cells whose functions and classes the words name, with these names."""
        variables = self.variables()
        found: dict[int, str] = {}
        for name in named_in(words, variables.keys()):
            code = _code_of(variables.get(name))
            number = cell_number(self._shell, code.co_filename) if code is not None else 0
            if number and len(found) < _MOST_DEFINING:
                found[number] = name
        return found


def _cell_item(name: str, source: str, reason: str, weight: float) -> ContextItem:
    text = cut(mask_source(source), _CELL_CHARS)
    return ContextItem(kind="cell", name=name, text=text, reason=reason, weight=weight)


def _code_of(value: object) -> CodeType | None:
    """The code of a function, or of a class's first method."""
    if type(value) is FunctionType:
        return value.__code__
    if not issubclass(type(value), type):
        return None
    members = class_members(value)  # type: ignore[arg-type]  # a class, by its type
    return next((item.__code__ for item in members.values() if type(item) is FunctionType), None)
