"""Who came in at which place."""

from race.runners import GROUPS, Runner


def ranking(runners: list[Runner], group: str | None = None) -> list[tuple[int, Runner]]:
    """Runners who finished (those of a group, if one is given) with their places, the fastest first.

    Runners with the same time share a place, and are ordered by number; the place after them is left out (1, 1, 3).
    """
    if group is not None:
        if group not in GROUPS:
            raise ValueError(f"unknown group: {group}")
        runners = [runner for runner in runners if runner.group == group]
    finished = sorted((runner for runner in runners if runner.finished), key=lambda runner: (runner.seconds, runner.number))
    placed = []
    place = 0
    for position, runner in enumerate(finished, start=1):
        if not placed or placed[-1][1].seconds != runner.seconds:
            place = position
        placed.append((place, runner))
    return placed


def table(placed: list[tuple[int, Runner]]) -> list[str]:
    """A line for each place."""
    return [f"{place}. {runner.name} ({runner.number}) {runner.time}" for place, runner in placed]
