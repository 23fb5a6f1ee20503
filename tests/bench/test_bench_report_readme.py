"""The README's table agrees with the committed results."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_synthetic import CPU, GPU, make_row, outcomes, write_rows

from smallcode_jupyter.bench.readme import (
    BEGIN,
    END,
    Known,
    make_block,
    read_known,
    read_results,
    replace_block,
    results_folder,
)
from smallcode_jupyter.bench.rows import Row
from smallcode_jupyter.protocol.errors import UsageError

README = Path(__file__).parents[2] / "README.md"
FIGURE = Known(
    agent="Other",
    model="some",
    suite="humaneval",
    solved=1,
    tried=4,
    prompt_tokens=300,
    completion_tokens=100,
    note="from a paper",
    is_comparable=True,
)


def cells(block: str) -> list[list[str]]:
    """Of the tables' rows, without their heads."""
    lines = [
        line
        for line in block.splitlines()
        if line.startswith("| ") and not line.startswith(("| agent", "| ---"))
    ]
    return [line.strip("| ").split(" | ") for line in lines]


def test_the_readme_shows_the_committed_results() -> None:
    text = README.read_text(encoding="utf-8")
    folder = results_folder()
    block = make_block(read_results(folder), read_known(folder))
    assert replace_block(text, block) == text, "run `python scripts/results_table.py`"


def test_a_new_result_makes_the_block_stale(tmp_path: Path) -> None:
    known = read_known(results_folder())
    before = make_block(read_results(tmp_path), known)
    assert before.startswith("Nothing has been measured")
    write_rows(tmp_path / "rows.jsonl", outcomes("smallcode", "+-"))
    assert make_block(read_results(tmp_path), known) != before


def test_a_row_is_an_agent_with_a_model_and_says_what_was_a_sample() -> None:
    rows: list[Row] = [
        *outcomes("smallcode", "+" * 30 + "-" * 70, completion_tokens=20),
        *outcomes("smallcode", "+" * 5 + "-" * 20, suite="multi", completion_tokens=270, seconds=12.0),
        *outcomes("oneshot", "+---s"),
        *outcomes("smallcode", "++++", without="trial"),
        *outcomes("pi", "ss"),
        *outcomes("smallcode", "+-", model="small", seed=0),
        *outcomes("smallcode", "--", model="small", seed=1),
    ]
    assert cells(make_block(rows, ())) == [
        ["smallcode", "small", "0.5/2 (25%), 2 of 100 tasks, 2 seeds", "–", "–", "–", "120", "2"],
        ["smallcode", "tiny", "30/100 (30%)", "5/25 (20%)", "–", "–", "170", "4"],
        ["oneshot", "tiny", "1/4 (25%), 4 of 100 tasks", "–", "–", "–", "120", "2"],
        ["pi", "tiny", "skipped", "–", "–", "–", "–", "–"],
    ]


def test_machines_have_tables_of_their_own_and_figures_from_elsewhere_are_marked() -> None:
    rows = [*outcomes("smallcode", "+", machine=GPU), *outcomes("smallcode", "-")]
    block = make_block(rows, (FIGURE,))
    assert block.index(f"On {CPU} (the last 1 rows: from elsewhere, see the notes):") < block.index(
        f"On {GPU}:"
    )
    assert cells(block)[1] == [
        "Other",
        "some",
        "–",
        "–",
        "–",
        "1/4 (25%), 4 of 164 tasks, note 1",
        "100",
        "–",
    ]
    assert block.endswith("1. Other: from a paper.")


def test_the_original_is_shown_with_what_is_known_of_it() -> None:
    block = make_block((), read_known(results_folder()))
    original, published = cells(block)
    assert original[5:] == ["0/6 (0%), 6 of 164 tasks, note 1", "3,726", "–"]
    assert published[2] == "(87/100, note 2)"
    assert "run earlier on six HumanEval tasks; not in the package index, so not run here" in block
    assert "graded by more than 20 characters of output" in block


def test_only_the_block_is_replaced() -> None:
    assert replace_block(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\nnew\n{END}\nb"
    with pytest.raises(UsageError, match="no place"):
        replace_block(f"{BEGIN} only", "new")


def test_of_two_files_the_later_name_counts(tmp_path: Path) -> None:
    write_rows(tmp_path / "2.jsonl", [make_row(status="failed")])
    write_rows(tmp_path / "1.jsonl", [make_row()])
    assert cells(make_block(read_results(tmp_path), ()))[0][2] == "0/1 (0%), 1 of 100 tasks"


def test_a_malformed_list_of_known_figures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "known.toml").write_text("[[known]]\nagent = 'x'\n")
    with pytest.raises(UsageError, match=r"known\.toml"):
        read_known(tmp_path)
