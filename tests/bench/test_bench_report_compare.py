"""`smallcode bench compare`: better, worse, or within noise."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bench_synthetic import GPU, outcomes, write_rows

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console


def compare(*words: object) -> tuple[int, str]:
    """Exit status and everything said."""
    said = io.StringIO()
    arguments = ["bench", "compare", *map(str, words)]
    status = main(arguments, console=Console(out=said, err=said, is_interactive=False))
    return status, said.getvalue()


@pytest.mark.parametrize(
    ("before", "after", "status", "says"),
    [
        ("+------", "+++++++", 0, "B is better."),
        ("+++++++", "+------", 1, "B is worse."),
        ("+------", "++++++-", 2, "The difference is within noise."),
        ("+++++++", "+++++++", 2, "The difference is within noise."),
        ("++     ", "  -----", 2, "0 tasks tried by both"),
        ("sssssss", "+++++++", 2, "7 common tasks were skipped by one of them"),
    ],
)
def test_the_exit_status_says_whether_the_second_is_better(
    tmp_path: Path, before: str, after: str, status: int, says: str
) -> None:
    first = write_rows(tmp_path / "a.jsonl", outcomes("smallcode", before))
    second = write_rows(tmp_path / "b.jsonl", outcomes("smallcode", after))
    found, text = compare(first, second)
    assert found == status
    assert says in text


def test_counts_p_and_tokens_are_printed(tmp_path: Path) -> None:
    first = write_rows(tmp_path / "a.jsonl", outcomes("oneshot", "++-------s"))
    second = write_rows(
        tmp_path / "b.jsonl", outcomes("smallcode", "+-++++++-+", prompt_tokens=220, machine=GPU)
    )
    status, text = compare(first, second)
    assert status == 2
    assert text.splitlines() == [
        "A: oneshot, tiny",
        "B: smallcode, tiny",
        "The machines differ.",
        "1 common tasks were skipped by one of them and are not counted.",
        "9 tasks tried by both: both 1, only A 1, only B 6, none 1",
        "B - A: +55.6 points (95%: -0.8 to +91.7)",
        "p = 0.1250 (McNemar, exact)",
        "tokens of an attempt, B by A: 2.00",
        "The difference is within noise.",
    ]


def test_arms_of_one_file_are_chosen(tmp_path: Path) -> None:
    rows = [
        *outcomes("smallcode", "++++++"),
        *outcomes("smallcode", "------", without="trial"),
        *outcomes("oneshot", "++++++"),
    ]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    off = compare(path, path, "--agent", "smallcode", "--without", "none", "--without", "trial")
    assert (off[0], off[1].splitlines()[1]) == (1, "B: smallcode without trial, tiny")
    bare = compare(path, path, "--agent", "oneshot", "--agent", "smallcode", "--without", "none")
    assert (bare[0], bare[1].splitlines()[:2]) == (2, ["A: oneshot, tiny", "B: smallcode, tiny"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "holds several arms: smallcode, smallcode without trial"),
        (("--agent", "aider"), "holds no such arm. It holds: smallcode"),
        (("--without", "none"), "holds several models: small, tiny"),
        (("--agent", "a", "--agent", "b", "--agent", "c"), "--agent was given 3 times"),
    ],
)
def test_what_cannot_be_compared_is_not_taken_for_noise(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    rows = [
        *outcomes("smallcode", "+"),
        *outcomes("smallcode", "-", without="trial"),
        *outcomes("smallcode", "+", model="small"),
    ]
    path = write_rows(tmp_path / "rows.jsonl", rows)
    status, text = compare(path, path, *words)
    assert status == 64
    assert says in text


def test_a_missing_file_is_not_taken_for_noise(tmp_path: Path) -> None:
    status, text = compare(tmp_path / "none", tmp_path / "none")
    assert status == 64
    assert "cannot be read" in text
