"""`smallcode bench`: the benchmark."""

from __future__ import annotations

import argparse
from typing import Any

from smallcode_jupyter.frontends.commands.bench_report import add_bench_report
from smallcode_jupyter.frontends.commands.bench_run import add_bench_run
from smallcode_jupyter.frontends.commands.run import OpenSession
from smallcode_jupyter.frontends.console import Console

__all__ = ["add_bench"]


def add_bench(commands: Any, common: argparse.ArgumentParser) -> None:  # argparse keeps its own type private
    """The command's options."""
    parser = commands.add_parser("bench", help="measure agents on tasks, graded by execution")
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=type(common))
    check = actions.add_parser("check", help="prove that every task accepts what is right and nothing else")
    check.add_argument(
        "--suite", action="append", choices=("single", "multi", "notebook"), help="(default: all)"
    )
    check.add_argument("--category", action="append", default=[])
    check.add_argument(
        "--tasks", nargs="+", action="extend", default=[], metavar="ID", help="ids or patterns"
    )
    check.add_argument("--quick", action="store_true", help="the reference once, and two mutants")
    check.add_argument("--jobs", type=int, default=1, metavar="N", help="tasks at the same time")
    check.set_defaults(run=_check)
    add_bench_run(actions)
    add_bench_report(actions)
    tools = actions.add_parser("toolchains", help="what grading needs, and whether it is installed")
    tools.add_argument("--install", action="store_true", help="fetch the TypeScript packages through npm")
    tools.set_defaults(run=_toolchains)
    peers = actions.add_parser("peers", help="the agents that ours is compared with")
    peers.add_argument("--install", action="store_true", help="fetch those that are missing")
    peers.set_defaults(run=_peers)


def _check(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.bench.tasks import SUITES, load_suite, select_tasks
    from smallcode_jupyter.bench.verify import TaskReport, verify_tasks
    from smallcode_jupyter.protocol.errors import UsageError

    reports: list[TaskReport] = []
    for suite in args.suite or SUITES:
        try:
            tasks = select_tasks(
                load_suite(suite), categories=tuple(args.category), patterns=tuple(args.tasks)
            )
        except UsageError:
            if args.suite:
                raise
            continue
        for report in verify_tasks(tasks, quick=args.quick, jobs=args.jobs):
            reports.append(report)
            console.say(_line(report))
    sound = sum(report.is_sound for report in reports)
    skipped = sum(bool(report.missing) for report in reports)
    mutants, killed = sum(r.mutants for r in reports), sum(r.killed for r in reports)
    grading = sum(report.grading_seconds for report in reports)
    console.say(
        f"{len(reports)} tasks: {sound} sound, {skipped} skipped, {len(reports) - sound - skipped} faulty; "
        f"{killed} of {mutants} mutants killed; grading the references once takes {grading:.0f} s"
    )
    is_sharp = mutants == 0 or killed >= 0.9 * mutants
    return 0 if reports and sound + skipped == len(reports) and is_sharp else 1


def _line(report: Any) -> str:
    if report.missing:
        return f"skipped  {report.task.id}: there is no {', '.join(report.missing)}"
    words = [*report.faults, *(f"mutant survives: {name}" for name in report.survivors)]
    state = "ok     " if report.is_sound else "FAULTY "
    return (
        f"{state}  {report.task.id}: {report.claims} claims, {report.killed}/{report.mutants} mutants, "
        f"{report.grading_seconds:.1f} s" + "".join(f"\n           {word}" for word in words)
    )


def _toolchains(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.bench.toolchains import TOOLCHAINS, find_toolchain, install_typescript

    if args.install and find_toolchain("typescript") is None:
        install_typescript()
    for name, toolchain in TOOLCHAINS.items():
        found = find_toolchain(name)
        console.say(f"{name:11} {found if found else 'missing: ' + toolchain.hint}")
    return 0


def _peers(args: argparse.Namespace, console: Console, open_session: OpenSession) -> int:
    from smallcode_jupyter.bench.agents.peers import PEERS, install_peers

    if args.install:
        install_peers(console.note)
    for peer in PEERS:
        console.say(f"{peer.name:15} {peer.version() or 'missing: smallcode bench peers --install'}")
    return 0
