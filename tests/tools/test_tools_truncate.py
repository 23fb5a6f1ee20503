"""Cutting text to size."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.tools.truncate import page, truncate, wrap


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


NOISE = [f"collecting module number {number} of the package, nothing to see" for number in range(200)]
FAILURES = {
    "pytest": [
        ">       assert total([1, 2]) == 4",
        "E       assert 3 == 4",
        "E        +  where 3 = total([1, 2])",
    ],
    "traceback": [
        '  File "/work/shop/cart.py", line 31, in total',
        "    return self.prices[name] * amount",
        "           ~~~~~~~~~~~^^^^^^",
        "KeyError: 'apple'",
    ],
    "unittest": ["AssertionError: 'a b' != 'a-b'", "- a b", "?  ^", "+ a-b", "?  ^"],
    "jest": ["  ● cart › adds up", "    Expected: 4", "    Received: 3"],
    "node": ["not ok 3 - adds up", "  + actual - expected", "  + 3", "  - 4"],
    "go": ["--- FAIL: TestTotal (0.00s)", "    cart_test.go:12: got 3, want 4"],
    "rust": ["thread 'tests::adds_up' panicked at src/lib.rs:9:5:", "  left: 3", " right: 4"],
    "typescript": ["src/cart.ts(4,7): error TS2322: Type 'string' is not assignable to type 'number'."],
}


@pytest.mark.parametrize("lines", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("limit", [800, 4_000])
def test_a_failure_in_the_middle_stays_with_its_frame_and_its_difference(
    lines: list[str], limit: int
) -> None:
    cut = truncate("\n".join([*NOISE, *lines, *NOISE]), limit)
    assert "\n".join(lines) in cut


def test_what_clearly_failed_goes_before_words_that_only_sound_like_it() -> None:
    loud = [f"error handling of module {number} looked at, no error found" for number in range(300)]
    cut = truncate("\n".join([*loud, "ValueError: the cause", *loud]), 800)
    assert "\nValueError: the cause\n" in cut


def test_source_code_is_not_searched_for_failures() -> None:
    code = "\n".join([*NOISE, "    raise ValueError(name)", *NOISE])
    assert "ValueError" in truncate(code)
    assert "ValueError" not in truncate(code, has_failures=False)


def test_the_hint_counts_lines_as_it_is_told() -> None:
    text = "\n".join(["a.py (lines 100-499 of 900)", *(f"line {number}" for number in range(100, 500))])
    cut = truncate(text, 800, hint='read_file("a.py", start={line})', first=99, has_failures=False)
    lines = cut.split("\n")
    gap = next(index for index, line in enumerate(lines) if line.startswith("[..."))
    start = int(lines[gap - 1].removeprefix("line ")) + 1
    assert f"lines {start}-" in lines[gap]
    assert f'read_file("a.py", start={start})' in lines[gap]


def test_endless_lines_are_broken_and_nothing_is_lost() -> None:
    text = "x" * 2_500 + "\n\nshort"
    assert wrap(text) == "x" * 1_000 + "\n" + "x" * 1_000 + "\n" + "x" * 500 + "\n\nshort"
    assert wrap("short\nlines\n") == "short\nlines\n"
