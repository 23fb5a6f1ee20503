"""Long scripted runs in small windows: what fits, what is forgotten, what the server reads twice.

    python scripts/measure_context.py            # 200 turns, three seeds; about a minute, no model

The run is the one of `tests/agent/long_run.py`. The numbers go to standard output, as the table of docs/context.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "agent"))

from long_run import LongRun

WINDOWS = (4_096, 8_192, 16_384)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    print(
        "| window | calls | context errors | facts missing | prompts cut | tokens from cache | read anew a turn |"
    )
    print("|---|---|---|---|---|---|---|")
    for window in WINDOWS:
        for protocol, words in (("blocks", "as text"), ("native", "native")):
            runs = [
                LongRun(window=window, protocol=protocol, seed=seed).go(args.turns)  # type: ignore[arg-type]
                for seed in range(args.seeds)
            ]
            print(f"| {window:,} | {words} | {_row(runs, turns=args.turns * args.seeds)} |")


def _row(runs: list[LongRun], *, turns: int) -> str:
    read = sum(run.prompt_tokens for run in runs)
    cached = sum(run.cached_tokens for run in runs)
    cut = sum(bool(plan.dropped) for run in runs for plan in run.plans)
    cells = (
        str(sum(run.errors for run in runs)),
        str(sum(len(run.missing) for run in runs)),
        f"{cut / turns:.0%}",
        f"{cached / read:.0%}",
        f"{(read - cached) / turns:,.0f}",
    )
    return " | ".join(cells)


if __name__ == "__main__":
    main()
