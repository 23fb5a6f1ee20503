"""Whose question is answered next. Pure: times are passed in, nothing is waited for.

Start-time fair queueing (Goyal, Vin and Cheng 1996) over the seconds that the server worked for each person: whoever
had the least goes first, so ten short questions cost as much of the queue as one long one. Who comes back from a pause
starts level with those who are served now; time that was not used is not saved up. One question of a person at a time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

__all__ = ["FairQueue", "Place", "Refused", "Rules"]

_MINUTE, _HOUR = 60.0, 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What each person may ask."""

    requests: int = 60
    """Questions in any minute; 0: any number."""
    tokens: int = 0
    """Read and written in any hour; 0: any number. The question that goes past it is still answered."""
    waiting: int = 4
    """Questions of one person that may wait at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a question is not taken, and when to come back."""

    why: str
    """For the person, in plain words."""
    seconds: float


@dataclass(slots=True, eq=False)
class Place:
    """One question: waiting, then being answered."""

    user: str
    arrived: float
    started: float | None = None
    """None while it waits."""


@dataclass(slots=True)
class _Person:
    served: float = 0.0
    """Virtual seconds: those the server worked, and those skipped by being away."""
    waiting: deque[Place] = field(default_factory=deque)
    running: Place | None = None
    asked: deque[tuple[float, int]] = field(default_factory=deque)
    """When, and 1."""
    spent: deque[tuple[float, int]] = field(default_factory=deque)
    """When, and how many tokens."""


class FairQueue:
    """The order of all questions."""

    def __init__(self, rules: Rules, *, slots: int = 1) -> None:
        """`slots`: questions that the server answers at once."""
        self._rules, self._slots = rules, slots
        self._people: dict[str, _Person] = {}
        self._level = 0.0
        """What the person served last had had when it was their turn."""

    def arrive(self, user: str, *, now: float) -> Place | Refused:
        """Take a question, or say why not."""
        person = self._people.setdefault(user, _Person())
        if refused := self._refusal(person, now):
            return refused
        person.asked.append((now, 1))
        if person.running is None and not person.waiting:
            person.served = max(person.served, self._level)
        place = Place(user=user, arrived=now)
        person.waiting.append(place)
        return place

    def next(self, *, now: float) -> Place | None:
        """The question to be answered now; None if no slot is free, or nobody's turn can come yet."""
        if sum(person.running is not None for person in self._people.values()) >= self._slots:
            return None
        ready = [person for person in self._people.values() if person.waiting and person.running is None]
        if not ready:
            return None
        person = min(ready, key=lambda one: (one.served, one.waiting[0].arrived))
        self._level = person.served
        person.running = person.waiting.popleft()
        person.running.started = now
        return person.running

    def leave(self, place: Place, *, now: float, tokens: int = 0) -> None:
        """The question was answered, or its person went away."""
        person = self._people[place.user]
        if place is not person.running:
            person.waiting.remove(place)
            return
        assert place.started is not None
        person.running = None
        person.served += now - place.started
        person.spent.append((now, tokens))

    def _refusal(self, person: _Person, now: float) -> Refused | None:
        rules = self._rules
        if len(person.waiting) >= rules.waiting:
            return Refused(why=f"You have {rules.waiting} questions waiting here already.", seconds=5.0)
        if seconds := _wait(person.asked, most=rules.requests, span=_MINUTE, now=now):
            why = f"Each in this class may ask {rules.requests} questions a minute, and yours are used up."
            return Refused(why=why, seconds=seconds)
        if seconds := _wait(person.spent, most=rules.tokens, span=_HOUR, now=now):
            why = f"You have used the {rules.tokens:,} tokens that each in this class has for an hour."
            return Refused(why=why, seconds=seconds)
        return None


def _wait(events: deque[tuple[float, int]], *, most: int, span: float, now: float) -> float:
    """Seconds until the events of the last `span` seconds add up to less than `most`; older ones are forgotten."""
    while events and events[0][0] <= now - span:
        events.popleft()
    total = sum(amount for _, amount in events)
    if not most or total < most:
        return 0.0
    for when, amount in events:
        total -= amount
        if total < most:
            return when + span - now
    return span
