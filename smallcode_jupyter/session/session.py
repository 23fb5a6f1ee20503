"""A session: one folder, one model, one journal, and what waits to be accepted. Every front end talks to this."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from smallcode_jupyter.agent.flow import Flow
from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.index.code_index import CodeIndex, store_path
from smallcode_jupyter.models.choosing import ModelChoice, list_choices
from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.local.places import state_folder
from smallcode_jupyter.models.local.serve import StartProgress, start_embedded
from smallcode_jupyter.models.port import Model
from smallcode_jupyter.models.recorded import RecordedModel, RecordingModel
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import NotFound, Problem, UsageError
from smallcode_jupyter.protocol.events import ChangeProposed, Envelope, TaskFinished
from smallcode_jupyter.protocol.model import ModelInfo
from smallcode_jupyter.protocol.tasks import TECHNIQUES, Limits, Policy, Surface, Task
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.session.cells import CellRunner, KernelFacts
from smallcode_jupyter.session.config import Settings, load_settings, trust
from smallcode_jupyter.session.drive import Perform, adrive, drive, interrupts_cancel
from smallcode_jupyter.session.escalating import Escalation
from smallcode_jupyter.session.gathering import Gatherer
from smallcode_jupyter.session.pending import PendingFile, not_empty
from smallcode_jupyter.session.performer import Performer
from smallcode_jupyter.session.remote import admit, needs_consent, permitted
from smallcode_jupyter.session.results import Accepted, RunResult
from smallcode_jupyter.session.trace import Recorder
from smallcode_jupyter.session.tutoring import FlowOf, Tutor
from smallcode_jupyter.tools.registry import Toolbox
from smallcode_jupyter.workspace.journal import Journal, UndoReport
from smallcode_jupyter.workspace.rebasing import rebase_notebooks
from smallcode_jupyter.workspace.selection import Choice, remainder, select
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["KernelFacts", "Session"]


@dataclass(slots=True, kw_only=True)
class _Live:
    """A run while it goes on."""

    task: Task
    flow: Flow[TaskFinished]
    recorder: Recorder
    performer: Perform
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
        self.ask = ask or _nobody
        """Asks the person. A front end may put its own way of asking here between two runs."""
        self.left_out: frozenset[str] = frozenset()
        """Names of what the person does not want prompts to hold."""
        self._facts = facts
        self._cancel = threading.Event()
        self._model = model
        self._is_own_model = False
        self._busy = threading.Lock()
        self._place = self.state / "workspaces" / sha256(str(self.root).encode()).hexdigest()[:16]
        self.tutor = Tutor(self.root, self._place / "tutor.jsonl", facts=facts)
        self.journal = Journal(self.root, self.state / "journal")
        self.journal.recover()
        self._pending_file = PendingFile(self._place / "pending.json")
        self.pending: ChangeSet | None = self._pending_file.load()

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
            finished = drive(live.flow, live.performer, live.recorder, cancel=live.cancel)
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
            finished = await adrive(live.flow, live.performer, live.recorder, cancel=live.cancel)
            return self._end(live, finished)

    def perform(self, words: str, flow_of: FlowOf) -> None:
        """Another flow than a run's, told to nobody: there is no trace, and what waits to be accepted stays."""
        with self._live(words, "notebook", None, None, lambda _: None, flow_of) as live:
            drive(live.flow, live.performer, live.recorder, cancel=live.cancel)

    def stop(self) -> None:
        """End the run that goes on, if there is one: soon, with a whole trace. From any thread."""
        self._cancel.set()

    @property
    def is_stopping(self) -> bool:
        """Whether the latest run was told to end."""
        return self._cancel.is_set()

    @contextmanager
    def _live(
        self,
        words: str,
        surface: Surface,
        policy: Policy | None,
        limits: Limits | None,
        on_event: Callable[[Envelope], None],
        flow_of: FlowOf | None = None,
    ) -> Iterator[_Live]:
        """Everything a run needs, given back at its end. Raises UsageError while another run goes on."""
        if not self._busy.acquire(blocking=False):
            raise UsageError("Another run is going on in this session.", hint="Wait for it, or stop it.")
        try:
            with scratch_folder() as scratch:
                live = self._begin(words, surface, policy, limits, on_event, scratch, flow_of)
                with interrupts_cancel(live.cancel), live.recorder:
                    yield live
                live.staging.close()
        finally:
            self._busy.release()

    def _begin(
        self,
        words: str,
        surface: Surface,
        policy: Policy | None,
        limits: Limits | None,
        on_event: Callable[[Envelope], None],
        scratch: Path,
        flow_of: FlowOf | None,
    ) -> _Live:
        run = time.strftime("%Y%m%d-%H%M%S-") + uuid.uuid4().hex[:6]
        task = Task(
            id=run,
            words=words,
            surface=surface,
            policy=self.settings.wished_policy(policy),
            limits=self.settings.wished_limits(limits),
            without=self.settings.techniques_off,
            seed=self.settings.seed,
        )
        flow = (flow_of or self.tutor.flow)(task)
        cancel = self._cancel = threading.Event()
        staging = Staging(self.root, scratch / "staged")
        trace = None if flow_of else self._place / "traces" / f"{run}.jsonl"
        self.last_trace = trace or self.last_trace
        proposed: list[ChangeSet] = []

        def watch(envelope: Envelope) -> None:
            on_event(envelope)
            if isinstance(envelope.event, ChangeProposed):
                proposed.append(envelope.event.changes)
                self.pending = not_empty(envelope.event.changes)
                self._pending_file.propose(self.pending, recorder)

        recorder = Recorder(run, trace, clock=time.time, on_event=watch)

        return _Live(
            task=task,
            flow=flow,
            recorder=recorder,
            performer=self._performer(task, staging, scratch, cancel),
            staging=staging,
            scratch=scratch,
            cancel=cancel,
            proposed=proposed,
        )

    def _performer(self, task: Task, staging: Staging, scratch: Path, cancel: threading.Event) -> Perform:
        runner = CellRunner(facts=self._facts, staging=staging, scratch=scratch)
        checker = Checker(
            staging,
            cell_runner=lambda code: runner.run(code, cancel),
            rerunner=lambda code: runner.run_anew(code, cancel),
            loader=lambda: runner.load(cancel),
            cancel=cancel,
            runs_code="trial" not in task.without,
        )
        is_indexed = "index" not in task.without
        index = CodeIndex(self.root, store_path(self.state, self.root)) if is_indexed else None
        escalation = Escalation(self.settings, state=self.state, ask=self.ask, changes=staging.changes)
        performer = Performer(
            open_model=lambda notify: escalation.wrapped(self._open_model(notify, cancel, performer.confirm)),
            staging=staging,
            checker=checker,
            observer=Observer(staging, cancel=cancel, last_trial=lambda: runner.last),
            gatherer=Gatherer(staging, index=index, facts=self._facts, left_out=self.left_out, cancel=cancel),
            ask=self.ask,
            cancel=cancel,
            seconds=task.limits.seconds,
            temperature=self.settings.temperature,
            asks_to_open=self._model is None and needs_consent(self.settings, self.state),
            loads_modules=runner.loads_modules,
        )
        performer.toolbox = Toolbox(
            staging=staging,
            policy=task.policy,
            words=task.words,
            code_runner=runner,
            test_runner=lambda path, _: checker.run_tests(checker.plan_tests((path,) if path else ())),
            approver=performer.approve,
            index=index,
        )
        return escalation.around(performer)

    def _open_model(
        self, notify: Callable[[Problem], None], cancel: threading.Event, ask: Callable[[AskUser], Answer]
    ) -> Model:
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
            admit(self.settings, state=self.state, ask=ask),
            start_embedded=lambda name: start_embedded(name, on_progress=on_progress, cancel=cancel),
        )
        found.warm()
        self._model = (
            RecordingModel(found, Path(self.settings.record_to)) if self.settings.record_to else found
        )
        return self._model

    def _end(self, live: _Live, finished: TaskFinished) -> RunResult:
        self.tutor.note(live.task, finished)
        changes = live.proposed[-1] if live.proposed else ChangeSet(id=live.task.id)
        if not live.proposed:
            self._set_pending(None)
        assert self.last_trace is not None
        return RunResult(run=live.task.id, finished=finished, changes=changes, trace=self.last_trace)

    # --- deciding --------------------------------------------------------------------------------------------------

    def accept(self, choice: Choice | None = None) -> Accepted:
        """Apply the chosen part of what is pending, all of it by default; the rest stays pending.

        Raises UsageError if nothing is, FileChanged and other WorkspaceErrors with nothing changed.
        """
        self.tutor.require_accept()
        choice = choice or Choice(verdict="accept")
        pending = rebase_notebooks(self._need_pending("accept"), self.root, path=choice.path)
        chosen = select(pending, choice)
        left = not_empty(remainder(pending, chosen))
        with self._pending_file.replaced(left):
            entry = self.journal.apply(chosen)
        self.pending = left
        cells = [change for change in chosen.files if change.path.startswith("cell:")]
        return Accepted(
            paths=tuple(change.path for change in chosen.files if change not in cells),
            cell=cells[0] if cells else None,
            entry=entry,
        )

    def reject(self, choice: Choice | None = None) -> tuple[str, ...]:
        """Drop the chosen part of what is pending, all of it by default; the paths that are no longer proposed."""
        pending = self._need_pending("reject")
        left = select(pending, choice or Choice(verdict="reject"))
        self._set_pending(left)
        remaining = {change.path for change in left.files}
        return tuple(change.path for change in pending.files if change.path not in remaining)

    def undo(self, entry: str | None = None) -> UndoReport:
        """Put the files of an accepted change back, the last by default. Raises FileChanged with nothing changed."""
        return self.journal.undo(entry)

    def _need_pending(self, verb: str) -> ChangeSet:
        if self.pending is None or self.pending.is_empty:
            raise UsageError(f"There is nothing to {verb}.", hint="Ask for something first.")
        return self.pending

    def _set_pending(self, changes: ChangeSet | None) -> None:
        left = not_empty(changes)
        self._pending_file.replace(left)
        self.pending = left

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

    def leave_out(self, name: str, *, is_out: bool) -> None:
        """Keep a part of the context, by its name, out of prompts from the next run on; or put it back."""
        self.left_out = self.left_out | {name} if is_out else self.left_out - {name}

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
            self._open_model(lambda _: None, threading.Event(), self.ask)
        return self._model.info if self._model is not None else None

    def list_models(self) -> tuple[ModelChoice, ...]:
        """The models that the setting `model` can name now. Asks servers; raises ModelError where one refuses."""
        return list_choices(permitted(self.settings, self.state))

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
