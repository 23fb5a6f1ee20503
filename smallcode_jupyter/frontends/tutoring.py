"""Teacher mode in a notebook: what is said when the extension is loaded, `%smallcode tutor` and `%smallcode hint`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.live import show
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tutoring import TutorPolicy, TutorRecord
from smallcode_jupyter.render.plain import one_line, plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.notebook import Notebook

__all__ = ["give_hint", "greet", "refuse_when_off", "tell_tutor"]

_LEVELS = {
    "hints": "Hints come one rung at a time: a question, a pointer, the steps in words, then code.",
    "no-code": "Hints come one rung at a time: a question, a pointer, the steps in words. Code is not given.",
    "off": "No model is asked, whatever is typed.",
}
_HOW = (
    "Ask with %%smallcode and your words; %smallcode hint goes on, %smallcode compare looks at your own cell."
)


def greet(notebook: Notebook) -> TutorPolicy | None:
    """Say at the beginning what the teacher set; what that is, or None."""
    from smallcode_jupyter.session.tutoring import GUARD_RAIL, off_sentence

    policy = _policy(notebook)
    if policy is not None:
        parts = [f"Teacher mode ({policy.source}).", _LEVELS[policy.level], policy.problem, _HOW, GUARD_RAIL]
        notebook.tell(off_sentence(policy) or " ".join(part for part in parts if part))
    return policy


def refuse_when_off(notebook: Notebook) -> None:
    """Raise UsageError where the teacher has switched the assistant off."""
    from smallcode_jupyter.session.tutoring import off_sentence

    sentence = off_sentence(_policy(notebook))
    if sentence:
        raise UsageError(sentence)


def _policy(notebook: Notebook) -> TutorPolicy | None:
    """As the session has it, but no session is opened for it: that may fail, and takes a moment."""
    from smallcode_jupyter.session.tutoring import read_policy

    found = notebook.facts.notebook()
    return read_policy(found[0] if found is not None else None, Path.cwd())


def give_hint(notebook: Notebook, rung: str) -> None:
    """The next hint for the problem asked about last. Raises UsageError where nobody teaches here."""
    if notebook.session.tutor.policy() is None:
        raise UsageError(
            "There is no teacher mode here.", hint="A TUTOR.md in this folder, or above it, switches it on."
        )
    notebook.run_here(f"hint {rung}".strip(), closing=lambda result: "")


def tell_tutor(notebook: Notebook) -> None:
    """What holds here, and what was given: for the student, and for the teacher afterwards."""
    tutor = notebook.session.tutor
    policy = tutor.policy()
    if policy is None:
        show(
            notebook.shell,
            "Teacher mode is not on: there is no TUTOR.md here or above, and the notebook sets none.",
        )
        return
    rows = [f"level: {policy.level} ({policy.source})", _LEVELS[policy.level]]
    if policy.level != "off":
        rows.append("A rung may be named." if policy.may_skip else "No rung is skipped.")
    rows += [policy.problem] if policy.problem else []
    records = tutor.records()
    rows.append(f"record: {tutor.log}" if records else "Nothing was given yet.")
    show(notebook.shell, plain("\n".join([*rows, *_told(records)])))


def _told(records: tuple[TutorRecord, ...]) -> list[str]:
    """Each problem with what was given for it, in order."""
    lines: list[str] = []
    for problem in dict.fromkeys(record.problem for record in records):
        lines.append(f"\n{one_line(problem, 90)}")
        for record in records:
            if record.problem == problem:
                at = time.strftime("%Y-%m-%d %H:%M", time.localtime(record.at))
                lines.append(f"  {at}  {record.rung or 'compared':<12} {_first(record.said)}")
    return lines


def _first(said: str) -> str:
    """What a hint says, without its heading."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("**")]
    return one_line(lines[0], 90) if lines else ""
