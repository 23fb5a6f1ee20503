"""`%smallcode rerun`: the cells that used modules which were loaded again, tried in a copy and then run here."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.accepting import run_code
from smallcode_jupyter.frontends.cells.flow import followed_by
from smallcode_jupyter.protocol.effects import AskUser
from smallcode_jupyter.sandbox.risks import cell_risks

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.notebook import Notebook
    from smallcode_jupyter.protocol.tasks import Policy
    from smallcode_jupyter.sandbox.policy import TrialReport
    from smallcode_jupyter.session.results import Accepted

__all__ = ["rerun", "rerun_if_auto"]

_SECONDS = 120.0
_LINE = re.compile(r"^cell line (\d+)", re.MULTILINE)


def rerun_if_auto(notebook: Notebook, policy: Policy | None, accepted: Accepted | None) -> None:
    """After something was accepted: run what waits at once, where the policy (None: the setting) is `auto`."""
    policy = policy or notebook.session.settings.policy
    if accepted is not None and accepted.paths and policy == "auto" and notebook.modules.waiting():
        rerun(notebook, is_wished=False)


def rerun(notebook: Notebook, *, is_wished: bool) -> None:
    """Run the waiting cells again, in the order in which they ran, if a copy of the kernel gets through them.

    `is_wished`: by the person; else it is the policy `auto` that wants it, and cells that would be asked about are.
    Under `ask` the person is asked, under `plan` the copy is all. An error here ends it. Undone like accepted code.
    """
    cells = notebook.modules.waiting()
    if not cells:
        notebook.tell("No cell waits: none has used a module that was loaded again since.")
        return
    names = [notebook.facts.cell_name(number) for number, _ in cells]
    sources = [source for _, source in cells]
    report = _tried(notebook, sources)
    listed = ", ".join(names)
    if report.status in ("failed", "crashed"):
        found = _LINE.search(report.traceback)
        place = min(int(found[1]) - 2, len(names) - 1) if found else -1
        where = names[place] if place >= 0 else listed
        notebook.tell(f"In a copy, {where} ends in an error ({report.error}). Nothing was run here.")
        return
    is_tried = report.status == "passed"
    what = f"In a copy {listed} ran." if is_tried else f"{listed}: {report.reason or report.error}"
    if _may_run(notebook, sources, what, is_tried=is_tried, is_wished=is_wished):
        notebook.tell(f"{what} {_ran_here(notebook, cells)}")
    else:
        notebook.tell(f"{what} Nothing was run here.")


def _tried(notebook: Notebook, sources: Sequence[str]) -> TrialReport:
    with tempfile.TemporaryDirectory(prefix="smallcode-", ignore_cleanup_errors=True) as folder:
        return notebook.facts.run_trial(
            followed_by("", sources),
            seconds=_SECONDS,
            scratch=Path(folder) / "trial",
            cancel=threading.Event(),
        )


def _may_run(
    notebook: Notebook, sources: Sequence[str], what: str, *, is_tried: bool, is_wished: bool
) -> bool:
    policy = notebook.session.settings.policy if is_wished else "auto"
    risks = tuple(dict.fromkeys(risk for source in sources for risk in cell_risks(source)))
    if policy == "plan":
        return False
    if is_tried and (policy == "trial" or (policy == "auto" and not risks)):
        return True
    why = f" But {', '.join(risks)}." if risks else ""
    question = AskUser(question=f"{what}{why} Run it here?", choices=("yes", "no"), default="no")
    return notebook.session.ask(question).choice == "yes"


def _ran_here(notebook: Notebook, cells: Sequence[tuple[int, str]]) -> str:
    """Run them; what came of it."""
    with notebook.commits.commit(*(source for _, source in cells)) as commit:
        commit.has_cell = False
        for number, source in cells:
            name = notebook.facts.cell_name(number)
            done = run_code(notebook.shell, source)
            if not done.was_run:
                return f"{name} awaits something, and was not run here, nor what comes after it: run it yourself."
            if done.error:
                return f"Here {name} ended in an error ({done.error}); what comes after it was not run."
            notebook.modules.ran(number)
    return "Here, too; below these cells their old output stays until they are run there."
