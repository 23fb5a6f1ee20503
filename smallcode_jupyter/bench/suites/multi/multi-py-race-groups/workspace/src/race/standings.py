"""Who came in at which place."""

from race.runners import Runner


def ranking(runners: list[Runner]) -> list[tuple[int, Runner]]:
    """Runners who finished with their places, the fastest first.

    Runners with the same time share a place, and are ordered by number; the place after them is left out (1, 1, 3).
    """
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
