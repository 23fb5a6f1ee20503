"""Shares with intervals, paired tests, and what an arm solved and spent. Pure, and nothing in it is random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, lcm, sqrt
from statistics import NormalDist
from typing import NamedTuple

from smallcode_jupyter.bench.attempting import Arm
from smallcode_jupyter.bench.rows import Row

__all__ = [
    "ArmSummary",
    "Interval",
    "Paired",
    "arms_of",
    "difference_interval",
    "mcnemar",
    "pair",
    "pass_at",
    "scores",
    "sign_flip",
    "summarise",
    "wilson",
]

_Z = NormalDist().inv_cdf(0.975)
_FIRST = ("smallcode", "oneshot", "resample")


class Interval(NamedTuple):
    """Of 95 %."""

    low: float
    high: float


class Score(NamedTuple):
    """What an arm made of one task."""

    solved: int
    tried: int
    """Attempts, one for each seed; skipped ones are not among them."""

    @property
    def mean(self) -> Fraction:
        """The share of its attempts that solved it."""
        return Fraction(self.solved, self.tried)


TaskKey = tuple[str, str, int]
"""Suite, task and the task's version: another version is another task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmSummary:
    """What one arm did on some tasks. Means are over attempts that were made; skipped tasks count nowhere else."""

    arm: Arm
    tasks: int
    """With at least one attempt."""
    solved: float
    """The sum of the tasks' scores; with one seed, how many are solved."""
    skipped: int
    """Tasks without any attempt."""
    attempts: int
    seeds: int
    """The most attempts at one task."""
    interval: Interval
    """Of the share solved; see `summarise`."""
    prompt_tokens: float
    cached_tokens: float
    completion_tokens: float
    seconds: float
    tokens_per_solved: float | None
    """All tokens, those of failures too, for each solved attempt. None: nothing was solved."""
    seconds_per_solved: float | None
    failures: tuple[tuple[str, int], ...]
    """Kinds and how often, the most frequent first."""
    pass_at: tuple[tuple[int, float], ...]
    """(k, pass@k) for k up to the fewest attempts that any task has; empty with one seed."""

    @property
    def share(self) -> float:
        """Of the tasks, solved; 0 without tasks."""
        return self.solved / self.tasks if self.tasks else 0.0

    @property
    def tokens(self) -> float:
        """Read and written in an attempt."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Two arms on the tasks that both tried. With one seed, ahead means solved by one alone."""

    tasks: int
    both: int
    """Level, and above zero."""
    only_first: int
    """The first is ahead."""
    only_second: int
    neither: int
    """Both at zero."""
    difference: float
    """Share of the second less share of the first."""
    interval: Interval
    p: float
    """Two-sided. 1 without common tasks."""
    test: str
    """Which: `McNemar, exact`, or `sign flip by task, exact` where a task was tried several times."""
    token_ratio: float | None
    """Mean tokens of an attempt, second by first, on these tasks. None: the first spent nothing."""
    skipped: int
    """Tasks that one of them could only skip."""


def wilson(solved: float, tried: int) -> Interval:
    """Wilson's interval for a share. Without tries, everything is possible."""
    if tried == 0:
        return Interval(0.0, 1.0)
    share, square = solved / tried, _Z * _Z
    middle = (share + square / (2 * tried)) / (1 + square / tried)
    half = _Z * sqrt(share * (1 - share) / tried + square / (4 * tried * tried)) / (1 + square / tried)
    low = 0.0 if solved == 0 else max(0.0, middle - half)
    return Interval(low, 1.0 if solved == tried else min(1.0, middle + half))


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact McNemar: the two-sided binomial p of the discordant pairs. 1 without any."""
    total, fewer = only_first + only_second, min(only_first, only_second)
    tail = sum(comb(total, k) for k in range(fewer + 1))
    return min(1.0, float(Fraction(2 * tail, 2**total)))


def sign_flip(differences: Sequence[Fraction]) -> float:
    """Exact paired permutation test: how often the sum is as far from zero if each sign is a coin's.

    All 2^n sign patterns are counted, not sampled. For differences of -1, 0 and 1 it is `mcnemar`.
    """
    scale = lcm(*(difference.denominator for difference in differences))
    steps = [int(difference * scale) for difference in differences if difference]
    ways: dict[int, int] = {0: 1}
    for step in steps:
        further: dict[int, int] = {}
        for total, count in ways.items():
            for reached in (total + step, total - step):
                further[reached] = further.get(reached, 0) + count
        ways = further
    observed = abs(sum(steps))
    as_far = sum(count for total, count in ways.items() if abs(total) >= observed)
    return float(Fraction(as_far, 2 ** len(steps)))


def difference_interval(differences: Sequence[Fraction]) -> Interval:
    """For the mean of paired differences: Wald's, after one made-up task for each side is added.

    For differences of -1, 0 and 1 it is the interval of Bonett and Price for paired shares; unlike a bootstrap it
    keeps its width where no pair differs.
    """
    count = len(differences) + 2
    mean = float(sum(differences)) / count
    spread = float(sum(d * d for d in differences) + 2) / count - mean * mean
    half = _Z * sqrt(max(0.0, spread) / count)
    return Interval(max(-1.0, mean - half), min(1.0, mean + half))


def pass_at(k: int, *, solved: int, tried: int) -> float:
    """The chance that k of these attempts, drawn at random, hold a solved one. `k` is at most `tried`."""
    return 1.0 - comb(tried - solved, k) / comb(tried, k)


def arms_of(rows: Iterable[Row]) -> tuple[Arm, ...]:
    """Ours, the bare model, resampling, others by name; an agent with everything on before it without something."""
    found = {Arm(agent=row.agent, without=row.without) for row in rows}

    def place(arm: Arm) -> tuple[bool, int, str, str]:
        rank = _FIRST.index(arm.agent) if arm.agent in _FIRST else len(_FIRST)
        return (bool(arm.without), rank, arm.agent, arm.without)

    return tuple(sorted(found, key=place))


def scores(rows: Iterable[Row]) -> dict[TaskKey, Score]:
    """Of each task with an attempt. The rows are one arm's."""
    found: dict[TaskKey, Score] = {}
    for row in rows:
        if row.status != "skipped":
            key = (row.suite, row.task, row.task_version)
            solved, tried = found.get(key, Score(0, 0))
            found[key] = Score(solved + (row.status == "solved"), tried + 1)
    return found


def summarise(arm: Arm, rows: Iterable[Row]) -> ArmSummary:
    """The rows are this arm's. Each task weighs the same, however often it was tried.

    The interval is Wilson's with tasks as tries: attempts at one task are not independent, so several seeds make the
    share steadier but the interval no narrower.
    """
    every = list(rows)
    made = [row for row in every if row.status != "skipped"]
    found = scores(made)
    solved = float(sum(score.mean for score in found.values()))
    count, hits = len(made), sum(row.status == "solved" for row in made)
    tokens, seconds = sum(row.tokens for row in made), sum(row.seconds for row in made)
    fewest = min((score.tried for score in found.values()), default=0)
    seeds = max((score.tried for score in found.values()), default=0)
    kinds = Counter(row.failure or "unknown" for row in made if row.status == "failed")
    chances = [
        (k, sum(pass_at(k, solved=s.solved, tried=s.tried) for s in found.values()) / len(found))
        for k in range(1, fewest + 1)
    ]
    skipped = {(row.suite, row.task, row.task_version) for row in every} - found.keys()
    return ArmSummary(
        arm=arm,
        tasks=len(found),
        solved=solved,
        skipped=len(skipped),
        attempts=count,
        seeds=seeds,
        interval=wilson(solved, len(found)),
        prompt_tokens=sum(row.prompt_tokens for row in made) / max(1, count),
        cached_tokens=sum(row.cached_tokens for row in made) / max(1, count),
        completion_tokens=sum(row.completion_tokens for row in made) / max(1, count),
        seconds=seconds / max(1, count),
        tokens_per_solved=tokens / hits if hits else None,
        seconds_per_solved=seconds / hits if hits else None,
        failures=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        pass_at=tuple(chances) if seeds > 1 else (),
    )


def pair(first: Iterable[Row], second: Iterable[Row]) -> Paired:
    """Compare two arms by task: the rows are one arm's each. Several seeds: by the task's mean score."""
    one, two = list(first), list(second)
    ones, twos = scores(one), scores(two)
    common = sorted(ones.keys() & twos.keys())
    pairs = [(ones[key].mean, twos[key].mean) for key in common]
    differences = [after - before for before, after in pairs]
    ahead, behind = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    is_single = all(ones[key].tried == twos[key].tried == 1 for key in common)
    seen = {(row.suite, row.task, row.task_version) for row in one} & {
        (row.suite, row.task, row.task_version) for row in two
    }
    return Paired(
        tasks=len(common),
        both=sum(before == after > 0 for before, after in pairs),
        only_first=behind,
        only_second=ahead,
        neither=sum(before == after == 0 for before, after in pairs),
        difference=float(sum(differences)) / len(common) if common else 0.0,
        interval=difference_interval(differences),
        p=mcnemar(behind, ahead) if is_single else sign_flip(differences),
        test="McNemar, exact" if is_single else "sign flip by task, exact",
        token_ratio=_ratio(one, two, set(common)),
        skipped=len(seen - set(common)),
    )


def _ratio(first: Sequence[Row], second: Sequence[Row], common: set[TaskKey]) -> float | None:
    means = []
    for rows in (first, second):
        spent = [
            row.tokens
            for row in rows
            if row.status != "skipped" and (row.suite, row.task, row.task_version) in common
        ]
        means.append(sum(spent) / max(1, len(spent)))
    return means[1] / means[0] if means[0] else None
