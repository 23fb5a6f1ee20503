"""How many of a small model's failures the rung above solves, and at what cost.

    smallcode bench run --suite single --base-url FIRST --out first.jsonl
    python scripts/measure/escalation.py --rows first.jsonl --first FIRST --second SECOND --out escalated.jsonl

Each task that `smallcode` failed on the first server (by the rows) is run again with the same seed, this time with
`escalate=auto` and the second server as the stronger model. Both servers are behind meters that count what they
report. The tasks are graded as the benchmark grades. Safe to stop and start again: finished rows of --out are kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from smallcode_jupyter.bench.agents.port import Brief
from smallcode_jupyter.bench.agents.process import run_agent
from smallcode_jupyter.bench.facts import ServedBy, served_by
from smallcode_jupyter.bench.grading.grade import collect, grade
from smallcode_jupyter.bench.meter import Meter, Reading
from smallcode_jupyter.bench.rows import Row, read_rows
from smallcode_jupyter.bench.tasks import BenchTask, load_suite, suites_folder

PACKAGE = Path(__file__).parents[2]
CODES = ("escalated", "too_dear", "budget_spent", "not_escalated")


def failed_tasks(rows: Path) -> list[Row]:
    """Tasks that the agent itself failed; notebooks are left out, since they need a kernel."""
    return [
        row
        for row in read_rows(rows)
        if row.agent == "smallcode" and row.status == "failed" and not row.without and row.suite != "notebook"
    ]


def environment(args: argparse.Namespace, row: Row, home: Path, *, first: str, second: str) -> dict[str, str]:
    return {
        "SMALLCODE_HOME": str(home),
        "SMALLCODE_BASE_URL": first,
        "SMALLCODE_SEED": str(row.seed),
        "SMALLCODE_MAX_SECONDS": f"{args.max_seconds * 0.95:g}",
        "SMALLCODE_MAX_TOKENS": str(args.max_tokens),
        "SMALLCODE_ESCALATE": "auto",
        "SMALLCODE_ESCALATE_AFTER": str(args.after),
        "SMALLCODE_ESCALATE_TOKENS": str(args.stronger_tokens),
        "SMALLCODE_STRONGER_URL": second,
        "PYTHONPATH": os.pathsep.join([str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }


def notices(stdout: str) -> list[str]:
    """What the run said of escalation, by code."""
    found = []
    for line in stdout.splitlines():
        try:
            event = json.loads(line).get("event", {})
        except ValueError:
            continue
        if event.get("type") == "notice" and event["problem"]["code"] in CODES:
            found.append(event["problem"]["code"])
    return found


def attempt(args: argparse.Namespace, row: Row, task: BenchTask, served: ServedBy) -> dict[str, object]:
    root = Path(tempfile.mkdtemp(prefix="escalation-")).resolve()
    try:
        folder, home = root / "work", root / "home"
        shutil.copytree(task.workspace, folder, ignore=shutil.ignore_patterns("__pycache__"))
        home.mkdir()
        started = time.monotonic()
        with (
            Meter(args.first, tokens=args.max_tokens, defaults={"seed": row.seed}) as first,
            Meter(args.second, tokens=args.stronger_tokens, defaults={"seed": row.seed}) as second,
        ):
            brief = Brief(
                prompt=task.prompt,
                folder=folder,
                home=home,
                base_url=first.base_url,
                model=served.model,
                context_window=served.context_window,
                seconds=args.max_seconds,
                tokens=args.max_tokens,
                editable=task.editable,
                needs=task.needs,
                seed=row.seed,
                hidden=(suites_folder().resolve(),),
            )
            command = (sys.executable, "-m", "smallcode_jupyter", "run", task.prompt, "--cwd", str(folder))
            env = environment(args, row, home, first=first.base_url, second=second.base_url)
            finished = run_agent((*command, "--apply", "auto", "--json"), brief, env=env)
            readings = {"first": first.reading, "second": second.reading}
        found = grade(task, collect(task, folder), seed=row.seed + 1)
        return {
            "suite": row.suite,
            "task": row.task,
            "category": row.category,
            "seed": row.seed,
            "is_solved": found.is_solved,
            "said": notices(finished.stdout),
            "seconds": round(time.monotonic() - started, 1),
            "baseline_tokens": row.prompt_tokens + row.completion_tokens,
            **{name: counts(reading) for name, reading in readings.items()},
        }
    finally:
        shutil.rmtree(root, ignore_errors=True)


def counts(reading: Reading) -> dict[str, int]:
    return {
        "requests": reading.requests,
        "read": reading.prompt_tokens,
        "cached": reading.cached_tokens,
        "written": reading.completion_tokens,
    }


def table(done: list[dict]) -> str:
    """By category: failed before, escalated, solved now, and the stronger model's tokens a task and a solved task."""
    lines = [
        "| category | failed before | escalated | solved now | stronger tokens | a solved task |",
        "|---|---|---|---|---|---|",
    ]
    groups = {
        name: [row for row in done if row["category"] == name]
        for name in sorted({r["category"] for r in done})
    }
    for name, rows in [*groups.items(), ("all", done)]:
        escalated = sum("escalated" in row["said"] for row in rows)
        solved = sum(row["is_solved"] for row in rows)
        tokens = sum(row["second"]["read"] + row["second"]["written"] for row in rows)
        each = f"{tokens / solved:,.0f}" if solved else "–"
        lines.append(f"| {name} | {len(rows)} | {escalated} | {solved} | {tokens:,} | {each} |")
    alone = sum(row["is_solved"] and not row["second"]["requests"] for row in done)
    return "\n".join([*lines, "", f"Of the solved ones {alone} needed no stronger model this time."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=Path, required=True, help="results of the first model alone")
    parser.add_argument("--first", required=True, help="its server")
    parser.add_argument("--second", required=True, help="the stronger model's server")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--after", type=int, default=2, help="failed answers before the stronger model is asked"
    )
    parser.add_argument("--max-tokens", type=int, default=24_000, help="of the first model, a task")
    parser.add_argument("--stronger-tokens", type=int, default=20_000, help="of the second, a task")
    parser.add_argument("--max-seconds", type=float, default=480.0, help="a task")
    parser.add_argument("--limit", type=int, help="only so many tasks")
    args = parser.parse_args()
    done = [json.loads(line) for line in args.out.read_text().splitlines()] if args.out.exists() else []
    keys = {(row["suite"], row["task"], row["seed"]) for row in done}
    served = served_by(args.first, None)
    suites: dict[str, dict[str, BenchTask]] = {}
    for row in failed_tasks(args.rows)[: args.limit]:
        if (row.suite, row.task, row.seed) in keys:
            continue
        tasks = suites.setdefault(row.suite, {task.id: task for task in load_suite(row.suite)})
        if row.task not in tasks:
            continue
        result = attempt(args, row, tasks[row.task], served)
        done.append(result)
        with args.out.open("a") as file:
            file.write(json.dumps(result) + "\n")
        print(row.task, "solved" if result["is_solved"] else "not solved", *result["said"], flush=True)
    print(table(done))


if __name__ == "__main__":
    main()
