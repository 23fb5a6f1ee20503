"""`smallcode bench run`: agents on a suite, one row of a result file for each attempt."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.tasks import TECHNIQUES

if TYPE_CHECKING:
    from smallcode_jupyter.bench.attempting import Arm
    from smallcode_jupyter.bench.rows import Row
    from smallcode_jupyter.bench.run import Progress
    from smallcode_jupyter.bench.tasks import BenchTask

__all__ = ["add_bench_run", "choose_tasks"]

_SHARE_OF_PUBLIC_SET = 4

_TECHNIQUES = ("none", *TECHNIQUES)


def add_bench_run(actions: Any) -> None:  # argparse keeps its own type private
    """The action's options."""
    run = actions.add_parser(
        "run", help="measure agents on a suite, one row of a result file for each attempt"
    )
    run.add_argument("--suite", required=True, help="single, multi, notebook or humaneval")
    run.add_argument("--category", action="append", default=[])
    run.add_argument("--tasks", nargs="+", action="extend", default=[], metavar="ID", help="ids or patterns")
    run.add_argument("--sample", type=int, metavar="N", help="only N tasks, as many of each category")
    run.add_argument(
        "--agent", action="append", default=[], metavar="NAME", help="(default: smallcode; repeatable)"
    )
    run.add_argument(
        "--without",
        action="append",
        default=[],
        choices=_TECHNIQUES,
        help="switch one technique of smallcode off; repeated, each is an arm of its own, `none` is one too",
    )
    run.add_argument("--model", help="a name on the server (default: its first)")
    run.add_argument("--base-url", help="an OpenAI-compatible server (default: the built-in one that runs)")
    run.add_argument("--seeds", type=int, default=1, metavar="N", help="attempts of each arm at each task")
    run.add_argument("--jobs", type=int, default=1, metavar="N", help="attempts at the same time")
    run.add_argument("--resume", action="store_true", help="leave out what the result file has already")
    run.add_argument("--max-tokens", type=int, default=24_000, help="read and written, of one attempt")
    run.add_argument("--max-seconds", type=float, default=240.0, help="of one attempt")
    run.add_argument("--temperature", type=float, help="(default: the agent's own)")
    run.add_argument(
        "--match", type=Path, metavar="FILE", help="resample spends what smallcode did in these results"
    )
    run.add_argument("--keep", type=Path, metavar="DIR", help="keep folders, questions and answers there")
    run.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="of a Dask cluster that makes the attempts"
    )
    run.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl")
    run.set_defaults(run=_run)


def _run(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.bench.facts import served_by
    from smallcode_jupyter.bench.rows import read_rows
    from smallcode_jupyter.bench.run import Plan, plan_jobs, run_jobs, solved_by_arm

    tasks = choose_tasks(args.suite, categories=tuple(args.category), patterns=tuple(args.tasks))
    tasks = tasks[: args.sample] if args.sample else tasks
    plan = Plan(
        tasks=tasks,
        arms=_arms(args.agent or ["smallcode"], args.without),
        served=served_by(args.base_url, args.model),
        seeds=args.seeds,
        tokens=args.max_tokens,
        seconds=args.max_seconds,
        temperature=args.temperature,
        match=args.match,
        keep=args.keep,
    )
    jobs = plan_jobs(plan, args.out, resumes=args.resume)
    console.note(
        f"{len(jobs)} attempts: {len(tasks)} tasks, {', '.join(arm.name for arm in plan.arms)}; "
        f"{plan.served.model} on {plan.served.server}"
    )

    def tell(row: Row, progress: Progress) -> None:
        console.note(_line(row, progress, jobs=args.jobs))

    # Ended by `kill`, too, it ends its agents and clears their folders away.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run_jobs(jobs, args.out, workers=args.jobs, scheduler=args.scheduler, on_row=tell)
    finally:
        signal.signal(signal.SIGTERM, before)
    rows = list(read_rows(args.out)) if args.out.exists() else []
    for name, (solved, tried) in solved_by_arm(rows).items():
        console.say(f"{name}: {solved} of {tried} solved")
    skipped = sum(row.status == "skipped" for row in rows)
    if skipped:
        console.say(f"{skipped} skipped")
    return 0


def choose_tasks(
    suite: str, *, categories: tuple[str, ...], patterns: tuple[str, ...]
) -> tuple[BenchTask, ...]:
    """The tasks that were asked for, the categories in turns; of HumanEval every fourth, if none is named.

    Raises UsageError for none.
    """
    from smallcode_jupyter.bench.tasks import load_suite, select_tasks, stratified

    chosen = select_tasks(load_suite(suite), categories=categories, patterns=patterns)
    return stratified(chosen[::_SHARE_OF_PUBLIC_SET] if suite == "humaneval" and not patterns else chosen)


def _arms(agents: list[str], techniques: list[str]) -> tuple[Arm, ...]:
    from smallcode_jupyter.bench.agents.catalogue import agent_named
    from smallcode_jupyter.bench.attempting import Arm
    from smallcode_jupyter.protocol.errors import UsageError

    if techniques and "smallcode" not in agents:
        raise UsageError("Only smallcode can do without a technique.", hint="Add --agent smallcode.")
    arms = []
    for name in dict.fromkeys(agents):
        agent_named(name)
        left_out = techniques if name == "smallcode" and techniques else ["none"]
        arms += [Arm(agent=name, without="" if word == "none" else word) for word in dict.fromkeys(left_out)]
    return tuple(arms)


def _line(row: Row, progress: Progress, *, jobs: int) -> str:
    minutes = progress.seconds_left(jobs) / 60
    arm = f"{row.agent} without {row.without}" if row.without else row.agent
    result = row.status if row.status != "failed" else row.failure
    tried = progress.done - progress.skipped
    left = f"{minutes:.0f} min left" if progress.done < progress.total else "done"
    return (
        f"[{progress.done}/{progress.total}] {progress.solved}/{tried} solved, {left} | "
        f"{row.task} {arm}: {result}, {row.tokens:,} tokens, {row.seconds:.0f} s"
    )
