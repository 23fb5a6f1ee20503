"""The notebook front end: what `%%smallcode` and `%smallcode` do in one kernel."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from smallcode_jupyter.frontends.accepting import CodeRun, arun_code, keep_as_next_cell, run_code
from smallcode_jupyter.frontends.consent import kernel_note, may_run
from smallcode_jupyter.frontends.live import LiveOutput, open_output, show
from smallcode_jupyter.frontends.modules.live import Modules, Reloaded
from smallcode_jupyter.frontends.modules.rerun import rerun_if_auto
from smallcode_jupyter.frontends.options import MagicOptions, parse_magic
from smallcode_jupyter.frontends.reports import undo_sentence, undone_sentence
from smallcode_jupyter.protocol.errors import Cancelled, SmallCodeError
from smallcode_jupyter.render.html import code_html, sentence_html
from smallcode_jupyter.render.plain import plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.cells.fixing import Replacement
    from smallcode_jupyter.frontends.comm import Panels
    from smallcode_jupyter.frontends.kernel import LiveKernel
    from smallcode_jupyter.protocol.events import Envelope
    from smallcode_jupyter.protocol.tasks import Limits, Policy, Surface
    from smallcode_jupyter.session.results import Accepted, RunResult
    from smallcode_jupyter.session.session import Session
    from smallcode_jupyter.workspace.journal import UndoReport

__all__ = ["CellStopped", "CellUsageError", "Notebook"]

_HEARTBEAT = 0.1
"""Seconds between two looks while awaiting: an interrupt is noticed at the latest then."""

_NO_WORDS = "Write below %%smallcode what you want, in plain words; %smallcode help says what else there is."
_DECIDE = "Nothing is changed yet: accept with %smallcode accept, or discard with %smallcode reject."


class _Wanted(TypedDict):
    """What a session is told of a run beside the words."""

    surface: Surface
    policy: Policy | None
    limits: Limits | None
    on_event: Callable[[Envelope], None]


class CellUsageError(Exception):
    """Ends a cell with one sentence: what was asked for does not exist."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback."""
        return [str(self)]


class CellStopped(CellUsageError):
    """Ends a cell that the person stopped, so that the cells queued behind it do not run."""


class Notebook:
    """One kernel's front end. The session is opened at the first need, or given with `use`."""

    def __init__(self, shell: Any, *, open_session: Callable[[Any, LiveKernel], Session]) -> None:
        """`shell` is an IPython shell; `open_session` gets it and its facts."""
        from smallcode_jupyter.frontends.kernel import LiveKernel
        from smallcode_jupyter.frontends.undo.commits import Commits

        self.shell = shell
        self.facts = LiveKernel(shell, shows_samples=lambda: self.session.settings.samples)
        self.commits = Commits(shell)
        """What was accepted here, so that it can be undone."""
        self.modules = Modules(shell, self.facts)
        """The modules that are loaded here out of the person's files."""
        self.replacement: Replacement | None = None
        """The cell for which a corrected text was proposed last."""
        self.panels: Panels | None = None
        """Told of every event; None outside a kernel."""
        self._open_session = open_session
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session, opened at the first look. Raises SmallCodeError where it cannot be."""
        if self._session is None:
            self._session = self._open_session(self.shell, self.facts)
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether there is a session already."""
        return self._session is not None

    def use(self, session: Session) -> None:
        """Work with this session from now on; it stays the caller's to close."""
        self._session = session

    def close(self) -> None:
        """Give back the session, if there is one."""
        if self._session is not None:
            self._session.close()
            self._session = None
        self.commits.close()

    # --- %%smallcode ---------------------------------------------------------------------------------------------

    def cell(self, line: str, body: str = "") -> None:
        """The plain magic: blocks until the run has ended."""
        options = self._options(line, body)
        if options is None:
            return
        output = self._started(options)
        result: RunResult | None = None
        accepted: Accepted | None = None
        with self._told(output), self._wishes(options):
            result = self.session.run(options.words, **self._wanted(options, output))
            accepted = self._accepted_at_once(options, result)
            code_run = self._run_accepted(accepted) if accepted else None
            output.finish(self._closing(result, accepted, code_run))
        rerun_if_auto(self, options.policy, accepted)
        self._end(result)

    async def arun(self, line: str, body: str) -> None:
        """The awaiting form: the kernel's loop goes on, and an interrupt is noticed at once."""
        options = self._options(line, body)
        if options is None:
            return
        output = self._started(options)
        await asyncio.sleep(0)
        result: RunResult | None = None
        accepted: Accepted | None = None
        with self._told(output), self._wishes(options):
            result = await self._awaited(options, output)
            accepted = self._accepted_at_once(options, result)
            code_run = await self._arun_accepted(accepted) if accepted else None
            output.finish(self._closing(result, accepted, code_run))
        rerun_if_auto(self, options.policy, accepted)
        self._end(result)

    async def arun_elsewhere(self, options: MagicOptions, output: LiveOutput) -> RunResult | None:
        """A run that is shown elsewhere than in a cell. Nothing of it is accepted here; None where it could not begin.

        Raises UsageError for a reference that leads nowhere.
        """
        options = self._without_references(options)
        result: RunResult | None = None
        with self._told(output), self._wishes(options):
            result = await self._awaited(options, output)
        return result

    async def arun_captured(self, accepted: Accepted, then: tuple[str, ...] = ()) -> str:
        """Run accepted code without a cell, and `then`; what it printed and showed, and how it ended."""
        from IPython.utils.capture import capture_output

        with capture_output() as captured:
            code_run = await self._arun_accepted(accepted, then)
        if accepted.cell_code and code_run is not None and code_run.was_run:
            self.facts.remember(accepted.cell_code)
        shown = [str(output.data.get("text/plain", "")) for output in captured.outputs]
        error = code_run.error if code_run is not None else ""
        return "\n".join(part for part in (captured.stdout, captured.stderr, *shown, error) if part)

    async def _awaited(self, options: MagicOptions, output: LiveOutput) -> RunResult:
        run = self.session.arun(options.words, **self._wanted(options, output))
        return await _beating(asyncio.ensure_future(run), output)

    def _wanted(self, options: MagicOptions, output: LiveOutput) -> _Wanted:
        return {
            "surface": options.surface,
            "policy": options.policy,
            "limits": options.limited(self.session.settings.limits),
            "on_event": self._listener(output),
        }

    def _listener(self, output: LiveOutput) -> Callable[[Envelope], None]:
        """Hands every event to the output and to the panels."""

        def listen(envelope: Envelope) -> None:
            output.add(envelope)
            if self.panels is not None:
                self.panels.emit(envelope)

        return listen

    def _options(self, line: str, body: str) -> MagicOptions | None:
        """The cell's wishes, or None where there are no words. Raises CellUsageError."""
        try:
            options = self._without_references(parse_magic(line, body))
        except SmallCodeError as error:
            raise CellUsageError(str(error)) from None
        if options.words.strip():
            return options
        show(self.shell, _NO_WORDS, html=sentence_html(_NO_WORDS))
        return None

    def _without_references(self, options: MagicOptions) -> MagicOptions:
        """What stands after `@` put into plain words. Raises UsageError for one that leads nowhere."""
        if "@" not in options.words:
            return options
        return replace(options, words=self.facts.plain_words(options.words, root=self.session.root))

    def _started(self, options: MagicOptions) -> LiveOutput:
        """The live output, already showing that the run begins: nothing slow comes before it."""
        output = open_output(self.shell, is_raw=options.is_raw, write=sys.stdout.write)
        output.start()
        return output

    @contextmanager
    def _told(self, output: LiveOutput) -> Iterator[None]:
        """A failure on the way becomes a sentence in the output; the cell ends as if it had run."""
        closing = "The run broke off; what happened is told below."
        try:
            yield
            closing = ""
        except Cancelled as error:
            closing = str(error.problem)
            raise CellStopped(closing) from None
        except SmallCodeError as error:
            closing = str(error.problem)
        finally:
            if closing:
                output.finish(closing)

    @contextmanager
    def _wishes(self, options: MagicOptions) -> Iterator[None]:
        """The cell's own settings, for the time of its run."""
        session = self.session
        before = session.settings
        try:
            for name, value in options.settings:
                session.set(name, value)
            yield
        finally:
            for name, _ in options.settings:
                old = getattr(before, name)
                was_set_here = before.sources.get(name) == "set here" and old is not None
                session.set(name, str(old) if was_set_here else "")

    def _accepted_at_once(self, options: MagicOptions, result: RunResult) -> Accepted | None:
        """Under the policy `auto`, what validated is accepted without asking."""
        policy = options.policy or self.session.settings.policy
        if policy != "auto" or result.finished.outcome != "validated" or result.changes.is_empty:
            return None
        return (
            self.session.accept()
            if may_run(result.changes, lambda question: self.session.ask(question))
            else None
        )

    def _closing(self, result: RunResult, accepted: Accepted | None, code_run: CodeRun | None) -> str:
        sentence = self._decision(result, accepted, code_run)
        return " · ".join(part for part in (sentence, kernel_note()) if part)

    def _decision(self, result: RunResult, accepted: Accepted | None, code_run: CodeRun | None) -> str:
        if accepted is not None:
            return self._keep(accepted, code_run)
        if result.finished.outcome == "cancelled":
            return f"The trace until here: {result.trace}"
        pending = self.session.pending
        return _DECIDE if pending is not None and not pending.is_empty else ""

    def _keep(self, accepted: Accepted, code_run: CodeRun | None) -> str:
        """Keep accepted code as the next cell; a sentence on all that was done."""
        parts = [f"Accepted: {plain(', '.join(accepted.paths))}."] if accepted.paths else ["Accepted."]
        if accepted.cell_code and code_run is not None:
            keep_as_next_cell(self.shell, accepted.cell_code)
            if code_run.was_run:
                self.facts.remember(accepted.cell_code)
            parts.append(code_run.sentence())
        return " ".join((*parts, *self.reloaded(accepted).sentences()))

    def reloaded(self, accepted: Accepted) -> Reloaded:
        """What accepting did to the modules that are loaded here."""
        commit = self.commits.last
        return commit.reloaded if commit and commit.entry == accepted.entry != "" else Reloaded()

    def _end(self, result: RunResult | None) -> None:
        if result is not None and result.finished.outcome == "cancelled":
            raise CellStopped("Stopped. What was done until then is shown above.")

    def run_here(
        self,
        words: str,
        *,
        closing: Callable[[RunResult], str],
        policy: Policy | None = None,
        limits: Limits | None = None,
    ) -> RunResult | None:
        """A run that a command starts, shown like that of a cell; None where it could not begin.

        `closing` gives the last sentence of the output.
        """
        output = open_output(self.shell, is_raw=False, write=sys.stdout.write)
        output.start()
        result: RunResult | None = None
        with self._told(output):
            result = self.session.run(
                words, surface="notebook", policy=policy, limits=limits, on_event=self._listener(output)
            )
            output.finish(closing(result))
        self._end(result)
        return result

    # --- %smallcode ----------------------------------------------------------------------------------------------

    def line(self, line: str) -> None:
        """The line magic: one of the commands of `subcommands`."""
        from smallcode_jupyter.frontends.subcommands import run_command

        try:
            run_command(self, line)
        except SmallCodeError as error:
            raise CellUsageError(str(error)) from None

    def accept(self, accepted: Accepted) -> None:
        """Show what was accepted; run its code here and keep it as the next cell."""
        code = accepted.cell_code
        if code:
            show(self.shell, plain(code), html=code_html(code))
        self.tell(self._keep(accepted, self._run_accepted(accepted)))
        rerun_if_auto(self, None, accepted)

    def undo(self) -> str:
        """Put back what was accepted last: files, variables, modules; what that did. Raises as `Session.undo` does."""
        commit = self.commits.last
        report: UndoReport | None
        if commit is None:
            report = self.session.undo()
            told = undo_sentence(report)
        else:
            report = self.session.undo(commit.entry) if commit.entry else None
            told = undone_sentence(report, self.commits.undo_last(), has_cell=commit.has_cell)
        if report is None:
            return told
        reloaded = self.modules.undone(
            report.paths, self.session.root, commit.reloaded if commit else Reloaded()
        )
        return plain(" ".join((told, *reloaded.sentences())))

    @contextmanager
    def committing(self, accepted: Accepted, *codes: str) -> Iterator[None]:
        """For code that runs here since it was accepted: remembered, so that it can be undone.

        Before it runs, modules whose files were written are loaded again.
        """
        with self.commits.commit(*codes, entry=accepted.entry) as commit:
            commit.reloaded = self.modules.changed(accepted.paths, self.session.root)
            yield

    def _run_accepted(self, accepted: Accepted) -> CodeRun | None:
        """Run accepted code here, remembered so that it can be undone."""
        with self.committing(accepted, accepted.cell_code or ""):
            return run_code(self.shell, accepted.cell_code) if accepted.cell_code else None

    async def _arun_accepted(self, accepted: Accepted, then: tuple[str, ...] = ()) -> CodeRun | None:
        """The same, awaited; `then` are sources that run after it. How the last that was run ended."""
        code = accepted.cell_code
        code_run: CodeRun | None = None
        with self.committing(accepted, code or "", *then):
            for source in (code, *then) if code else ():
                code_run = await arun_code(self.shell, source)
                if code_run.error:
                    break
        return code_run

    def tell(self, sentence: str) -> None:
        """Show a sentence."""
        show(self.shell, sentence, html=sentence_html(sentence))


async def _beating(task: asyncio.Future[RunResult], output: LiveOutput) -> RunResult:
    """Await the run while refreshing the output.

    The kernel turns an interrupt into a cancellation of this coroutine, which is passed on: the run then ends properly.
    Raises Cancelled where it was interrupted again before it had.
    """
    while not task.done():
        try:
            await asyncio.wait({task}, timeout=_HEARTBEAT)
        except asyncio.CancelledError:
            task.cancel()
        output.tick()
    if task.cancelled():
        raise Cancelled("The run was stopped before it had ended properly.")
    return task.result()


def open_default_session(shell: Any, facts: LiveKernel) -> Session:
    """A session in the kernel's working folder."""
    from smallcode_jupyter.frontends.ask import make_asker
    from smallcode_jupyter.session.session import Session

    def can_ask() -> bool:
        kernel = getattr(shell, "kernel", None)
        return bool(getattr(kernel, "_allow_stdin", False)) if kernel is not None else sys.stdin.isatty()

    return Session(root=Path.cwd(), facts=facts, ask=make_asker(input, can_ask=can_ask))
