"""Measures the checks on the tasks of the benchmark: right solutions must pass, wrong ones be caught.

    python scripts/check_checks.py --out checks.jsonl [--suite single multi notebook] [--tasks 'go-*'] [--mutants 3]

Each reference solution, each starter and a few mutants are staged over the task's workspace and checked with its
words, as a run does with a model's answer. A row a state goes to `--out`; those that are there are not checked again.
Prints how many references were refused, how many of them something beyond form judged, and how many wrong
states were caught, by category. The cell of a notebook task is tried in a fresh process after the cells that have run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import textwrap
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from smallcode_jupyter.bench.grading.grade import files_of, is_editable
from smallcode_jupyter.bench.tasks import BenchTask, load_suite, matches
from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckRequest
from smallcode_jupyter.sandbox.policy import SandboxPolicy, TrialReport
from smallcode_jupyter.sandbox.trial import run_script_trial
from smallcode_jupyter.workspace.staging import Staging

SUITES = ("single", "multi", "notebook")


def states(task: BenchTask, mutants: int) -> Iterator[tuple[str, dict[str, bytes | None]]]:
    """The named states of a task, each as its changed files."""
    before = files_of(task.workspace)
    starter = {path: data for path, data in before.items() if is_editable(task, path)}
    reference: dict[str, bytes | None] = dict(files_of(task.hidden / "reference"))
    gone = (reference.pop("DELETED.txt", b"") or b"").decode().split()
    changed = {path: data for path, data in reference.items() if before.get(path) != data}
    yield "reference", changed | dict.fromkeys(gone)
    yield "starter", {path: data for path, data in starter.items() if path in changed} or dict(starter)
    listed = _listed(task)
    for mutant in listed[:: max(1, len(listed) // max(1, mutants))][:mutants]:
        source = (reference.get(mutant["file"]) or b"").decode()
        if source.count(mutant["old"]) == 1:
            text = source.replace(mutant["old"], mutant["new"]).encode()
            yield f"mutant {mutant['name']}", changed | dict.fromkeys(gone) | {mutant["file"]: text}


def _listed(task: BenchTask) -> list[dict[str, str]]:
    path = task.hidden / "mutants.toml"
    found: list[dict[str, str]] = tomllib.loads(path.read_text()).get("mutant", []) if path.is_file() else []
    return found


def cell_runner(task: BenchTask) -> Callable[[str], TrialReport] | None:
    """Tries a cell after those that the task says have run; None for other tasks."""
    if task.suite != "notebook":
        return None
    notebook = json.loads((task.workspace / "notebook.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    setup = "\n".join("".join(code[number]["source"]) for number in task.cells)

    def run(source: str) -> TrialReport:
        with tempfile.TemporaryDirectory(prefix="smallcode-measure-") as name:
            folder = Path(name) / "folder"
            shutil.copytree(task.workspace, folder)
            policy = SandboxPolicy(write_roots=(Path(name),), seconds=120.0)
            guarded = f"try:\n{textwrap.indent(setup, '    ')}\nexcept Exception:\n    pass\n"
            return run_script_trial(guarded + source, cwd=folder, policy=policy)

    return run


def check(task: BenchTask, files: Mapping[str, bytes | None], seconds: float) -> dict[str, object]:
    """The verdict on one state."""
    with tempfile.TemporaryDirectory(prefix="smallcode-measure-") as name:
        staging = Staging(task.workspace, Path(name) / "staged")
        paths = []
        for path, data in files.items():
            is_cell = task.suite == "notebook" and path == "cell.py"
            if data is None:
                staging.delete(path)
            else:
                staging.write(NEXT_CELL if is_cell else path, data.decode())
            paths.append(NEXT_CELL if is_cell else path)
        began = time.monotonic()
        checker = Checker(staging, seconds=seconds, cell_runner=cell_runner(task))
        report = checker.check(CheckRequest(paths=tuple(paths), words=task.prompt))
        took = time.monotonic() - began
        staging.close()
    failure = report.first_failure
    return {
        "status": report.status,
        "results": [[result.name, result.status, result.passed, result.failed] for result in report.results],
        "failure": failure.name if failure else "",
        "detail": failure.detail if failure else "",
        "reasons": [result.detail for result in report.results if result.status == "unchecked"],
        "seconds": round(took, 2),
    }


def table(rows: list[dict[str, object]]) -> str:
    """By category: references refused, passed, left unchecked; starters and mutants caught."""
    counts: dict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    seconds: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        kind = str(row["state"]).partition(" ")[0]
        for category in (str(row["category"]), "all"):
            counts[category][f"{kind} {row['status']}"] += 1
            counts[category][kind] += 1
            if kind == "reference":
                seconds[category].append(float(str(row["seconds"])))
    lines = [
        "| category | references | refused | passed | unchecked | starters caught | mutants caught | median s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for category in sorted(counts, key=lambda name: (name == "all", name)):
        found = counts[category]
        middle = sorted(seconds[category])[len(seconds[category]) // 2] if seconds[category] else 0.0
        lines.append(
            f"| {category} | {found['reference']} | {found['reference failed']} | {found['reference passed']} "
            f"| {found['reference unchecked']} | {found['starter failed']}/{found['starter']} "
            f"| {found['mutant failed']}/{found['mutant']} | {middle:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Check what is not in the file yet, then print the table."""
    parser = argparse.ArgumentParser(description="Measures the checks on the benchmark's tasks.")
    parser.add_argument("--suite", nargs="+", default=list(SUITES), choices=SUITES)
    parser.add_argument("--tasks", nargs="+", default=[])
    parser.add_argument("--mutants", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0, help="longest single process")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.out.read_text().splitlines()] if args.out.exists() else []
    done = {(row["task"], row["state"]) for row in rows}
    tasks = [task for suite in args.suite for task in load_suite(suite)]
    with args.out.open("a", encoding="utf-8") as out:
        for task in (task for task in tasks if not args.tasks or matches(args.tasks, task.id)):
            for state, files in states(task, args.mutants):
                if (task.id, state) in done:
                    continue
                row = {"task": task.id, "category": task.category, "language": task.language, "state": state}
                row |= check(task, files, args.seconds)
                rows.append(row)
                out.write(json.dumps(row) + "\n")
                out.flush()
    print(table(rows))


if __name__ == "__main__":
    main()
