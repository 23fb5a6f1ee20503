"""The forked copy of a kernel: run one cell there, report, wait to be ended. Nothing returns to the caller's
frames."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NoReturn

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox import canary, isolate, marks, namespaces, outcome, pages, plots, private
from smallcode_jupyter.sandbox.attempts import Attempts
from smallcode_jupyter.sandbox.confine import confine_self, volunteer_for_memory
from smallcode_jupyter.sandbox.digest import digest_of
from smallcode_jupyter.sandbox.maps import privatise_shared_maps
from smallcode_jupyter.sandbox.policy import Display, Plot, SandboxPolicy, TrialReport, ValueChange
from smallcode_jupyter.sandbox.values import describe_value

__all__ = ["CopyRequest", "run_copy"]

_RESULT_CHARS = 4_000
_TRACEBACK_CHARS = 4_000
_DISPLAY_CHARS = 2_000
_NAMES = 200
_DESCRIBED = 50
_DISPLAYS = 20
_LINGER_SECONDS = 30.0
_MOST_TASKS = 256
_SHARED_MEMORY = Path("/dev/shm")
_Kind = Literal["added", "changed", "changed inside", "deleted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRequest:
    """What the copy is to do, and where to."""

    code: str
    scratch: Path
    outside: Path
    """A folder the person may write to and the copy may not: to prove that it cannot."""
    workspace: Path | None
    """The folder to cover with a layer; None: the cell can write in `scratch` only."""
    has_namespaces: bool
    hidden: tuple[Path, ...]
    buffers: tuple[pages.Buffer, ...]
    seconds: float
    parent: int
    report: int
    """The pipe for the report: eight digits of length, then JSON."""
    stdout: int
    stderr: int
    thread_limits: tuple[Callable[[int], object], ...]
    """What sets the number of threads of native libraries."""
    prepare: Callable[[], BaseException | None] | None
    """What the copy does, confined, before the cell; an error ends the trial as one of the cell would."""
    random_state: Any
    """Of the `random` module, which reseeds itself in every fork; None if it is not loaded."""


@dataclass(slots=True)
class _Shown:
    """What the cell shows, while it runs."""

    shell: Any
    results: list[str] = field(default_factory=list)
    displays: list[Display] = field(default_factory=list)
    plots: list[Plot] = field(default_factory=list)

    def result(self, value: object) -> None:
        """The value of the cell's last expression."""
        if value is None:
            return
        formatter = self.shell.display_formatter.formatters["text/plain"]
        self.results.append(outcome.shorten(str(formatter(value) or ""), _RESULT_CHARS))
        if any(kind.__module__ == "matplotlib.figure" for kind in type(value).__mro__):
            self.figure(value)

    def display(self, data: Any) -> None:
        """Something displayed, by MIME type: its plain text, among what is printed, and what else it is."""
        text = str(data.get("text/plain", ""))
        sys.stdout.write(text + "\n")
        if len(self.displays) < _DISPLAYS:
            types = tuple(sorted(str(kind)[:100] for kind in data))
            self.displays.append(Display(types=types, text=outcome.shorten(text, _DISPLAY_CHARS)))

    def figure(self, figure: Any) -> None:
        """A figure displayed, or left open."""
        if len(self.plots) < _DISPLAYS:
            self.plots.append(plots.describe_figure(figure))


def run_copy(shell: Any, request: CopyRequest) -> NoReturn:
    """Isolate and confine this process, run the cell, send the report, and end. For the child of a fork only."""
    status = 1
    try:
        try:
            report = _run(shell, request)
        except SandboxError as error:
            report = TrialReport(status="not_tried", reason=str(error))
        except BaseException as error:  # noqa: BLE001  # leaving would run the caller's frames a second time
            reason = f"The trial could not be set up: {type(error).__name__}: {error}."
            report = TrialReport(status="not_tried", reason=reason)
        message = json.dumps(asdict(report)).encode(errors="replace")
        message = b"%08d" % len(message) + message
        while message:
            message = message[os.write(request.report, message) :]
        # The kernel looks at this process's memory and files, and then ends it.
        time.sleep(_LINGER_SECONDS)
        status = 0
    finally:
        os._exit(status)


def _run(shell: Any, request: CopyRequest) -> TrialReport:
    shown = _Shown(shell)
    isolate.detach_process(request.parent)
    volunteer_for_memory()
    isolate.redirect_streams(request.stdout, request.stderr)
    isolate.seal_files(frozenset((request.report,)))
    privatise_shared_maps()
    private.wipe_session_key(shell)
    private.wipe_environment()
    isolate.mute_shell(shell, shown.result, shown.display)
    isolate.limit_native_threads(request.thread_limits)
    roots = _enter_namespaces(request)
    isolate.use_scratch(request.scratch)
    isolate.quiet_plots()
    isolate.catch_figures(shell, shown.figure)
    policy = SandboxPolicy(
        write_roots=roots,
        hidden=request.hidden,
        hides_names=False,
        most_tasks=_MOST_TASKS if request.has_namespaces and os.geteuid() != 0 else None,
        seconds=request.seconds,
    )
    confinement = confine_self(policy, is_strict=True, is_trial=True).name
    canary.prove_confinement(request.outside, request.parent)
    attempts = Attempts(tuple(str(root) for root in roots))
    figures = plots.figure_numbers()
    if request.random_state is not None:
        sys.modules["random"].setstate(request.random_state)
    attempts.listen()
    unready = error = request.prepare() if request.prepare is not None else None
    before, marked = dict(shell.user_ns), marks.mark_values(shell.user_ns)
    if error is None:
        execution = shell.run_cell(request.code, store_history=False)
        error = execution.error_before_exec or execution.error_in_exec
        error = error or _finish_figures(shown, figures)
    if request.has_namespaces:
        confinement += "+namespaces"
    report = _report(shell, request, before, marked, error, shown, attempts.told(), confinement)
    return replace(report, is_prepared=unready is None)


def _enter_namespaces(request: CopyRequest) -> tuple[Path, ...]:
    """The folders that may be written to."""
    if not request.has_namespaces:
        return (request.scratch,)
    try:
        namespaces.enter_namespaces(request.scratch, request.workspace)
    except OSError as error:
        raise SandboxError("Nothing was run.", why=f"Setting up the namespaces failed: {error}.") from error
    covered = () if request.workspace is None else (request.workspace,)
    shared = (_SHARED_MEMORY,) if _SHARED_MEMORY.is_dir() else ()
    return (request.scratch, *shared, *covered)


def _finish_figures(shown: _Shown, before: frozenset[int]) -> BaseException | None:
    """Take in the figures left open; the error that drawing one raises, or None."""
    try:
        for figure in plots.open_figures(before):
            shown.figure(figure)
    except Exception as error:  # noqa: BLE001  # the person's data, through matplotlib
        return error
    return None


def _report(
    shell: Any,
    request: CopyRequest,
    before: Mapping[str, object],
    marked: Mapping[str, int],
    error: BaseException | None,
    shown: _Shown,
    blocked: tuple[str, ...],
    confinement: str,
) -> TrialReport:
    added, changed, deleted = outcome.compare_names(before, shell.user_ns)
    inside = _changed_inside(request.buffers, before, shell.user_ns, marked)
    line, trace, reason = "", "", ""
    if error is not None:
        line, trace = outcome.describe_error(error, request.code, shell.user_ns)
        reason = outcome.describe_refusal(error)
    kinds: dict[_Kind, tuple[str, ...]] = {
        "added": added,
        "changed": changed,
        "changed inside": tuple(inside),
        "deleted": deleted,
    }
    values = [
        ValueChange(
            name=name, kind=kind, changed_bytes=inside.get(name, 0) if kind == "changed inside" else 0
        )
        for kind, names in kinds.items()
        for name in names
    ]
    values[:_DESCRIBED] = [_described(change, shell.user_ns) for change in values[:_DESCRIBED]]
    return TrialReport(
        status="passed" if error is None else "not_tried" if reason else "failed",
        result=shown.results[-1] if shown.results else "",
        error=line,
        traceback=outcome.shorten(trace, _TRACEBACK_CHARS),
        added=added[:_NAMES],
        changed=tuple(sorted({*changed, *inside}))[:_NAMES],
        deleted=deleted[:_NAMES],
        values=tuple(values[:_NAMES]),
        blocked=blocked,
        displays=tuple(shown.displays),
        plots=tuple(shown.plots),
        reason=reason,
        confinement=confinement,
    )


def _described(change: ValueChange, namespace: Mapping[str, Any]) -> ValueChange:
    if change.kind == "deleted":
        return change
    value = namespace[change.name]
    try:
        digest = digest_of(value, namespace)
    except Exception:  # noqa: BLE001  # the person's data, through their libraries
        digest = ""
    return replace(change, after=describe_value(value), digest=digest)


def _changed_inside(
    buffers: tuple[pages.Buffer, ...],
    before: Mapping[str, object],
    after: Mapping[str, object],
    marked: Mapping[str, int],
) -> dict[str, int]:
    """Variables that are the same object with other content.

    0 for those whose content or structure was compared. Others have memory that was written, in bytes: the kernel,
    which sees both sides, finds out whether it differs.
    """
    written = pages.written_bytes("self", buffers) if buffers else {}
    same = {
        name: count for name, count in written.items() if name in after and after[name] is before.get(name)
    }
    compared = dict.fromkeys(marks.changed_inside(marked, before, after), 0)
    return dict(sorted((same | compared).items()))
