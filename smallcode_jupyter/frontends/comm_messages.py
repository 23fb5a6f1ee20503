"""What the kernel and a panel say to each other. The panel's TypeScript types are generated from these.

Two channels. Over `STREAM` only the kernel speaks: `Said`. Over `CONTROL` only the panel does: `Wish`. Were they one, a
kernel that is busy with a cell would take a wish to stop only after that cell. What needs the kernel itself (a run, a
decision) is a `Deed`; it waits for its turn like any cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.events import Envelope
from smallcode_jupyter.protocol.tasks import Policy, Surface
from smallcode_jupyter.protocol.tools import Json

__all__ = [
    "CONTROL",
    "DEED_TYPES",
    "SAID_TYPES",
    "STREAM",
    "VERSION",
    "WISH_TYPES",
    "Accept",
    "Accepted",
    "Answer",
    "Deed",
    "Events",
    "Fix",
    "Hello",
    "HunkRange",
    "LeaveOut",
    "LeftOut",
    "ListModels",
    "ModelChoice",
    "Models",
    "Past",
    "Pending",
    "Reject",
    "Run",
    "Said",
    "SetSetting",
    "Setting",
    "Stop",
    "Told",
    "Undo",
    "Wish",
    "read_deed",
    "read_wish",
    "to_message",
]

T = TypeVar("T")

STREAM = "smallcode.stream"
CONTROL = "smallcode.control"
VERSION = 1
"""Of this vocabulary. A panel that knows only another one says so and stays quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is in force."""

    name: str
    value: str
    """Empty where nothing is set."""
    source: str
    """Where it came from: `default`, `set here`, the name of an environment variable, a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A model that can be chosen."""

    name: str
    """As the setting `model` takes it."""
    where: str
    """The server that has it, or that its file is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One run of this kernel so far. Pieces of answers are left out but for the one being written."""

    run: str
    envelopes: tuple[Envelope, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first message to a panel: all that it needs to show the thread so far."""

    version: int
    kernel: str
    """Differs after a restart."""
    root: str
    """The folder that is worked in."""
    runs: tuple[Past, ...]
    settings: tuple[Setting, ...]
    pending: ChangeSet | None
    is_running: bool
    left_out: tuple[str, ...] = ()
    """As `LeftOut.names`."""
    type: Literal["hello"] = "hello"


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """What happened, in order. Neighbouring pieces of one answer may have been joined: `seq` is the last one's."""

    envelopes: tuple[Envelope, ...]
    type: Literal["events"] = "events"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What waits for a decision now; None: nothing."""

    changes: ChangeSet | None
    type: Literal["pending"] = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What was accepted. `cell_code` is the panel's to put into the notebook, unless it `was_run`."""

    paths: tuple[str, ...]
    cell_code: str | None = None
    cell_id: str | None = None
    """The cell whose text it becomes, `In[3]` where its id is not known; None: a new one."""
    cell_before: str | None = None
    """What that cell held when it was read; another text is not replaced."""
    then: tuple[str, ...] = ()
    """Cells, named like `cell_id`, to run after it: with them it was proved."""
    dependents: tuple[str, ...] = ()
    """Cells, named likewise, that used modules which were loaded again since."""
    was_run: bool = False
    output: str = ""
    """What running it printed, capped."""
    type: Literal["accepted"] = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence for the person: what a decision did, or why it was not possible."""

    text: str
    level: Literal["info", "error"] = "info"
    settings: tuple[Setting, ...] = ()
    """The settings, where they have changed."""
    type: Literal["told"] = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What no prompt holds from the next question on, because the person does not want it there."""

    names: tuple[str, ...]
    type: Literal["left_out"] = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """What can be chosen instead of the model in use."""

    models: tuple[ModelChoice, ...]
    type: Literal["models"] = "models"


Said = Hello | Events | Pending | Accepted | Told | LeftOut | Models
SAID_TYPES: tuple[type[Said], ...] = (Hello, Events, Pending, Accepted, Told, LeftOut, Models)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """End the run that goes on. A running cell is left alone."""

    type: Literal["stop"] = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person chose."""

    choice: str
    type: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """Leave a part of the context out of what the next question sends, or put it back."""

    name: str
    """As `ContextItem.name`."""
    is_out: bool
    type: Literal["leave_out"] = "leave_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListModels:
    """Look which models can be chosen now."""

    type: Literal["list_models"] = "list_models"


Wish = Stop | Answer | LeaveOut | ListModels
WISH_TYPES: tuple[type[Wish], ...] = (Stop, Answer, LeaveOut, ListModels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Run a task."""

    words: str
    surface: Surface = "notebook"
    policy: Policy | None = None
    """None: the setting."""
    type: Literal["run"] = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Correct the cell that is to blame for the error of a cell."""

    cell_id: str
    number: int | None
    """That it ran under, as it shows."""
    type: Literal["fix"] = "fix"


@dataclass(frozen=True, slots=True, kw_only=True)
class HunkRange:
    """A hunk as the panel shows it: half-open ranges of lines, counted from 0."""

    before_start: int
    before_end: int
    after_start: int
    after_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Take what is proposed, or a part of it."""

    changes: str
    """Id of the proposal that the person saw: another one is never taken in its place."""
    path: str | None = None
    """None: all files."""
    hunks: tuple[HunkRange, ...] | None = None
    """None: the whole file."""
    runs_cell: bool = False
    """Whether code for a cell is run in the kernel, for a panel that cannot write cells."""
    type: Literal["accept"] = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Drop what is proposed, or a part of it."""

    changes: str
    path: str | None = None
    hunks: tuple[HunkRange, ...] | None = None
    type: Literal["reject"] = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Put back the files of the last accepted change."""

    type: Literal["undo"] = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSetting:
    """Change a setting in this kernel."""

    name: str
    value: str
    """Empty: the default."""
    type: Literal["set"] = "set"


Deed = Run | Fix | Accept | Reject | Undo | SetSetting
DEED_TYPES: tuple[type[Deed], ...] = (Run, Fix, Accept, Reject, Undo, SetSetting)


def read_wish(data: Mapping[str, Any]) -> Wish:
    """The wish that a message holds. Raises UsageError where it holds none."""
    return _read(data, WISH_TYPES)


def read_deed(data: Mapping[str, Any]) -> Deed:
    """The deed that a message holds. Raises UsageError where it holds none."""
    return _read(data, DEED_TYPES)


def _read(data: Mapping[str, Any], kinds: tuple[type[T], ...]) -> T:
    for kind in kinds:
        if data.get("type") == kind.__dataclass_fields__["type"].default:  # type: ignore[attr-defined]
            try:
                return decode(kind, dict(data))
            except ValueError as error:
                raise UsageError(f"The panel sent what is not understood: {error}.") from error
    raise UsageError(f"The panel sent what is not understood: {str(data.get('type'))[:40]!r}.")


def to_message(said: Said) -> dict[str, Json]:
    """As it is sent. What cannot be written as UTF-8 (half a character that a model wrote) is replaced."""
    encoded = _sendable(encode(said))
    assert isinstance(encoded, dict)
    return encoded


def _sendable(value: Json) -> Json:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_sendable(item) for item in value]
    if isinstance(value, dict):
        return {name: _sendable(item) for name, item in value.items()}
    return value
