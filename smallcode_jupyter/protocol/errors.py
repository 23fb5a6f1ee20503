"""Every exception the package raises on purpose.

    SmallCodeError
    ├── UsageError               the person asked for something that does not exist
    ├── ConfigError              a setting is malformed or not allowed here
    ├── ModelError               the model could not answer
    │   ├── NoModel              no server, or no model on it          (exit status 3)
    │   │   ├── NoServer
    │   │   └── UnknownModel
    │   ├── AccessDenied         HTTP 401, 403
    │   ├── RequestRefused       HTTP 400, 422 and other 4xx
    │   ├── RateLimited          HTTP 429
    │   ├── ServerFault          HTTP 5xx
    │   ├── StreamBroken         the server went away, or sent what is no event stream
    │   └── ContextOverflow      the prompt does not fit the window
    ├── WorkspaceError
    │   ├── OutsideWorkspace     path escapes, also through a symlink
    │   ├── NotFound
    │   ├── NotText              binary, or not UTF-8
    │   ├── TooLarge
    │   ├── ReadOnly
    │   ├── DiskFull
    │   └── FileChanged          the file is no longer what was read
    ├── SandboxError             a trial or command could not be set up
    └── Cancelled                the person stopped the run

Constructing one has no side effect. Each says what happened, why, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smallcode_jupyter.protocol.model import ModelReply

__all__ = [
    "AccessDenied",
    "Cancelled",
    "ConfigError",
    "ContextOverflow",
    "DiskFull",
    "FileChanged",
    "ModelError",
    "NoModel",
    "NoServer",
    "NotFound",
    "NotText",
    "OutsideWorkspace",
    "Problem",
    "RateLimited",
    "ReadOnly",
    "RequestRefused",
    "SandboxError",
    "ServerFault",
    "SmallCodeError",
    "StreamBroken",
    "TooLarge",
    "UnknownModel",
    "UsageError",
    "WorkspaceError",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that went wrong, as a value: for the model, the person and the trace."""

    code: str
    """Stable identifier: the exception class's name, or a snake_case word for a model's mistake."""
    what: str
    """One sentence: what happened."""
    why: str = ""
    """One sentence: the cause, as far as known. Empty if it only repeats `what`."""
    hint: str = ""
    """One sentence: what to do. Empty if there is nothing to do."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.hint) if part)


class SmallCodeError(Exception):
    """The root. `what` happened, `why`, and a `hint` of what to do, a sentence each."""

    exit_status = 1
    """What the command line returns when this ends it."""

    def __init__(self, what: str, /, *, why: str = "", hint: str = "") -> None:
        super().__init__(what, why, hint)
        self.what = what
        self.why = why
        self.hint = hint

    def __str__(self) -> str:
        return str(self.problem)

    @property
    def problem(self) -> Problem:
        """The same, as a value."""
        return Problem(code=type(self).__name__, what=self.what, why=self.why, hint=self.hint)


class UsageError(SmallCodeError):
    """The person asked for something that does not exist."""

    exit_status = 2


class ConfigError(SmallCodeError):
    """A setting is malformed or not allowed here."""

    exit_status = 2


class ModelError(SmallCodeError):
    """The model could not answer."""


class NoModel(ModelError):
    """No server could be reached, or it has no such model."""

    exit_status = 3


class NoServer(NoModel):
    """Nothing answers at the address, or no local server was found."""


class UnknownModel(NoModel):
    """The server answers but does not have the model."""


class AccessDenied(ModelError):
    """HTTP 401 or 403."""

    exit_status = 3


class RequestRefused(ModelError):
    """The server will not take the request as it is: HTTP 400, 422 and other 4xx."""


class RateLimited(ModelError):
    """HTTP 429. `retry_after` is the server's wish in seconds, or None."""

    def __init__(
        self, what: str, /, *, why: str = "", hint: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(what, why=why, hint=hint)
        self.retry_after = retry_after


class ServerFault(ModelError):
    """HTTP 5xx."""


class StreamBroken(ModelError):
    """The server went away in mid-answer, or sent something that is no event stream.

    `partial` is what had come until then, or None.
    """

    def __init__(
        self, what: str, /, *, why: str = "", hint: str = "", partial: ModelReply | None = None
    ) -> None:
        super().__init__(what, why=why, hint=hint)
        self.partial = partial


class ContextOverflow(ModelError):
    """The prompt does not fit into the model's window, whatever is left out."""


class WorkspaceError(SmallCodeError):
    """Something about a file."""


class OutsideWorkspace(WorkspaceError):
    """The path leads out of the workspace, also through a symlink."""


class NotFound(WorkspaceError):
    """No such file."""


class NotText(WorkspaceError):
    """The file is binary or not UTF-8."""


class TooLarge(WorkspaceError):
    """The file is larger than what is read at once."""


class ReadOnly(WorkspaceError):
    """The file or folder may not be written."""


class DiskFull(WorkspaceError):
    """No space left; nothing was changed."""


class FileChanged(WorkspaceError):
    """The file on disk is no longer what the agent read; nothing was changed."""


class SandboxError(SmallCodeError):
    """A trial or a command could not be set up or started."""


class Cancelled(SmallCodeError):
    """The person stopped the run."""

    exit_status = 130
