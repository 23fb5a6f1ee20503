"""Correcting the cell that is to blame for the last error, proved in a copy of the kernel.

The search is a generator of the runs that it needs: `%smallcode fix` shows them in the cell, the panel awaits them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.accepting import keep_as_next_cell, run_code
from smallcode_jupyter.frontends.cells.blame import Blame, Suspect, find_blame
from smallcode_jupyter.frontends.cells.flow import names_of
from smallcode_jupyter.frontends.live import show
from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import FileChanged, UsageError
from smallcode_jupyter.protocol.tasks import Limits
from smallcode_jupyter.render.html import code_html
from smallcode_jupyter.render.plain import plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.kernel import LiveKernel
    from smallcode_jupyter.frontends.notebook import Notebook
    from smallcode_jupyter.session.results import Accepted, RunResult

__all__ = ["Attempt", "Replacement", "accept_replacement", "afix", "fix", "refuse_stale", "replacement_of"]

_MOST_SUSPECTS = 3
_CALLS = 4
"""For each suspect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A cell whose corrected text is proposed."""

    path: str
    """`cell:ID`, or `cell:In[3]` where the cell's id is not known."""
    number: int
    before: str
    then: tuple[str, ...]
    """Cells that are run again after it."""
    numbers: tuple[int, ...]

    @property
    def again(self) -> str:
        """`In[4], In[5]`: what is run again after it; empty if nothing."""
        return ", ".join(f"In[{number}]" for number in self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A run that the search needs."""

    words: str
    closing: Callable[[RunResult], str]
    """To be called once with what came: keeps or drops what is proposed, and gives the sentence to end with."""
    limits: Limits | None = None
    then: tuple[str, ...] = ()
    """Cells that are run after what is tried in a copy."""


Fixing = Generator[Attempt, "RunResult | None", str]
"""Wants the result of each run, None where it could not begin; returns what is left to say, or nothing."""


def fix(notebook: Notebook) -> None:
    """Propose a correction, shown in the cell. Raises UsageError where no cell has raised an error."""
    error = notebook.facts.error()
    if error is None:
        raise UsageError("There is no error to fix.", why="No cell has raised one.")
    steps = _fixing(notebook, error)
    result: RunResult | None = None
    while True:
        try:
            attempt = steps.send(result)
        except StopIteration as end:
            if end.value:
                notebook.tell(end.value)
            return
        with notebook.facts.rerunning(attempt.then):
            result = notebook.run_here(attempt.words, limits=attempt.limits, closing=_inviting(attempt))


def _inviting(attempt: Attempt) -> Callable[[RunResult], str]:
    """The last sentence in a cell, where the person accepts with a command."""

    def closing(result: RunResult) -> str:
        sentence = attempt.closing(result)
        is_proposed = result.finished.outcome in ("validated", "unvalidated")
        return f"{sentence} Accept with %smallcode accept." if is_proposed and sentence else sentence

    return closing


async def afix(
    notebook: Notebook, error: BaseException, run: Callable[[Attempt], Awaitable[RunResult | None]]
) -> str:
    """The same with runs that are awaited; what there is to say at the end."""
    steps = _fixing(notebook, error)
    result: RunResult | None = None
    told = ""
    while True:
        try:
            attempt = steps.send(result)
        except StopIteration as end:
            return end.value or told
        with notebook.facts.rerunning(attempt.then):
            result = await run(attempt)
        told = attempt.closing(result) if result is not None else ""


def _fixing(notebook: Notebook, error: BaseException) -> Fixing:
    """One run for each suspect until one is corrected. Raises UsageError where no cell can be to blame.

    Where somebody teaches there is one hint instead.
    """
    if notebook.session.tutor.policy() is not None:
        from smallcode_jupyter.session.wording import explain_error_words

        yield Attempt(words=explain_error_words(), closing=lambda result: "")
        return ""
    blame = find_blame(notebook.shell, error, notebook.facts.cells(), notebook.session.root)
    missing = _not_run(notebook, blame)
    if missing:
        return missing
    if blame.file is not None:
        path = str(blame.file.resolve().relative_to(notebook.session.root))
        yield _of_file(notebook, path, blame.failing_cell)
        return ""
    if not blame.suspects:
        raise UsageError(
            "The last error cannot be fixed here.", why="No cell of this notebook is in its traceback."
        )
    for suspect in blame.suspects[:_MOST_SUSPECTS]:
        result = yield _of_cell(notebook, suspect)
        if result is None or result.finished.outcome in ("failed", "cancelled", "validated", "unvalidated"):
            return ""
    tried = ", ".join(f"In[{suspect.number}]" for suspect in blame.suspects[:_MOST_SUSPECTS])
    return f"No correction of {tried} was found with which the cells run."


def _not_run(notebook: Notebook, blame: Blame) -> str:
    """What to run first, where the name that is missing is made by a cell that has not run, or was deleted since."""
    found = notebook.facts.notebook() if blame.undefined else None
    cells = found[1].cells if found is not None else ()
    ran = {source for _, source in notebook.facts.cells()}
    for place, cell in enumerate(cells, 1):
        if cell.type != "code" or cell.source.strip() in blame.failing:
            continue
        if blame.undefined in names_of(notebook.shell, cell.source).made:
            count = cell.execution_count if cell.source.strip() in ran else None
            where = f"cell {place}, In[{count}]" if count else f"cell {place}"
            why = "which ran, but the name was deleted since" if count else "which has not run as it stands"
            return f"`{blame.undefined}` is made in {where}, {why}: run that cell first."
    return ""


def _of_cell(notebook: Notebook, suspect: Suspect) -> Attempt:
    """One run about one cell; what it proposes is turned into a change of that cell, or dropped where it fails."""
    from smallcode_jupyter.session.wording import fix_cell_words

    limits = notebook.session.settings.limits
    replacement = Replacement(
        path=f"cell:{notebook.facts.cell_name(suspect.number)}",
        number=suspect.number,
        before=suspect.source,
        then=suspect.then,
        numbers=suspect.numbers,
    )

    def closing(result: RunResult) -> str:
        outcome = result.finished.outcome
        pending = notebook.session.pending
        if outcome not in ("validated", "unvalidated") or pending is None:
            if pending is not None:
                notebook.session.reject()
            return f"In[{suspect.number}] is left as it is."
        notebook.session.pending = _for_cell(pending, replacement)
        notebook.replacement = replacement
        return _proof(replacement, is_proved=outcome == "validated")

    return Attempt(
        words=fix_cell_words(f"In[{suspect.number}]"),
        limits=replace(limits, calls=min(limits.calls, _CALLS)),
        closing=closing,
        then=suspect.then,
    )


def _for_cell(pending: ChangeSet, replacement: Replacement) -> ChangeSet:
    """The proposal with the code as the new text of the cell that it corrects: without the line end that files have."""
    files = tuple(
        FileChange(
            path=replacement.path,
            before=replacement.before,
            after=(change.after or "").rstrip("\n"),
            before_hash=content_hash(replacement.before.encode()),
        )
        if change.path == NEXT_CELL
        else change
        for change in pending.files
    )
    return replace(pending, files=files)


def _proof(replacement: Replacement, *, is_proved: bool) -> str:
    what = f"In[{replacement.number}] as proposed"
    what += f", and then {replacement.again}," if replacement.again else ""
    if not is_proved:
        return f"It could not be tried whether {what} runs."
    return f"Proved in a copy of the kernel: {what} runs without an error."


def _of_file(notebook: Notebook, path: str, cell: str) -> Attempt:
    """The error is raised in a file: it is corrected like any other; its checks judge it, and the cell that failed."""
    from smallcode_jupyter.session.wording import fix_file_words

    def closing(result: RunResult) -> str:
        if notebook.session.pending is None:
            return ""
        return f"The error comes from {path}; accepting loads it again in the kernel."

    return Attempt(words=fix_file_words(path), closing=closing, then=(cell,))


def refuse_stale(facts: LiveKernel, changes: ChangeSet | None) -> None:
    """Raise FileChanged where a cell that is to be replaced ran with another text since it was read."""
    for change in changes.files if changes is not None else ():
        cell_id = change.path.removeprefix("cell:")
        if not change.path.startswith("cell:") or change.before is None:
            continue
        latest = facts.latest_source(cell_id)
        if latest is not None and content_hash(latest.encode()) != change.before_hash:
            raise FileChanged(
                f"The cell {cell_id} was changed since it was read; nothing was changed now.",
                hint="Run %smallcode fix again.",
            )


def replacement_of(notebook: Notebook, accepted: Accepted) -> Replacement | None:
    """The correction that was accepted, if it was one."""
    found, cell = notebook.replacement, accepted.cell
    return found if found is not None and cell is not None and cell.path == found.path else None


def accept_replacement(notebook: Notebook, replacement: Replacement, code: str) -> None:
    """Run the corrected text here, and what builds on it, and hand it over as the next cell."""
    show(notebook.shell, plain(code), html=code_html(code))
    problem = ""
    with notebook.commits.commit(code, *replacement.then):
        for source in (code, *replacement.then):
            problem = problem or run_code(notebook.shell, source).error
    notebook.facts.remember(code)
    keep_as_next_cell(notebook.shell, code)
    ran = f"The corrected text of In[{replacement.number}] ran here"
    ran += f", and then {replacement.again}" if replacement.again else ""
    ran += f"; it ended in an error ({problem})" if problem else ""
    notebook.tell(f"{ran}. It is in the next cell: put it in the place of In[{replacement.number}].")
