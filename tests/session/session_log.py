"""The events of runs, as a list."""

from __future__ import annotations

from collections.abc import Callable

from smallcode_jupyter.protocol.events import Envelope
from smallcode_jupyter.session.session import Session

Open = Callable[..., Session]


class Log(list[Envelope]):
    """Events of runs; each finished run is held to the invariants."""

    def __call__(self, envelope: Envelope) -> None:
        self.append(envelope)

    def of(self, kind: type) -> list[object]:
        return [envelope.event for envelope in self if isinstance(envelope.event, kind)]
