"""One kernel's panels: what they are told, and what they wish. See `comm_messages` for the two channels.

Messages of the control channel may arrive on any thread: they only set flags and fill queues. Deeds run where cells
run, in turn with them.
"""

from __future__ import annotations

import json
import queue
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from smallcode_jupyter.frontends import comm_messages as say
from smallcode_jupyter.frontends.ask import ask_nobody
from smallcode_jupyter.frontends.cells.fixing import Attempt, afix, refuse_stale, replacement_of
from smallcode_jupyter.frontends.comm_log import RunLog, append_joined
from smallcode_jupyter.frontends.consent import may_run
from smallcode_jupyter.frontends.notebook import CellUsageError, Notebook
from smallcode_jupyter.frontends.options import MagicOptions
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import Problem, SmallCodeError, UsageError
from smallcode_jupyter.protocol.events import Envelope, ModelDelta
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.render.plain import cut, plain
from smallcode_jupyter.render.view import ViewState
from smallcode_jupyter.workspace.selection import Choice

if TYPE_CHECKING:
    from smallcode_jupyter.protocol.changes import ChangeSet
    from smallcode_jupyter.session.results import Accepted, RunResult
    from smallcode_jupyter.session.session import Session

__all__ = ["Panels", "connect", "do", "install_panels", "panels_of", "remove_panels"]

Send = Callable[[dict[str, Json]], None]

_PERIOD = 0.05
"""Seconds between two messages while an answer is written."""
_MOST_OUTPUT = 20_000
_HEARTBEAT = 0.1


class _Quiet:
    """The output of a run that is shown in panels only."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.view = ViewState()
        self._tell = tell

    def start(self) -> None:
        """Nothing: the panels get the events."""

    def add(self, envelope: Envelope) -> None:
        """Nothing: the panels get the events."""

    def tick(self) -> None:
        """Nothing: the panels get the events."""

    def finish(self, closing: str) -> None:
        """Tell why the run broke off."""
        self._tell(closing)


class Panels:
    """All panels of one kernel."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._kernel = uuid.uuid4().hex
        self._lock = threading.RLock()
        self._listeners: dict[str, Send] = {}
        self._log = RunLog()
        self._due: list[Envelope] = []
        self._sent_at = 0.0
        self._pending: ChangeSet | None = None
        self._is_running = False
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    # --- telling -------------------------------------------------------------------------------------------------

    def listen(self, send: Send) -> Callable[[], None]:
        """Tell a panel everything so far, and from now on what happens, until the returned function is called."""
        name = uuid.uuid4().hex
        with self._lock:
            self._flush()
            send(say.to_message(self._hello()))
            self._listeners[name] = send

        def leave() -> None:
            with self._lock:
                self._listeners.pop(name, None)

        return leave

    def emit(self, envelope: Envelope) -> None:
        """Tell of an event. Pieces of answers are joined and sent at most every `_PERIOD`, all else at once."""
        with self._lock:
            self._log.keep(envelope)
            self._is_running = envelope.event.type != "task.finished"
            append_joined(self._due, envelope)
            is_piece = isinstance(envelope.event, ModelDelta)
            if not is_piece or time.monotonic() - self._sent_at >= _PERIOD:
                self._flush()

    def tell(self, said: say.Said) -> None:
        """Tell all panels."""
        message = say.to_message(said)
        with self._lock:
            self._flush()
            for send in list(self._listeners.values()):
                send(message)

    def refresh(self, *_: object) -> None:
        """Tell what waits for a decision, if that has changed: cells can decide, too."""
        if not self.notebook.is_open:
            return
        with self._lock:
            pending = self.notebook.session.pending
            if pending is not self._pending:
                self._pending = pending
                self.tell(say.Pending(changes=pending))

    def open(self) -> None:
        """Open the session, and tell all panels what it holds. Raises SmallCodeError where it cannot be opened."""
        _ = self.notebook.session
        with self._lock:
            self._flush()
            self.tell(self._hello())

    def _flush(self) -> None:
        if self._due:
            due, self._due = tuple(self._due), []
            self._sent_at = time.monotonic()
            self.tell(say.Events(envelopes=due))

    def _hello(self) -> say.Hello:
        is_open = self.notebook.is_open
        return say.Hello(
            version=say.VERSION,
            kernel=self._kernel,
            root=str(self.notebook.session.root) if is_open else "",
            runs=self._log.runs(),
            settings=self._settings() if is_open else (),
            pending=self.notebook.session.pending if is_open else None,
            is_running=self._is_running,
            left_out=tuple(sorted(self.notebook.session.left_out)) if is_open else (),
        )

    def _settings(self) -> tuple[say.Setting, ...]:
        rows = self.notebook.session.settings.describe()
        return tuple(say.Setting(name=name, value=value, source=source) for name, value, source in rows)

    # --- wishes: from any thread -----------------------------------------------------------------------------------

    def wish(self, data: Mapping[str, Any]) -> None:
        """Take a message of the control channel. Wishes that are not understood are told, never raised."""
        try:
            wish = say.read_wish(data)
        except UsageError as error:
            self.tell(say.Told(text=str(error), level="error"))
            return
        if isinstance(wish, say.Answer):
            self._answers.put(wish.choice)
        elif self.notebook.is_open:
            self._grant(wish, self.notebook.session)

    def _grant(self, wish: say.Stop | say.LeaveOut | say.ListModels, session: Session) -> None:
        match wish:
            case say.Stop():
                session.stop()
            case say.LeaveOut():
                session.leave_out(wish.name, is_out=wish.is_out)
                self.tell(say.LeftOut(names=tuple(sorted(session.left_out))))
            case say.ListModels():
                # Servers are asked, which may be slow to answer: no thread that messages come on waits for them.
                name = "smallcode-models"
                threading.Thread(target=self._tell_models, args=(session,), name=name, daemon=True).start()

    def _tell_models(self, session: Session) -> None:
        try:
            found = session.list_models()
        except SmallCodeError as error:
            self.tell(say.Told(text=plain(str(error)), level="error"))
            return
        models = tuple(say.ModelChoice(name=plain(choice.name), where=choice.where) for choice in found)
        self.tell(say.Models(models=models))

    def _ask(self, question: AskUser) -> Answer:
        """Wait for an answer of a panel. The run's own events have shown the question."""
        while not self._answers.empty():
            self._answers.get()
        while self._listeners and not self.notebook.session.is_stopping:
            try:
                choice = self._answers.get(timeout=_HEARTBEAT)
            except queue.Empty:
                continue
            if choice in question.choices:
                return Answer(choice=choice)
        problem = Problem(code="nobody_asked", what=f"“{question.default}” was taken without asking.")
        return Answer(choice=question.default, problem=problem)

    # --- deeds: where cells run ------------------------------------------------------------------------------------

    async def do(self, data: Mapping[str, Any], *, can_answer: bool = True) -> None:
        """Do what a panel asks for. What is not possible is told, never raised."""
        try:
            deed = say.read_deed(data)
            if isinstance(deed, say.Run):
                await self._run(deed, can_answer=can_answer)
            elif isinstance(deed, say.Fix):
                await self._fix(deed, can_answer=can_answer)
            elif isinstance(deed, say.Accept):
                await self._accept(deed)
            else:
                self._decide(deed)
        except (SmallCodeError, CellUsageError) as error:
            self.tell(say.Told(text=plain(str(error)), level="error"))
        self.refresh()

    async def _run(self, deed: say.Run, *, can_answer: bool) -> None:
        session = self.notebook.session
        options = MagicOptions(words=deed.words, surface=deed.surface, policy=deed.policy)
        result = await self._shown(options, can_answer=can_answer)
        policy = deed.policy or session.settings.policy
        is_wanted = result is not None and policy == "auto" and result.finished.outcome == "validated"
        # What would be asked about in a cell waits here for the person: the panel shows it.
        if is_wanted and session.pending and may_run(session.pending, ask_nobody):
            await self._accept(say.Accept(changes=session.pending.id))

    async def _fix(self, deed: say.Fix, *, can_answer: bool) -> None:
        error = self.notebook.facts.error_of(deed.cell_id, deed.number)

        async def run(attempt: Attempt) -> RunResult | None:
            calls = (("calls", attempt.limits.calls),) if attempt.limits else ()
            return await self._shown(MagicOptions(words=attempt.words, limits=calls), can_answer=can_answer)

        sentence = await afix(self.notebook, error, run)
        if sentence:
            self.tell(say.Told(text=plain(sentence)))

    async def _shown(self, options: MagicOptions, *, can_answer: bool) -> RunResult | None:
        """A run that panels show, and whose questions they answer; None where it could not begin."""
        session = self.notebook.session
        before = session.ask
        session.ask = self._ask if can_answer else ask_nobody
        try:
            told = _Quiet(lambda text: self.tell(say.Told(text=plain(text), level="error")))
            return await self.notebook.arun_elsewhere(options, told)
        finally:
            session.ask = before

    async def _accept(self, deed: say.Accept) -> None:
        refuse_stale(self.notebook.facts, self.notebook.session.pending)
        accepted = self.notebook.session.accept(self._choice(deed, "accept"))
        said = self._accepted(accepted)
        if accepted.cell_code and deed.runs_cell:
            correction = replacement_of(self.notebook, accepted)
            output = await self.notebook.arun_captured(accepted, correction.then if correction else ())
            said = replace(said, was_run=True, output=cut(plain(output), _MOST_OUTPUT))
        elif accepted.entry:
            with self.notebook.committing(accepted):
                pass
        reloaded = self.notebook.reloaded(accepted)
        self.tell(replace(said, dependents=reloaded.names))
        if reloaded.sentences():
            self.tell(say.Told(text=plain(" ".join(reloaded.sentences()))))

    def _accepted(self, accepted: Accepted) -> say.Accepted:
        cell, correction = accepted.cell, replacement_of(self.notebook, accepted)
        is_new = cell is None or cell.path == NEXT_CELL
        return say.Accepted(
            paths=accepted.paths,
            cell_code=accepted.cell_code,
            cell_id=None if cell is None or is_new else cell.path.removeprefix("cell:"),
            cell_before=None if cell is None or is_new else cell.before,
            then=tuple(map(self.notebook.facts.cell_name, correction.numbers)) if correction else (),
        )

    def _decide(self, deed: say.Reject | say.Undo | say.SetSetting) -> None:
        session = self.notebook.session
        match deed:
            case say.Reject():
                gone = session.reject(self._choice(deed, "reject"))
                self.tell(say.Told(text=plain(f"Discarded: {', '.join(gone)}.") if gone else "Discarded."))
            case say.Undo():
                self.tell(say.Told(text=self.notebook.undo()))
            case say.SetSetting():
                session.set(deed.name, deed.value)
                self.tell(say.Told(text=f"{deed.name} is set.", settings=self._settings()))

    def _choice(self, deed: say.Accept | say.Reject, verdict: Literal["accept", "reject"]) -> Choice:
        """What the person chose, if it is still what is proposed. Raises UsageError."""
        pending = self.notebook.session.pending
        changed = UsageError("The proposal has changed since it was shown.", hint="Look at it again.")
        if pending is None or pending.id != deed.changes:
            raise changed
        if deed.hunks is None:
            return Choice(verdict=verdict, path=deed.path)
        hunks = next((change.hunks() for change in pending.files if change.path == deed.path), ())
        ranges = [
            say.HunkRange(
                before_start=hunk.before_start,
                before_end=hunk.before_end,
                after_start=hunk.after_start,
                after_end=hunk.after_end,
            )
            for hunk in hunks
        ]
        if not set(deed.hunks) <= set(ranges):
            raise changed
        return Choice(
            verdict=verdict, path=deed.path, hunks=frozenset(ranges.index(hunk) for hunk in deed.hunks)
        )


# --- the kernel's side of the channels ---------------------------------------------------------------------------


def install_panels(shell: Any, notebook: Notebook) -> None:  # IPython is not typed
    """Let panels reach this kernel. Outside a kernel nothing happens."""
    if getattr(shell, "kernel", None) is None:
        return
    from comm import get_comm_manager

    panels = notebook.panels = Panels(notebook)

    def open_stream(comm: Any, message: object) -> None:
        leave = panels.listen(lambda data: comm.send(data))
        comm.on_close(lambda _: leave())

    def open_control(comm: Any, message: object) -> None:
        comm.on_msg(lambda received: panels.wish(received["content"]["data"]))

    manager = get_comm_manager()
    manager.register_target(say.STREAM, open_stream)
    manager.register_target(say.CONTROL, open_control)
    shell.events.register("post_run_cell", panels.refresh)


def remove_panels(shell: Any, notebook: Notebook) -> None:
    """Close what is open, so that panels know; they may ask again."""
    if notebook.panels is None:
        return
    from comm import get_comm_manager

    shell.events.unregister("post_run_cell", notebook.panels.refresh)
    notebook.panels = None
    manager = get_comm_manager()
    for comm in list(manager.comms.values()):
        if comm.target_name in (say.STREAM, say.CONTROL):
            comm.close()
    for target, callback in list(manager.targets.items()):
        if target in (say.STREAM, say.CONTROL):
            manager.unregister_target(target, callback)


def panels_of(shell: Any) -> Panels:
    """This kernel's panels; loads the extension where it is not loaded. Raises UsageError outside a kernel."""
    from smallcode_jupyter.frontends.magic import load, notebook_of

    if getattr(shell, "kernel", None) is None:
        raise UsageError("A panel needs a kernel.", hint="Open a notebook.")
    try:
        notebook = notebook_of(shell)
    except UsageError:
        notebook = load(shell)
    assert notebook.panels is not None
    return notebook.panels


def connect() -> None:
    """What a panel runs first: load the extension where it is not loaded, and open the session."""
    panels = panels_of(_shell())
    try:
        panels.open()
    except SmallCodeError as error:
        panels.tell(say.Told(text=plain(str(error)), level="error"))


async def do(message: str) -> None:
    """What a panel runs for a deed: JSON as in `comm_messages`."""
    await panels_of(_shell()).do(json.loads(message))


def _shell() -> Any:
    from IPython.core.getipython import get_ipython

    return get_ipython()
