"""Is one result better than another? Paired by task, with the exit status that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.rows import Row
from smallcode_jupyter.bench.statistics import Paired, arms_of, pair
from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["Comparison", "Side", "choose_side", "compare", "for_each_side"]

_NOISE = 0.05
_Chosen = TypeVar("_Chosen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One arm with one model."""

    arm: Arm
    model: str
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.arm.name}, {self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The second side against the first."""

    first: Side
    second: Side
    paired: Paired

    @property
    def verdict(self) -> Literal["better", "worse", "within noise"]:
        """Of the second. Within noise: p is 0.05 or more, or there are no common tasks."""
        if self.paired.tasks == 0 or self.paired.p >= _NOISE:
            return "within noise"
        return "better" if self.paired.difference > 0 else "worse"

    @property
    def exit_status(self) -> int:
        """0 better, 1 worse, 2 within noise."""
        return {"better": 0, "worse": 1, "within noise": 2}[self.verdict]

    def lines(self) -> tuple[str, ...]:
        """For people."""
        found = self.paired
        low, high = found.interval
        is_single = found.test.startswith("McNemar")
        only = "only {}" if is_single else "{} ahead"
        counts = (
            f"both {found.both}, {only.format('A')} {found.only_first}, {only.format('B')} {found.only_second}, "
            f"none {found.neither}"
        )
        ratio = "not known" if found.token_ratio is None else f"{found.token_ratio:.2f}"
        probability = "p < 0.0001" if found.p < 0.0001 else f"p = {found.p:.4f}"
        return (
            f"A: {self.first.name}",
            f"B: {self.second.name}",
            *self._warnings(),
            f"{found.tasks} tasks tried by both: {counts}",
            f"B - A: {found.difference * 100:+.1f} points (95%: {low * 100:+.1f} to {high * 100:+.1f})",
            f"{probability} ({found.test})",
            f"tokens of an attempt, B by A: {ratio}",
            f"B is {self.verdict}." if self.verdict != "within noise" else "The difference is within noise.",
        )

    def _warnings(self) -> tuple[str, ...]:
        words = []
        machines = {row.machine for row in (*self.first.rows, *self.second.rows)}
        if self.first.model != self.second.model:
            words.append("The models differ.")
        if len(machines) > 1:
            words.append("The machines differ.")
        if self.paired.skipped:
            words.append(
                f"{self.paired.skipped} common tasks were skipped by one of them and are not counted."
            )
        return tuple(words)


def choose_side(
    rows: Sequence[Row],
    *,
    where: str,
    agent: str | None = None,
    without: str | None = None,
    model: str | None = None,
) -> Side:
    """The one arm and model of a file. Of equal attempts the last counts.

    `None`: whatever there is; `without="none"`: with everything on. Raises UsageError where none or several are left.
    """
    technique = "" if without == "none" else without
    chosen = [
        row
        for row in rows
        if agent in (None, row.agent) and technique in (None, row.without) and model in (None, row.model)
    ]
    arms, models = arms_of(chosen), sorted({row.model for row in chosen})
    if not arms:
        names = ", ".join(arm.name for arm in arms_of(rows)) or "nothing"
        raise UsageError(f"{where} holds no such arm.", why=f"It holds: {names}.")
    if len(arms) > 1:
        raise UsageError(
            f"{where} holds several arms: {', '.join(arm.name for arm in arms)}.",
            hint="Choose with --agent and --without; `--without none` is everything on.",
        )
    if len(models) > 1:
        raise UsageError(f"{where} holds several models: {', '.join(models)}.", hint="Choose with --model.")
    return Side(arm=arms[0], model=models[0], rows=tuple({row.key: row for row in chosen}.values()))


def compare(first: Side, second: Side) -> Comparison:
    """By task."""
    return Comparison(first=first, second=second, paired=pair(first.rows, second.rows))


def for_each_side(given: Sequence[_Chosen], *, option: str) -> tuple[_Chosen | None, _Chosen | None]:
    """An option given once is for both sides; twice, for A and then B. Raises UsageError for more."""
    if len(given) > 2:
        raise UsageError(
            f"{option} was given {len(given)} times.", hint="Once for both files, or for A and for B."
        )
    return (given[0], given[-1]) if given else (None, None)
