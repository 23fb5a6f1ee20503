"""The notebook front end: what `%%smallcode` and `%smallcode` do in one kernel."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.accepting import CodeRun, arun_code, keep_as_next_cell, run_code
from smallcode_jupyter.frontends.live import LiveOutput, open_output, show
from smallcode_jupyter.frontends.options import MagicOptions, parse_magic
from smallcode_jupyter.protocol.errors import Cancelled, SmallCodeError
from smallcode_jupyter.render.html import code_html, sentence_html
from smallcode_jupyter.render.plain import plain

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.kernel import LiveKernel
    from smallcode_jupyter.session.session import Accepted, RunResult, Session

__all__ = ["CellStopped", "CellUsageError", "Notebook"]

_HEARTBEAT = 0.1
"""Seconds between two looks while awaiting: an interrupt is noticed at the latest then."""

_NO_WORDS = "Write below %%smallcode what you want, in plain words; %smallcode help says what else there is."
_DECIDE = "Nothing is changed yet: accept with %smallcode accept, or discard with %smallcode reject."


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

        self.shell = shell
        self.facts = LiveKernel(shell)
        self.names_set: tuple[str, ...] = ()
        """Variables that the code accepted last has set."""
        self._open_session = open_session
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The session, opened at the first look. Raises SmallCodeError where it cannot be."""
        if self._session is None:
            self._session = self._open_session(self.shell, self.facts)
        return self._session

    def use(self, session: Session) -> None:
        """Work with this session from now on; it stays the caller's to close."""
        self._session = session

    def close(self) -> None:
        """Give back the session, if there is one."""
        if self._session is not None:
            self._session.close()
            self._session = None

    # --- %%smallcode ---------------------------------------------------------------------------------------------

    def cell(self, line: str, body: str = "") -> None:
        """The plain magic: blocks until the run has ended."""
        options = self._options(line, body)
        if options is None:
            return
        output = self._started(options)
        result: RunResult | None = None
        with self._told(output), self._wishes(options):
            result = self.session.run(
                options.words,
                surface=options.surface,
                policy=options.policy,
                limits=options.limited(self.session.settings.limits),
                on_event=output.add,
            )
            accepted = self._accepted_at_once(options, result)
            code_run = run_code(self.shell, accepted.cell_code) if accepted and accepted.cell_code else None
            output.finish(self._closing(result, accepted, code_run))
        self._end(result)

    async def arun(self, line: str, body: str) -> None:
        """The awaiting form: the kernel's loop goes on, and an interrupt is noticed at once."""
        options = self._options(line, body)
        if options is None:
            return
        output = self._started(options)
        await asyncio.sleep(0)
        result: RunResult | None = None
        with self._told(output), self._wishes(options):
            run = self.session.arun(
                options.words,
                surface=options.surface,
                policy=options.policy,
                limits=options.limited(self.session.settings.limits),
                on_event=output.add,
            )
            result = await _beating(asyncio.ensure_future(run), output)
            accepted = self._accepted_at_once(options, result)
            code_run = None
            if accepted and accepted.cell_code:
                code_run = await arun_code(self.shell, accepted.cell_code)
            output.finish(self._closing(result, accepted, code_run))
        self._end(result)

    def _options(self, line: str, body: str) -> MagicOptions | None:
        """The cell's wishes, or None where there are no words. Raises CellUsageError."""
        try:
            options = parse_magic(line, body)
        except SmallCodeError as error:
            raise CellUsageError(str(error)) from None
        if options.words.strip():
            return options
        show(self.shell, _NO_WORDS, html=sentence_html(_NO_WORDS))
        return None

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
        return self.session.accept()

    def _closing(self, result: RunResult, accepted: Accepted | None, code_run: CodeRun | None) -> str:
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
            self.names_set = code_run.names
            if code_run.was_run:
                self.facts.remember(accepted.cell_code)
            parts.append(code_run.sentence())
        return " ".join(parts)

    def _end(self, result: RunResult | None) -> None:
        if result is not None and result.finished.outcome == "cancelled":
            raise CellStopped("Stopped. What was done until then is shown above.")

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
        code_run = run_code(self.shell, code) if code else None
        self.tell(self._keep(accepted, code_run))

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
