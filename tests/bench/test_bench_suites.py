"""The tasks themselves: complete, sound, and unknown to the agent."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from smallcode_jupyter.bench.tasks import SUITES, BenchTask, load_suite, stratified
from smallcode_jupyter.bench.verify import TaskReport, verify_tasks

PACKAGE = Path(__file__).parents[2] / "smallcode_jupyter"
HARNESS = (
    "agent",
    "checks",
    "frontends",
    "models",
    "protocol",
    "render",
    "sandbox",
    "session",
    "tools",
    "workspace",
)
TASKS = {task.id: task for suite in SUITES for task in load_suite(suite)}
CATEGORIES = {
    "python",
    "typescript",
    "javascript",
    "html-css",
    "go",
    "rust",
    "data-structures",
    "bug-fixing",
    "test-writing",
    "edit-to-spec",
}


def suite(name: str) -> list[BenchTask]:
    return [task for task in TASKS.values() if task.suite == name]


def test_the_suites_are_complete() -> None:
    counts = {name: len(suite(name)) for name in SUITES}
    assert counts == {"single": 100, "multi": 25, "notebook": 20}
    assert Counter(task.category for task in suite("single")) == dict.fromkeys(CATEGORIES, 10)


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_prompt_is_complete_and_short(task: BenchTask) -> None:
    assert 20 <= len(task.prompt.split()) <= 190
    assert task.difficulty in ("easy", "middle", "hard")
    kinds = {path.name for path in task.hidden.iterdir()}
    assert {"check.py", "reference", "hardcoded", "mutants.toml"} <= kinds


def test_nothing_hidden_lies_in_a_workspace() -> None:
    wrong = [
        str(path.relative_to(task.folder))
        for task in TASKS.values()
        for path in task.workspace.rglob("*")
        if path.name in (".git", ".meta", "hidden", "reference", "mutants.toml", "check.py")
    ]
    assert wrong == []


def test_the_harness_knows_no_task() -> None:
    words = re.compile(r"\b(" + "|".join(map(re.escape, TASKS)) + r")\b")
    texts = [
        path
        for name in HARNESS
        for path in (PACKAGE / name).rglob("*")
        if path.suffix in (".py", ".md", ".toml")
    ]
    found = [
        f"{path.name}: {match[0]}"
        for path in texts
        for match in words.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(texts) > 100
    assert found == []


def test_every_beginning_of_a_run_is_a_fair_sample() -> None:
    first = stratified(tuple(suite("single")))[:20]
    assert Counter(task.category for task in first) == dict.fromkeys(CATEGORIES, 2)


@pytest.mark.benchmark
@pytest.mark.timeout(3600)
def test_every_task_accepts_what_is_right_and_refuses_what_is_not() -> None:
    jobs = os.cpu_count() or 1
    reports: list[TaskReport] = list(verify_tasks(tuple(TASKS.values()), quick=True, jobs=jobs))
    faulty = {report.task.id: report.faults for report in reports if report.faults}
    survivors = {report.task.id: report.survivors for report in reports if report.survivors}
    mutants, killed = sum(report.mutants for report in reports), sum(report.killed for report in reports)
    assert faulty == {}
    assert killed >= 0.9 * mutants, survivors
    assert sum(not report.missing for report in reports) >= 60
