"""`smallcode bench report`: which rows count, and the tables they make."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from bench_synthetic import CPU, GPU, make_row, make_suite, outcomes, write_rows

from smallcode_jupyter.bench.report import gather_rows, make_report, notes_of, tables_of
from smallcode_jupyter.bench.rows import Row
from smallcode_jupyter.bench.tables import Table, html_table, markdown_table, text_table
from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.errors import UsageError


def run(*words: object) -> tuple[int, str, str]:
    """The command's exit status, output and notes."""
    out, err = io.StringIO(), io.StringIO()
    status = main(["bench", *map(str, words)], console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


def tables(rows: list[Row], *, control: str = "oneshot") -> dict[str, Table]:
    """Of the one section, by title."""
    (section,) = make_report(rows).sections
    return {table.title: table for table in tables_of(section, control=control)}


def test_rows_are_arms_and_columns_are_categories() -> None:
    rows = [
        *outcomes("smallcode", "+++-", category="go"),
        *(make_row(task=f"r{n}", category="rust", status="failed", failure="parse") for n in range(2)),
        *outcomes("oneshot", "+-", category="go"),
        make_row(
            task="r0", agent="oneshot", category="rust", status="skipped", problems=("There is no rust.",)
        ),
    ]
    assert tables(rows)["Suite single: solved of tried, by category"] == Table(
        title="Suite single: solved of tried, by category",
        headings=("arm", "all", "share (95%)", "go", "rust"),
        rows=(
            ("smallcode", "3/6", "50% (19 to 81)", "3/4", "0/2"),
            ("oneshot", "1/2", "50% (9 to 91)", "1/2", "skipped"),
        ),
        notes=("smallcode: a sample, 6 of 100 tasks.", "oneshot: a sample, 2 of 100 tasks; 1 skipped."),
    )


def test_a_whole_suite_is_no_sample() -> None:
    found = tables(outcomes("smallcode", "+" * 25, suite="multi"))
    assert found["Suite multi: solved of tried, by category"].notes == ()


def test_suites_have_tables_of_their_own() -> None:
    rows = [*outcomes("smallcode", "+", suite="notebook"), *outcomes("smallcode", "-", suite="multi")]
    titles = [title for title in tables(rows) if title.startswith("Suite")]
    assert titles == [f"Suite {name}: solved of tried, by category" for name in ("multi", "notebook")]


def test_costs_are_means_of_attempts_and_sums_for_each_solved_task() -> None:
    rows = [
        make_row(task="a", prompt_tokens=1_000, cached_tokens=400, completion_tokens=100, seconds=10.0),
        make_row(task="b", status="failed", prompt_tokens=3_000, completion_tokens=300, seconds=30.0),
        make_row(task="a", agent="oneshot", status="failed", prompt_tokens=500, completion_tokens=50),
    ]
    assert tables(rows)["Cost of an attempt, and of a solved task"].rows == (
        ("smallcode", "single", "2", "2,000", "200", "200", "20", "4,400", "40"),
        ("oneshot", "single", "1", "500", "0", "50", "2", "–", "–"),
    )


def test_each_agent_is_paired_with_the_control() -> None:
    rows = [
        *outcomes("oneshot", "+-------", completion_tokens=0),
        *outcomes("smallcode", "-+++++++", completion_tokens=50),
        *outcomes("aider", "++      ", completion_tokens=100),
    ]
    assert tables(rows)["Against oneshot, on the tasks that both tried"].rows == (
        ("smallcode", "single", "8", "0", "1", "7", "0", "+75 (+10 to +100)", "0.070", "1.50"),
        ("aider", "single", "2", "1", "0", "1", "0", "+50 (-56 to +100)", "1.000", "2.00"),
    )


def test_another_agent_can_be_the_control() -> None:
    found = tables([*outcomes("oneshot", "+"), *outcomes("aider", "-")], control="aider")
    assert [row[0] for row in found["Against aider, on the tasks that both tried"].rows] == ["oneshot"]


def test_a_control_without_rows_is_told() -> None:
    found = make_report(outcomes("smallcode", "+"), control="onshot")
    assert notes_of(found) == ("There are no rows of the control, onshot: nothing is compared with it.",)


def test_several_suites_are_paired_each_and_together() -> None:
    rows = [
        row
        for suite in ("multi", "single")
        for row in (*outcomes("oneshot", "-+", suite=suite), *outcomes("smallcode", "++", suite=suite))
    ]
    found = tables(rows)["Against oneshot, on the tasks that both tried"].rows
    assert [row[1:3] for row in found] == [("single", "2"), ("multi", "2"), ("all", "4")]


def test_a_technique_switched_off_is_paired_with_all_switched_on() -> None:
    rows = [*outcomes("smallcode", "++++"), *outcomes("smallcode", "+-- ", without="trial")]
    (row,) = tables(rows)["One technique switched off, against all switched on"].rows
    assert row[:7] == ("smallcode without trial", "single", "3", "1", "2", "0", "0")


def test_failures_are_counted_by_kind() -> None:
    rows = [
        make_row(task=f"t{number}", status="failed", failure=kind)
        for number, kind in enumerate(["loop", "wrong_answer", "wrong_answer", "agent_error"])
    ]
    found = tables([*rows, make_row(agent="oneshot")])["Failed attempts by kind"]
    assert found.headings == ("arm", "wrong answer", "loop", "agent error")
    assert found.rows == (("smallcode", "2", "1", "1"),)


def test_what_was_skipped_is_listed_and_never_solved() -> None:
    rows = [
        make_row(task="a", status="skipped", category="rust", problems=("There is no rust.",)),
        make_row(task="b", status="skipped", category="rust", problems=("There is no rust.",)),
        *outcomes("smallcode", "-"),
    ]
    found = tables(rows)
    assert found["Suite single: solved of tried, by category"].rows[0][1:3] == ("0/1", "0% (0 to 79)")
    assert found["Skipped: neither solved nor failed, in no figure above"].rows == (
        ("smallcode", "There is no rust.", "2", "single/a single/b"),
    )


def test_machines_and_models_are_kept_apart() -> None:
    rows = [
        *outcomes("smallcode", "+"),
        *outcomes("smallcode", "-", machine=GPU),
        *outcomes("smallcode", "-", model="small"),
        *outcomes("smallcode", "-", model_hash="ff"),
    ]
    report = make_report(rows)
    assert report.replaced == 0
    assert [
        (section.machine, section.model, section.model_hash, len(section.rows)) for section in report.sections
    ] == [
        (GPU, "tiny", "", 1),
        (CPU, "small", "", 1),
        (CPU, "tiny", "", 1),
        (CPU, "tiny", "ff", 1),
    ]


def test_of_equal_attempts_the_one_in_the_later_file_counts(tmp_path: Path) -> None:
    first = write_rows(tmp_path / "z.jsonl", outcomes("smallcode", "--"))
    second = write_rows(tmp_path / "a.jsonl", outcomes("smallcode", "+"))
    status, out, _ = run("report", first, second)
    assert status == 0
    assert out.startswith("1 rows were left out: the same attempt came again later")
    assert [
        row.status for section in make_report(gather_rows([first, second])).sections for row in section.rows
    ] == [
        "solved",
        "failed",
    ]


def test_versions_of_a_task_are_told() -> None:
    rows = [*outcomes("smallcode", "++"), *outcomes("oneshot", "+", task_version=2)]
    assert notes_of(make_report(rows)) == (
        "Tried in several versions, each counted as a task of its own: single/t0.",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There are no results"),
        ('{"task": "a"}\n{}\n{}\n', "Line 1"),
        (make_row().to_json().replace('"solved"', '"passed"') + "\n", "'passed'"),
        (make_row().to_json().replace('"failure":""', '"failure":"luck"') + "\n", "'luck'"),
    ],
)
def test_what_is_no_result_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text)
    status, out, err = run("report", path)
    assert (status, out) == (2, "")
    assert says in err


def test_a_file_that_is_missing_or_binary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in ("missing", "binary"):
        with pytest.raises(UsageError, match="cannot be read"):
            gather_rows([tmp_path / name])


def test_the_command_prints_text_that_fits_and_markdown(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", make_suite(size=2))
    status, text, _ = run("report", path)
    assert status == 0
    assert max(len(line) for line in text.splitlines() if not line.startswith(("Sampler", "Agents"))) <= 120
    _, markdown, _ = run("report", path, "--markdown", "--control", "resample")
    assert "| arm | all | share (95%) | bug-fixing | data-structures |" in markdown
    assert "### Against resample, on the tasks that both tried" in markdown


def test_a_wide_table_goes_on_below_with_its_first_column() -> None:
    table = Table(title="T", headings=("arm", "one-long", "two-words", "x"), rows=(("a", "1", "22", "333"),))
    assert text_table(table, width=14).splitlines() == [
        "T",
        "arm  one-long",
        "-------------",
        "a           1",
        "",
        "      two-",
        "arm  words",
        "----------",
        "a       22",
        "",
        "arm    x",
        "--------",
        "a    333",
    ]


def test_foreign_words_stay_words() -> None:
    table = Table(
        title="a|b", headings=("x",), rows=(("<script>|\x1b[31m*",),), notes=("<b>",), is_prose=True
    )
    assert markdown_table(table) == "### a\\|b\n\n| x |\n| --- |\n| \\<script\\>\\|\\* |\n\n\\<b\\>"
    assert "<script>" not in html_table(table)
    assert "\x1b" not in text_table(table) + html_table(table)
