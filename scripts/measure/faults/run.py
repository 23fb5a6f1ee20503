"""Every fault, as often as it takes. `python scripts/measure/faults/run.py [--share 0.1] [--only NAME ...]`

`--share` scales the counts: 1 is all, 0.01 a minute. `--log` keeps what was tried, a JSON line each; a run that was cut
off goes on from there. Exits with 1 where something did not survive.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import kernels
import kills
import limits
import meanwhile
from ground import Outcome

Fault = Callable[[float], Outcome]


def _times(count: int, share: float) -> int:
    return max(1, round(count * share))


FAULTS: dict[str, Fault] = {
    "run": lambda share: kills.agent_in_a_run(_times(400, share)),
    "tests": lambda share: kills.agent_while_tests_run(_times(10, share)),
    "accept": lambda share: kills.agent_accepting(_times(200, share)),
    "undo": lambda share: kills.agent_undoing(_times(200, share)),
    "kernel": lambda share: kernels.kernel_in_a_run(_times(400, share)),
    "server": lambda share: kills.model_server_in_a_run(_times(400, share)),
    "two": lambda share: kills.two_agents(_times(100, share)),
    "editor-accept": lambda share: meanwhile.saved_at_each_step(undoes=False, renames=False),
    "editor-accept-renames": lambda share: meanwhile.saved_at_each_step(undoes=False, renames=True),
    "editor-undo": lambda share: meanwhile.saved_at_each_step(undoes=True, renames=False),
    "editor-undo-renames": lambda share: meanwhile.saved_at_each_step(undoes=True, renames=True),
    "notebook": lambda share: meanwhile.notebook_saved_in_a_run(_times(50, share)),
    "links": lambda share: meanwhile.links(),
    "read-only": lambda share: meanwhile.read_only_folder(),
    "clock": lambda share: meanwhile.clock_jumps(_times(20, share)),
    "idle": lambda share: meanwhile.idle_day(_times(5, share)),
    "no-space": lambda share: limits.disk_full_at_each_step(_times(200, share)),
    "full-disk": lambda share: limits.disk_really_full(_times(12, share)),
    "file-size": lambda share: limits.file_size_limit(tuple(range(0, 12_000, 12_000 // _times(60, share)))),
    "long-cell": lambda share: limits.long_cell(_times(10_000, share)),
    "output": lambda share: limits.much_output(_times(100, share)),
    "reports": lambda share: limits.mutated_reports(_times(10_000, share)),
    "cycles": lambda share: limits.cycles(_times(1_000, share)),
}


def main() -> int:
    """Print a row for each fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--share", type=float, default=1.0)
    options.add_argument("--only", nargs="+", choices=FAULTS, default=tuple(FAULTS), metavar="NAME")
    options.add_argument("--log", type=Path, help="a file that keeps the outcomes")
    given = options.parse_args()
    known = _known(given.log, given.share)
    bad = 0
    print("| fault | tried | survived | |\n|---|---|---|---|")
    for name in given.only:
        outcome = known.get(name) or _tried(name, given.share, given.log)
        survived = "all" if not outcome.failures else "not all"
        notes = "; ".join((outcome.note, *outcome.failures)).strip("; ")
        print(f"| {outcome.name} | {outcome.tried:,} | {survived} | {notes} |", flush=True)
        bad += bool(outcome.failures)
    return int(bad > 0)


def _tried(name: str, share: float, log: Path | None) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        tempfile.tempdir = folder  # so that only the agent's own temporary folders are counted
        outcome = FAULTS[name](share)
        tempfile.tempdir = None
    if log is not None:
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"fault": name, "share": share, "outcome": asdict(outcome)}) + "\n")
    return outcome


def _known(log: Path | None, share: float) -> dict[str, Outcome]:
    """What the log says of this share."""
    if log is None or not log.exists():
        return {}
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return {row["fault"]: Outcome(**row["outcome"]) for row in rows if row["share"] == share}


if __name__ == "__main__":
    sys.exit(main())
