"""A session: one folder, one model, one journal, and what waits to be accepted. Every front end talks to this."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.agent.loop import run_task
from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.local.places import state_folder
from smallcode_jupyter.models.local.serve import StartProgress, start_embedded
from smallcode_jupyter.models.port import Model
from smallcode_jupyter.models.recorded import RecordedModel, RecordingModel
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import NotFound, Problem, UsageError
from smallcode_jupyter.protocol.events import ChangeProposed, Envelope, TaskFinished
from smallcode_jupyter.protocol.model import ModelInfo
from smallcode_jupyter.protocol.tasks import TECHNIQUES, Context, Limits, Policy, Surface, Task
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.session.cells import CellRunner, KernelFacts
from smallcode_jupyter.session.config import Settings, load_settings, trust
from smallcode_jupyter.session.drive import adrive, drive, interrupts_cancel
from smallcode_jupyter.session.performer import Performer
from smallcode_jupyter.session.trace import Recorder
from smallcode_jupyter.tools.registry import TOOLS, Toolbox
from smallcode_jupyter.workspace.context import gather
from smallcode_jupyter.workspace.journal import Journal, UndoReport
from smallcode_jupyter.workspace.selection import Choice, remainder, select
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["Accepted", "KernelFacts", "RunResult", "Session"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended and what it left."""

    run: str
    finished: TaskFinished
    changes: ChangeSet
    """Empty where nothing is proposed."""
    trace: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting did."""

    paths: tuple[str, ...]
    """Files written, new or deleted."""
    cell_code: str | None
    """Code for the next cell, or None. The front end runs it."""
    entry: str
    """The journal entry; empty if no file changed."""


@dataclass(slots=True, kw_only=True)
class _Live:
    """A run while it goes on."""

    task: Task
    recorder: Recorder
    performer: Performer
    staging: Staging
    scratch: Path
    cancel: threading.Event
    proposed: list[ChangeSet]


class Session:
    """Runs tasks in one folder and keeps their results until the person decides.

    Owns the model's connection, the journal and the scratch folders; `close` gives them back. One run at a time.
    """

    def __init__(
        self,
        *,
        root: Path,
        settings: Settings | None = None,
        facts: KernelFacts | None = None,
        ask: Callable[[AskUser], Answer] | None = None,
        model: Model | None = None,
        state: Path | None = None,
    ) -> None:
        """`model` is used as it is and stays the caller's; else one is found at the first run.

        Changes that a killed process left half applied are put back first. Raises NotFound, ConfigError.
        """
        if not root.is_dir():
            raise NotFound(f"There is no folder {root}.", hint="Name a folder that exists.")
        self.root = root.resolve()
        self.state = state or state_folder()
        self.settings = settings or load_settings(self.root, state=self.state)
        self.last_trace: Path | None = None
        self._facts = facts
        self._ask = ask or _nobody
        self._model = model
        self._is_own_model = False
        self._busy = threading.Lock()
        self._place = self.state / "workspaces" / sha256(str(self.root).encode()).hexdigest()[:16]
        self.journal = Journal(self.root, self.state / "journal")
        self.journal.recover()
        self.pending: ChangeSet | None = self._load_pending()

    # --- running ---------------------------------------------------------------------------------------------------

    def run(
        self,
        words: str,
        *,
        surface: Surface,
        policy: Policy | None = None,
        limits: Limits | None = None,
        on_event: Callable[[Envelope], None],
    ) -> RunResult:
        """Run one task on this thread. An interrupt stops it and returns what came until then."""
        with self._live(words, surface, policy, limits, on_event) as live:
            flow = run_task(live.task, TOOLS)
            finished = drive(flow, live.performer, live.recorder, cancel=live.cancel)
            return self._end(live, finished)

    async def arun(
        self,
        words: str,
        *,
        surface: Surface,
        policy: Policy | None = None,
        limits: Limits | None = None,
        on_event: Callable[[Envelope], None],
    ) -> RunResult:
        """The same, awaiting: the kernel's event loop goes on while the model answers."""
        with self._live(words, surface, policy, limits, on_event) as live:
            flow = run_task(live.task, TOOLS)
            finished = await adrive(flow, live.performer, live.recorder, cancel=live.cancel)
            return self._end(live, finished)

    @contextmanager
    def _live(
        self,
        words: str,
        surface: Surface,
        policy: Policy | None,
        limits: Limits | None,
        on_event: Callable[[Envelope], None],
    ) -> Iterator[_Live]:
        """Everything a run needs, given back at its end. Raises UsageError while another run goes on."""
        if not self._busy.acquire(blocking=False):
            raise UsageError("Another run is going on in this session.", hint="Wait for it, or stop it.")
        scratch = Path(tempfile.mkdtemp(prefix="smallcode-"))
        try:
            live = self._begin(words, surface, policy, limits, on_event, scratch)
            with interrupts_cancel(live.cancel), live.recorder:
                yield live
            live.staging.close()
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            self._busy.release()

    def _begin(
        self,
        words: str,
        surface: Surface,
        policy: Policy | None,
        limits: Limits | None,
        on_event: Callable[[Envelope], None],
        scratch: Path,
    ) -> _Live:
        run = time.strftime("%Y%m%d-%H%M%S-") + uuid.uuid4().hex[:6]
        task = Task(
            id=run,
            words=words,
            surface=surface,
            policy=policy or self.settings.policy,
            limits=limits or self.settings.limits,
            without=self.settings.techniques_off,
            seed=self.settings.seed,
        )
        cancel = threading.Event()
        staging = Staging(self.root, scratch / "staged")
        self.last_trace = self._place / "traces" / f"{run}.jsonl"
        proposed: list[ChangeSet] = []

        def watch(envelope: Envelope) -> None:
            if isinstance(envelope.event, ChangeProposed):
                proposed.append(envelope.event.changes)
            on_event(envelope)

        return _Live(
            task=task,
            recorder=Recorder(run, self.last_trace, clock=time.time, on_event=watch),
            performer=self._performer(task, staging, scratch, cancel),
            staging=staging,
            scratch=scratch,
            cancel=cancel,
            proposed=proposed,
        )

    def _performer(self, task: Task, staging: Staging, scratch: Path, cancel: threading.Event) -> Performer:
        runner = CellRunner(facts=self._facts, staging=staging, scratch=scratch)
        checker = Checker(
            staging,
            cell_runner=lambda code: runner.run(code, cancel),
            cancel=cancel,
            runs_code="trial" not in task.without,
        )
        performer = Performer(
            open_model=lambda notify: self._open_model(notify, cancel),
            staging=staging,
            checker=checker,
            observer=Observer(staging, cancel=cancel),
            gather=lambda task: self._gather(task, staging),
            ask=self._ask,
            cancel=cancel,
            seconds=task.limits.seconds,
            temperature=self.settings.temperature,
        )
        performer.toolbox = Toolbox(
            staging=staging,
            policy=task.policy,
            words=task.words,
            code_runner=runner,
            test_runner=lambda path, _: checker.run_tests(checker.plan_tests((path,) if path else ())),
            approver=performer.approve,
        )
        return performer

    def _gather(self, task: Task, staging: Staging) -> Context:
        found = gather(task, staging, is_indexed="index" not in task.without)
        if task.surface != "notebook":
            return found
        named = tuple(item for item in found.items if item.weight >= 3)
        facts = self._facts.context_items(task.words) if self._facts is not None else ()
        paths = tuple(path for path in found.paths if not path.endswith(".ipynb"))
        return replace(found, items=(*named, *facts), paths=paths)

    def _open_model(self, notify: Callable[[Problem], None], cancel: threading.Event) -> Model:
        if self._model is not None:
            return self._model

        def on_progress(progress: StartProgress) -> None:
            notify(
                Problem(
                    code="starting",
                    what=f"Starting {progress.name}: {progress.what}, {progress.seconds:.0f} s.",
                )
            )

        self._is_own_model = True
        if self.settings.recording:
            self._model = RecordedModel(Path(self.settings.recording))
            return self._model
        found = discover(
            self.settings.model_settings,
            start_embedded=lambda name: start_embedded(name, on_progress=on_progress, cancel=cancel),
        )
        found.warm()
        self._model = (
            RecordingModel(found, Path(self.settings.record_to)) if self.settings.record_to else found
        )
        return self._model

    def _end(self, live: _Live, finished: TaskFinished) -> RunResult:
        changes = live.proposed[-1] if live.proposed else ChangeSet(id=live.task.id)
        self._set_pending(changes if live.proposed else None)
        assert self.last_trace is not None
        return RunResult(run=live.task.id, finished=finished, changes=changes, trace=self.last_trace)

    # --- deciding --------------------------------------------------------------------------------------------------

    def accept(self, choice: Choice | None = None) -> Accepted:
        """Apply the chosen part of what is pending, all of it by default; the rest stays pending.

        Raises UsageError if nothing is, FileChanged and other WorkspaceErrors with nothing changed.
        """
        pending = self._need_pending("accept")
        chosen = select(pending, choice or Choice(verdict="accept"))
        entry = self.journal.apply(chosen)
        cells = [change for change in chosen.files if change.path.startswith("cell:")]
        self._set_pending(remainder(pending, chosen))
        return Accepted(
            paths=tuple(change.path for change in chosen.files if change not in cells),
            cell_code=cells[0].after if cells else None,
            entry=entry,
        )

    def reject(self, choice: Choice | None = None) -> tuple[str, ...]:
        """Drop the chosen part of what is pending, all of it by default; the paths that are no longer proposed."""
        pending = self._need_pending("reject")
        left = select(pending, choice or Choice(verdict="reject"))
        self._set_pending(left)
        remaining = {change.path for change in left.files}
        return tuple(change.path for change in pending.files if change.path not in remaining)

    def undo(self) -> UndoReport:
        """Put the files of the last accepted change back, byte for byte. Raises FileChanged with nothing changed."""
        return self.journal.undo()

    def _need_pending(self, verb: str) -> ChangeSet:
        if self.pending is None or self.pending.is_empty:
            raise UsageError(f"There is nothing to {verb}.", hint="Ask for something first.")
        return self.pending

    def _set_pending(self, changes: ChangeSet | None) -> None:
        """Remember it, also for another process: the command line accepts what an earlier call proposed."""
        self.pending = changes if changes is not None and not changes.is_empty else None
        file = self._place / "pending.json"
        if self.pending is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(".tmp")
        temporary.write_text(json.dumps(encode(self.pending)), encoding="utf-8")
        temporary.replace(file)

    def _load_pending(self) -> ChangeSet | None:
        """What an earlier process proposed here; code for a cell went with its kernel."""
        try:
            changes = decode(
                ChangeSet, json.loads((self._place / "pending.json").read_text(encoding="utf-8"))
            )
        except (OSError, ValueError):
            return None
        files = tuple(change for change in changes.files if not change.path.startswith("cell:"))
        return replace(changes, files=files) if files else None

    # --- settings and model ----------------------------------------------------------------------------------------

    def set(self, name: str, value: str) -> None:
        """Change a setting; an empty value means its default. Raises ConfigError.

        The name of a technique with `on` or `off` switches that one.
        """
        if name in TECHNIQUES:
            name, value = "without", self.settings.switched(name, value)
        given = self._set_here()
        given[name] = value or None
        before = self.settings.model_settings
        self.settings = load_settings(self.root, given=given, state=self.state)
        if self._is_own_model and self.settings.model_settings != before:
            self.close()

    def trust(self) -> None:
        """Read this folder's `.env` from now on."""
        trust(self.root, self.state)
        given = self._set_here()
        self.settings = load_settings(self.root, given=given, state=self.state)

    def _set_here(self) -> dict[str, object]:
        """The settings that were set in this session, and so outlast reading the others again."""
        sources = self.settings.sources.items()
        return {name: getattr(self.settings, name) for name, source in sources if source == "set here"}

    def model_info(self, *, connect: bool) -> ModelInfo | None:
        """The model in use; with `connect` it is found first. Raises NoModel."""
        if self._model is None and connect:
            self._open_model(lambda _: None, threading.Event())
        return self._model.info if self._model is not None else None

    def close(self) -> None:
        """Give back the connection. The session can still be used: the next run connects again."""
        if self._is_own_model and self._model is not None:
            self._model.close()
            self._model = None
            self._is_own_model = False


def _nobody(question: AskUser) -> Answer:
    return Answer(
        choice=question.default,
        problem=Problem(code="nobody", what="Nobody can be asked here, so the safe answer was taken."),
    )
