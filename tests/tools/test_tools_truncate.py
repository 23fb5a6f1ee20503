"""Cutting text to size."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.tools.truncate import page, truncate


def test_a_short_text_stays() -> None:
    assert truncate("x" * 4_000) == "x" * 4_000


def test_head_tail_and_failures_stay_with_a_note_of_the_rest() -> None:
    lines = [f"line {number} is dull and says nothing of interest" for number in range(1, 501)]
    lines[249] = "E   ValueError: the one line that matters"
    cut = truncate("\n".join(lines), hint="read_file(path, start={line})")
    assert len(cut) <= 4_000
    assert cut.startswith("line 1 is dull")
    assert cut.endswith("line 500 is dull and says nothing of interest")
    assert "\nE   ValueError: the one line that matters\n" in cut
    notes = re.findall(r"\[\.\.\. .*? \.\.\.\]", cut)
    first = re.fullmatch(
        r"\[\.\.\. ([\d,]+) characters, lines (\d+)-249 cut; see the rest with read_file\(path, start=(\d+)\) \.\.\.\]",
        notes[0],
    )
    assert first is not None
    assert first[2] == first[3]
    assert len(notes) == 2


def test_all_other_lines_are_whole() -> None:
    lines = [f"{number}:" + "y" * 60 for number in range(300)]
    shown = truncate("\n".join(lines)).split("\n")
    assert [line for line in shown if line not in lines] == [
        line for line in shown if line.startswith("[...")
    ]


def test_one_endless_line_keeps_its_ends() -> None:
    cut = truncate("a" + "b" * 50_000 + "c")
    assert len(cut) <= 4_000
    assert (cut[0], cut[-1]) == ("a", "c")
    assert "characters of this line cut" in cut


@given(st.text(max_size=3_000), st.integers(200, 1_000), st.sampled_from(["", "h({line})", "x" * 150]))
def test_the_limit_always_holds_and_cuts_are_said(text: str, limit: int, hint: str) -> None:
    cut = truncate(text, limit, hint=hint)
    assert len(cut) <= limit
    assert cut == text or "cut" in cut


@given(st.lists(st.sampled_from(["", "short", "Error: no", "z" * 90, "w" * 2_000]), max_size=200))
def test_lines_of_every_length_fit(lines: list[str]) -> None:
    assert len(truncate("\n".join(lines))) <= 4_000


def test_a_limit_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        truncate("x" * 500, 100)


def test_a_page_holds_what_fits_and_at_least_a_line() -> None:
    assert page(["12345"] * 10, 0, 18) == 3
    assert page(["12345"] * 10, 8, 100) == 2
    assert page(["x" * 99], 0, 10) == 1
