"""Measure trials: latency beside a fresh kernel, endurance, and that nothing of the person's changes.

    python scripts/measure_trials.py latency [--sizes 10,1024,4096] [--runs 10]
    python scripts/measure_trials.py endurance [--count 10000]
    python scripts/measure_trials.py programs [--count 1000]

Results are appended to files in `--out`, one line a step; `endurance` and `programs` go on where they stopped. With
`--pause FILE` no step begins while that file exists.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel

HERE = Path(__file__).resolve().parent
STEP = 25
MOST_GROWTH_MB = 20


class Kernel:
    """A kernel to measure."""

    def __init__(self, *, has_subject: bool = True) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="measured-")
        paths = os.pathsep.join((str(HERE / "trials"), str(HERE.parent), os.environ.get("PYTHONPATH", "")))
        self.manager, self.client = start_new_kernel(env={**os.environ, "PYTHONPATH": paths})
        if has_subject:
            self.ask(
                f"from subject import Subject\nS = Subject(get_ipython(), {self._folder.name!r})\nS.tell(0)"
            )

    def ask(self, code: str, seconds: float = 600.0) -> Any:
        """The value that a cell tells. Raises TimeoutError where the kernel does not answer."""
        texts: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                texts.append(content["text"])
            elif message["msg_type"] == "error":
                raise RuntimeError("\n".join(content["traceback"]))

        self.client.execute_interactive(code, output_hook=hear, timeout=seconds)
        return json.loads("".join(texts).rpartition("VALUE")[2])

    def stop(self) -> None:
        """End it."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self._folder.cleanup()


def wait_while(place: Path | None) -> None:
    """Until the file is gone."""
    while place is not None and place.exists():
        time.sleep(5)


def fresh_kernel() -> float:
    """Milliseconds until a fresh kernel with numpy and pandas has run a cell."""
    began = time.perf_counter()
    kernel = Kernel(has_subject=False)
    kernel.ask("import numpy, pandas\nprint('VALUE0')")
    took = (time.perf_counter() - began) * 1000
    kernel.stop()
    return took


def latency(given: argparse.Namespace) -> int:
    """Side by side: a round of trials, then a fresh kernel, for every size in turn."""
    for size in (int(text) for text in given.sizes.split(",")):
        for small_pages in (False, True) if given.small_pages else (False,):
            kernel = Kernel()
            kernel.ask(f"S.fill({size}, small_pages={small_pages}); S.tell(0)")
            trials: list[tuple[float, float]] = []
            fresh: list[float] = []
            for _ in range(given.runs):
                wait_while(given.pause)
                trials += kernel.ask("S.tell(S.latencies(1))")
                fresh.append(fresh_kernel())
            kernel.stop()
            row = {
                "megabytes": size,
                "pages": "4 kB" if small_pages else "huge",
                "trial_ms": round(statistics.median(wall for wall, _ in trials), 1),
                "trial_min_ms": round(min(trials)[0], 1),
                "trial_max_ms": round(max(trials)[0], 1),
                "trial_processor_ms": round(statistics.median(used for _, used in trials), 1),
                "fresh_ms": round(statistics.median(fresh), 1),
                "load": round(os.getloadavg()[0], 1),
            }
            note(given.out / "latency.jsonl", row)
    return 0


def series(
    given: argparse.Namespace, name: str, seconds: float, kinds: tuple[str, ...], is_checked: bool
) -> int:
    """Steps of trials in one kernel, until as many as asked for are on file. 1 if anything was left behind."""
    place = given.out / f"{name}.jsonl"
    rows = [json.loads(line) for line in place.read_text().splitlines()] if place.exists() else []
    kernel, start = Kernel(), {}
    kernel.ask("S.furnish(); S.tell(0)")
    start = kernel.ask("S.attempt('1', 9.0); S.tell(S.state())")
    while (done := sum(row["count"] for row in rows)) < given.count:
        wait_while(given.pause)
        step = min(STEP, given.count - done)
        row = kernel.ask(
            f"S.tell(S.some({done}, {step}, {seconds}, {kinds!r}, {is_checked}))", 60 + step * (seconds + 5)
        )
        row["start"] = start
        rows.append(row)
        note(place, row)
    kernel.stop()
    return summary(rows)


def summary(rows: list[dict[str, Any]]) -> int:
    """Print what the steps came to; 1 if anything changed or was left."""
    statuses: dict[str, int] = {}
    for row in rows:
        for key, count in row["statuses"].items():
            statuses[key] = statuses.get(key, 0) + count
    left = [
        row["first"]
        for row in rows
        if row["handles"] > row["start"]["handles"] + 2
        or row["children"] > row["start"]["children"]
        or row["threads"] > row["start"]["threads"]
        or row["resident_mb"] > row["start"]["resident_mb"] + MOST_GROWTH_MB
    ]
    changed = [number for row in rows for number in row["changed"]]
    for key in sorted(statuses):
        print(f"{statuses[key]:>6}  {key}")
    print(
        f"{sum(statuses.values())} trials; changed something: {changed or 'none'}; left something: {left or 'none'}"
    )
    print(
        f"slowest trial {max(row['slowest'] for row in rows):.2f} s; last state {rows[-1] if rows else {}}"[
            :400
        ]
    )
    return int(bool(changed or left))


def note(place: Path, row: dict[str, Any]) -> None:
    """Append a line."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a") as file:
        file.write(json.dumps(row) + "\n")
    print(json.dumps(row)[:300], flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("latency", "endurance", "programs"))
    parser.add_argument("--sizes", default="10,1024,4096", help="megabytes of namespace")
    parser.add_argument("--small-pages", action="store_true", help="also with pages of 4 kB")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("out/trials"))
    parser.add_argument("--pause", type=Path)
    given = parser.parse_args()
    if given.what == "latency":
        return latency(given)
    if given.what == "endurance":
        given.count = given.count or 10_000
        return series(given, "endurance", 5.0, ("plain", "failing", "changing", "files"), is_checked=False)
    given.count = given.count or 1_000
    kinds = ("plain", "failing", "changing", "files", "crashing", "hanging", "forking", "hungry")
    return series(given, "programs", 1.5, kinds, is_checked=True)


if __name__ == "__main__":
    sys.exit(main())
