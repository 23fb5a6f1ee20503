"""Teacher mode: what the teacher's file and the notebook say, and the record of what was given.

Every run of a session passes here, whatever front end it came from: the level holds in the cell, the panel and the
command line alike.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from smallcode_jupyter.agent.flow import Flow
from smallcode_jupyter.agent.ladder import due_hint, named_in_code
from smallcode_jupyter.agent.loop import run_task
from smallcode_jupyter.agent.tutoring import GUARD_RAIL, announced, check_attempt, hint_task, unseen
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.events import ChangeProposed, TaskFinished, TaskStarted
from smallcode_jupyter.protocol.tasks import Task
from smallcode_jupyter.protocol.tutoring import HintWish, Level, TutorPolicy, TutorRecord
from smallcode_jupyter.session.cells import KernelFacts
from smallcode_jupyter.tools.registry import TOOLS

__all__ = [
    "GUARD_RAIL",
    "FlowOf",
    "Tutor",
    "attempt_flow",
    "attempt_of",
    "off_sentence",
    "passing_flow",
    "read_policy",
]

FlowOf = Callable[[Task], Flow[TaskFinished]]
"""How a task is run."""

_FILE = "TUTOR.md"
_MOST_BYTES = 100_000
_MOST_WORDS = 600
"""Characters of the teacher's words that the model is shown."""
_SETTING = re.compile(
    r"^[ \t]*(?:[-*][ \t]+)?(level|skip)[ \t]*:[ \t]*(.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_LEVELS: dict[str, Level] = {
    "hints": "hints",
    "no-code": "no-code",
    "no code": "no-code",
    "nocode": "no-code",
    "off": "off",
}
_STRICT: tuple[Level, ...] = ("hints", "no-code", "off")
_YES = ("yes", "true", "on")


class Tutor:
    """The teacher's part of one session."""

    def __init__(self, root: Path, log: Path, *, facts: KernelFacts | None) -> None:
        """`log` is the file that the teacher reads afterwards."""
        self.log = log
        self._root = root
        self._facts = facts
        self._wishes: dict[str, HintWish] = {}
        self.latest = ""
        """The problem of the latest run; empty before the first."""

    def policy(self) -> TutorPolicy | None:
        """What holds now, read anew; None where nobody teaches."""
        found = self._facts.notebook() if self._facts is not None else None
        return read_policy(found[0] if found is not None else None, self._root)

    def require_on(self) -> None:
        """Raise UsageError where the teacher has switched the assistant off."""
        sentence = off_sentence(self.policy())
        if sentence:
            raise UsageError(sentence)

    def require_accept(self) -> None:
        """Raise UsageError where code of the assistant is not to be taken."""
        self.require_on()
        policy = self.policy()
        if policy is not None and policy.level == "no-code":
            raise UsageError(f"Code is not given here: the teacher set the level no-code ({policy.source}).")

    def flow(self, task: Task) -> Flow[TaskFinished]:
        """How this task is run: as always, or as the hint that is due. Raises UsageError."""
        self.require_on()
        policy = self.policy()
        if policy is None:
            self.latest = task.words
            return run_task(task, TOOLS)
        given = self.records()
        wish = due_hint(task.words, policy, given)
        if wish is None:
            raise UsageError(
                "There is no problem yet that a hint could be about.", hint="Say what it is first."
            )
        self._wishes[task.id] = wish
        self.latest = wish.problem
        task = replace(task, words=wish.problem)
        if wish.rung == "code":
            return announced(run_task(task, TOOLS), wish)
        return hint_task(task, replace(wish, attempt=attempt_of(self._facts, wish.problem)))

    def note(self, task: Task, finished: TaskFinished) -> None:
        """Write down the hint that this run gave. One that was stopped or failed is none."""
        wish = self._wishes.pop(task.id, None)
        if wish is None or finished.outcome in ("cancelled", "failed"):
            return
        said = finished.answer or finished.reason
        self.keep(
            TutorRecord(
                at=time.time(),
                run=task.id,
                level=wish.policy.level,
                kind="hint",
                problem=wish.problem,
                words=task.words,
                rung=wish.rung,
                said=said,
            )
        )

    def may_show_code(self, problem: str) -> bool:
        """Whether the code of an answer to this problem may be seen: nobody teaches, or the top rung was given."""
        policy = self.policy()
        given = any(record.rung == "code" and record.problem == problem for record in self.records())
        return policy is None or (policy.level == "hints" and given)

    def keep(self, record: TutorRecord) -> None:
        """Append to the log. Raises OSError."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(encode(record), ensure_ascii=True) + "\n")

    def records(self) -> tuple[TutorRecord, ...]:
        """What was given in this folder, oldest first; lines that are no records are passed over."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[TutorRecord]:
        try:
            lines = self.log.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return
        for line in lines:
            try:
                yield decode(TutorRecord, json.loads(line))
            except ValueError:
                continue


def off_sentence(policy: TutorPolicy | None) -> str:
    """What is said where the teacher has switched the assistant off; empty elsewhere."""
    if policy is None or policy.level != "off":
        return ""
    return f"The assistant is switched off here by the teacher ({policy.source})."


def attempt_of(facts: KernelFacts | None, problem: str) -> str:
    """The cell that the problem names, else the latest that makes what it names in code, else the latest of all.

    Empty where there is none.
    """
    cells = tuple(reversed(facts.cells())) if facts is not None else ()
    sources = [source for _, source in cells]
    names = named_in_code(problem)
    named = next((source for number, source in cells if str(number) in names), "")
    if named or not names:
        return named or next(iter(sources), "")
    making = re.compile(
        rf"^[ \t]*(?:(?:async )?def|class)?[ \t]*(?:{'|'.join(map(re.escape, sorted(names)))})\b",
        re.MULTILINE,
    )
    return next((source for source in sources if making.search(source)), "")


def attempt_flow(task: Task, code: str, keep: list[CheckReport]) -> Flow[TaskFinished]:
    """What the checks say of a cell, put into `keep`."""
    yield TaskStarted(task=task)
    keep.append((yield from check_attempt(task.words, code)))
    finished = TaskFinished(outcome="answered", reason="Looked at.")
    yield finished
    return finished


def passing_flow(task: Task, keep: list[str]) -> Flow[TaskFinished]:
    """A run that tells nobody what it writes; code for a cell that passes its checks is put into `keep`."""

    def take(proposed: ChangeProposed) -> None:
        cells = [change.after for change in proposed.changes.files if change.path == NEXT_CELL]
        if proposed.report.status == "passed" and cells and cells[0]:
            keep.append(cells[0])

    return unseen(run_task(task, TOOLS), take)


# --- what the teacher says ---------------------------------------------------------------------------------------


def read_policy(notebook: Path | None, folder: Path) -> TutorPolicy | None:
    """What the notebook's metadata and the nearest TUTOR.md say; the stricter of the two. None where neither is.

    What cannot be understood counts as `no-code`: a slip of the pen must not open what was to be shut.
    """
    start = notebook.resolve().parent if notebook is not None else folder
    found = [
        policy
        for policy in (_of_file(start), _of_notebook(notebook) if notebook is not None else None)
        if policy is not None
    ]
    if len(found) < 2:
        return found[0] if found else None
    first, second = found
    return TutorPolicy(
        level=max(first.level, second.level, key=_STRICT.index),
        may_skip=first.may_skip and second.may_skip,
        words=first.words,
        source=f"{first.source} and {second.source}",
        problem=first.problem or second.problem,
    )


def _of_file(folder: Path) -> TutorPolicy | None:
    folder = folder.resolve()
    path = next((place / _FILE for place in (folder, *folder.parents) if (place / _FILE).is_file()), None)
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode("utf-8", errors="replace")
    except OSError as error:
        return _unclear(_FILE, f"{path} cannot be read: {error.strerror}")
    settings = {name.lower(): value for name, value in reversed(_SETTING.findall(text))}
    words = _SETTING.sub("", text).replace("---", "").strip()
    return _policy_of(settings.get("level"), settings.get("skip"), source=_FILE, words=words[:_MOST_WORDS])


def _of_notebook(path: Path) -> TutorPolicy | None:
    source = "the notebook"
    try:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    own = metadata.get("smallcode") if isinstance(metadata, dict) else None
    if not isinstance(own, dict) or "tutor" not in own:
        return None
    said = own["tutor"]
    if isinstance(said, dict):
        return _policy_of(said.get("level"), said.get("skip"), source=source)
    return _policy_of(said, None, source=source)


def _policy_of(level: object, skip: object, *, source: str, words: str = "") -> TutorPolicy:
    """No level is `hints`; YAML's and JSON's false is `off`."""
    name = (
        "off"
        if level is False
        else "hints"
        if level in (None, True, "")
        else str(level).strip("\"'` ").lower()
    )
    may_skip = skip is True or str(skip).strip("\"' ").lower() in _YES
    if name not in _LEVELS:
        return _unclear(source, f"{source} has no level that is known ({name[:40]!r})", words=words)
    return TutorPolicy(level=_LEVELS[name], may_skip=may_skip, words=words, source=source)


def _unclear(source: str, what: str, *, words: str = "") -> TutorPolicy:
    problem = f"{what}: no-code is taken. Levels are hints, no-code and off."
    return TutorPolicy(level="no-code", words=words, source=source, problem=problem)
