"""The runs of one kernel so far, for panels that come later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from smallcode_jupyter.frontends.comm_messages import Past
from smallcode_jupyter.protocol.events import Envelope, ModelDelta, ModelFinished, ModelStarted

__all__ = ["RunLog", "append_joined"]

_MOST_RUNS = 20


@dataclass(slots=True, kw_only=True)
class _Kept:
    run: str
    envelopes: list[Envelope] = field(default_factory=list)
    writing: list[Envelope] = field(default_factory=list)
    """The pieces of the answer that is being written, joined."""


class RunLog:
    """The latest runs with all their events, but for the pieces of answers that are whole by now."""

    def __init__(self) -> None:
        self._runs: list[_Kept] = []

    def keep(self, envelope: Envelope) -> None:
        """Take in an event."""
        if not self._runs or self._runs[-1].run != envelope.run:
            self._runs = [*self._runs[1 - _MOST_RUNS :], _Kept(run=envelope.run)]
        kept = self._runs[-1]
        if isinstance(envelope.event, ModelDelta):
            append_joined(kept.writing, envelope)
            return
        if isinstance(envelope.event, ModelStarted | ModelFinished):
            kept.writing.clear()
        kept.envelopes.append(envelope)

    def runs(self) -> tuple[Past, ...]:
        """What a panel that comes now is told."""
        return tuple(Past(run=kept.run, envelopes=(*kept.envelopes, *kept.writing)) for kept in self._runs)


def append_joined(envelopes: list[Envelope], envelope: Envelope) -> None:
    """Add an event; a piece of an answer is joined to the piece before it."""
    last, piece = envelopes[-1] if envelopes else None, envelope.event
    if last is not None and isinstance(piece, ModelDelta) and isinstance(last.event, ModelDelta):
        before = last.event
        if (last.run, before.is_reasoning) == (envelope.run, piece.is_reasoning):
            envelopes[-1] = replace(envelope, event=replace(piece, text=before.text + piece.text))
            return
    envelopes.append(envelope)
