"""`%%trial`: run a cell in a confined copy of the kernel and show what it would do. The kernel stays as it is."""

from __future__ import annotations

import re
import tempfile
import uuid
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.live import is_plain, show
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.render.plain import plain
from smallcode_jupyter.sandbox.launched import UNCONFINED, is_kernel_confined
from smallcode_jupyter.sandbox.telling import tell_report
from smallcode_jupyter.sandbox.trial import run_trial

__all__ = ["CellTrial", "install_trial", "parse_seconds", "remove_trial"]

_NAME = "trial"
_SECONDS = 10.0
_MOST_SECONDS = 600.0
_OPTION = re.compile(r"(?:--seconds[= ]\s*)?(\d+(?:\.\d+)?)")
_NOTHING = "Write below %%trial what is to be tried."
_UNCHANGED = "Your variables and files are as they were."


class CellTrial:
    """The magic of one shell."""

    def __init__(self, shell: Any) -> None:  # IPython is not typed
        self._shell = shell

    def cell(self, line: str, body: str = "") -> None:
        """Try the cell and show the report; `line` may say for how many seconds at most."""
        from smallcode_jupyter.frontends.notebook import CellUsageError

        try:
            seconds = parse_seconds(line)
        except UsageError as error:
            raise CellUsageError(str(error)) from None
        if not body.strip():
            show(self._shell, _NOTHING)
            return
        tail = _Tail(self._shell)
        with tempfile.TemporaryDirectory(prefix="smallcode-", ignore_cleanup_errors=True) as folder:
            scratch = Path(folder) / "trial"
            report = run_trial(self._shell, body, seconds=seconds, scratch=scratch, on_tail=tail.show)
        lines = [tell_report(report), _UNCHANGED]
        if report.confinement and not is_kernel_confined():
            lines.append(UNCONFINED)
        tail.finish("\n".join(lines))


class _Tail:
    """One display: what a long cell prints, and in the end the report."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._id = f"smallcode-{uuid.uuid4().hex}"
        self._is_shown = False

    def show(self, text: str) -> None:
        """The last of what it printed until now."""
        if not is_plain(self._shell):
            self._publish(f"The trial is running; ■ stops it.\n{text}")

    def finish(self, text: str) -> None:
        """The report in its place."""
        if self._is_shown:
            self._publish(text)
        else:
            show(self._shell, plain(text))

    def _publish(self, text: str) -> None:
        data, transient = {"text/plain": plain(text)}, {"display_id": self._id}
        self._shell.display_pub.publish(data=data, metadata={}, transient=transient, update=self._is_shown)
        self._is_shown = True


def parse_seconds(line: str) -> float:
    """The most seconds a trial may take: a number, alone or after `--seconds`. Raises UsageError."""
    if not line.strip():
        return _SECONDS
    found = _OPTION.fullmatch(line.strip())
    seconds = float(found[1]) if found else 0.0
    if not 0 < seconds <= _MOST_SECONDS:
        raise UsageError(
            f"%%trial does not know {line.strip()!r}.",
            hint=f"It takes one option, the most seconds: %%trial --seconds 30, up to {_MOST_SECONDS:g}.",
        )
    return seconds


def install_trial(shell: Any) -> None:
    """Register `%%trial` in an IPython shell."""
    from IPython.core.magic import no_var_expand

    no_var_expand(CellTrial.cell)
    shell.register_magic_function(CellTrial(shell).cell, magic_kind="cell", magic_name=_NAME)


def remove_trial(shell: Any) -> None:
    """Take `%%trial` away again."""
    shell.magics_manager.magics["cell"].pop(_NAME, None)
