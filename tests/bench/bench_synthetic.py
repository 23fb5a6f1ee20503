"""Made-up rows of result files."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from smallcode_jupyter.bench.rows import Row, append_row

CATEGORIES = (
    *("python", "typescript", "javascript", "html-css", "go", "rust", "data-structures"),
    *("bug-fixing", "test-writing", "edit-to-spec"),
)
CPU, GPU = "Some CPU @ 2.20GHz, 2 cores", "Other CPU, 16 cores, GPU: Some GPU"
CHANCES = {
    ("smallcode", ""): 0.5,
    ("oneshot", ""): 0.3,
    ("resample", ""): 0.4,
    ("aider", ""): 0.2,
    ("mini-swe-agent", ""): 0.0,
    ("smallcode", "improve"): 0.35,
    ("smallcode", "routing"): 0.55,
}


def make_row(**more: Any) -> Row:
    """A solved task, unless told otherwise."""
    fields: dict[str, Any] = {
        "task": "one",
        "suite": "single",
        "category": "python",
        "agent": "smallcode",
        "model": "tiny",
        "status": "solved",
        "machine": CPU,
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "seconds": 2.0,
    }
    if more.get("status") == "failed":
        fields["failure"] = "wrong_answer"
    return Row(**{**fields, **more})


def outcomes(agent: str, marks: str, **more: Any) -> list[Row]:
    """A row for each mark, tasks t0, t1, ...: `+` solved, `-` failed, `s` skipped, a blank for none."""
    status = {"+": "solved", "-": "failed", "s": "skipped"}
    return [
        make_row(task=f"t{number}", agent=agent, status=status[mark], **more)
        for number, mark in enumerate(marks)
        if mark != " "
    ]


def make_suite(*, seeds: int = 1, machine: str = CPU, size: int = 10) -> list[Row]:
    """Ten categories with `size` tasks each, seven arms; aider and the ablations on a fifth of them."""
    dice = random.Random(seeds)
    rows = []
    for (agent, without), chance in CHANCES.items():
        count = size if agent in ("smallcode", "oneshot", "resample") and not without else max(1, size // 5)
        for category in CATEGORIES:
            for number in range(count):
                for seed in range(seeds):
                    is_solved = dice.random() < chance
                    failure = (
                        ""
                        if is_solved
                        else dice.choice(["wrong_answer", "no_edit", "loop", "parse", "time_out"])
                    )
                    rows.append(
                        make_row(
                            task=f"{category}-{number}",
                            category=category,
                            agent=agent,
                            without=without,
                            status="solved" if is_solved else "failed",
                            failure=failure,
                            seed=seed,
                            machine=machine,
                            prompt_tokens=dice.randrange(200, 900) * (8 if agent == "aider" else 1),
                            cached_tokens=100,
                            completion_tokens=dice.randrange(100, 600),
                            seconds=float(dice.randrange(5, 90)),
                            problems=()
                            if is_solved
                            else ("solution.f(x) with x=1: expected 2, got <b>3</b> & more",),
                            commit="0123456789ab",
                            server="llama.cpp 1",
                            model_hash="ab" * 32,
                            version="1",
                            sampler={"temperature": 0.2, "seed": seed},
                            started="2026-01-02T03:04:05+00:00",
                        )
                    )
    return rows


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    """A result file."""
    for row in rows:
        append_row(path, row)
    return path
