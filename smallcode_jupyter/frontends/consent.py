"""Asking by name before code runs that nobody has looked at, and saying what holds the kernel it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallcode_jupyter.protocol.effects import AskUser
from smallcode_jupyter.sandbox.launched import is_kernel_confined
from smallcode_jupyter.sandbox.risks import cell_risks

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.ask import Asker
    from smallcode_jupyter.protocol.changes import ChangeSet

__all__ = ["kernel_note", "may_run"]


def may_run(changes: ChangeSet, ask: Asker) -> bool:
    """Whether a validated cell may run without being accepted by hand.

    One that uses the network, installs, deletes, writes elsewhere or runs commands is asked about; where nobody can be
    asked, it may not.
    """
    cells = [change.after or "" for change in changes.files if change.path.startswith("cell:")]
    risks = tuple(dict.fromkeys(risk for code in cells for risk in cell_risks(code)))
    if not risks:
        return True
    question = f"The cell is ready, but {', '.join(risks)}. Run it here?"
    return ask(AskUser(question=question, choices=("yes", "no"), default="no")).choice == "yes"


def kernel_note() -> str:
    """`unconfined kernel` where accepted code can do what the person can; otherwise empty."""
    return "" if is_kernel_confined() else "unconfined kernel"
