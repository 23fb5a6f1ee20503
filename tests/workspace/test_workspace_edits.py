"""Search and replace: certain or explained."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.workspace.edits import EditOutcome, apply_search_replace

TEXT = "def add(a, b):\n    return a - b\n\n\ndef sub(a, b):\n    return a - b\n"


def test_one_exact_place_is_replaced():
    assert apply_search_replace("a\nb\nc\n", "b\n", "B\n") == EditOutcome(
        text="a\nB\nc\n", how="exact", line=2
    )


@pytest.mark.parametrize("new", ["$&", "$$1", r"\1 \g<0> \n", "%s {0}", "\\"])
def test_the_replacement_is_literal(new):
    assert apply_search_replace("x = OLD\n", "OLD", new).text == f"x = {new}\n"


def test_the_search_is_literal():
    assert apply_search_replace("a.c abc\n", "a.c", "X").text == "X abc\n"


def test_several_places_are_named_by_line():
    assert apply_search_replace(TEXT, "    return a - b\n", "    return a + b\n") == EditOutcome(
        problem=Problem(
            code="several_matches",
            what="The old text stands 2 times in the file.",
            why="It begins at lines 2, 6.",
            hint="Add lines around it so that only one place fits.",
        )
    )


def test_shifted_indentation_is_found_and_kept():
    text = "class A:\n    def f(self):\n        return 1\n"
    outcome = apply_search_replace(
        text, "def f(self):\n    return 1\n", "def f(self):\n    x = 2\n\n    return x\n"
    )
    assert outcome == EditOutcome(
        text="class A:\n    def f(self):\n        x = 2\n\n        return x\n", how="whitespace", line=2
    )


def test_too_much_indentation_is_found_too():
    outcome = apply_search_replace(
        "def f():\n    return 1\n", "    def f():\n        return 1\n", "    def f():\n        return 2\n"
    )
    assert outcome.text == "def f():\n    return 2\n"


def test_trailing_blanks_do_not_matter():
    assert apply_search_replace("a  \nb\n", "a\nb  \n", "c\n") == EditOutcome(
        text="c\n", how="whitespace", line=1
    )


def test_blank_lines_around_the_search_do_not_matter():
    assert apply_search_replace("x\n  a\ny\n", "\na\n\n", "\nb\n\n").text == "x\n  b\ny\n"


def test_a_last_line_without_end_is_found():
    assert apply_search_replace("a\nb", "b\n", "c\n").text == "a\nc"


def test_windows_line_ends_in_the_edit_are_forgiven():
    assert apply_search_replace("a\nb\n", "a\r\nb\r\n", "c\r\n").text == "c\n"


def test_the_same_lines_at_two_indentations_are_not_guessed_between():
    text = "if x:\n    go()\n    run()\nelse:\n        go()\n        run()\n"
    outcome = apply_search_replace(text, "go()\nrun()", "stop()")
    assert outcome.text is None
    assert outcome.problem is not None
    assert outcome.problem.code == "several_matches"
    assert "2, 5" in outcome.problem.why


def test_uneven_indentation_is_shown_not_guessed():
    outcome = apply_search_replace("if x:\n  a()\n    b()\n", "a()\nb()", "c()")
    assert outcome.text is None
    assert outcome.problem is not None
    assert outcome.problem.why == "The nearest lines 2-3 are:\n  a()\n    b()"


def test_a_near_miss_is_shown_with_its_lines():
    outcome = apply_search_replace(TEXT, "def sub(a, b):\n    return a-b\n", "x")
    assert outcome.problem == Problem(
        code="not_found",
        what="The old text is not in the file.",
        why="The nearest lines 5-6 are:\ndef sub(a, b):\n    return a - b",
        hint="Copy the old text from these lines exactly.",
    )


def test_a_near_miss_without_a_common_line_is_found():
    outcome = apply_search_replace(
        "import os\n\nvalue = compute_total(items)\n", "value = compute_totals(item)", "x"
    )
    assert outcome.problem is not None
    assert "line 3 is" in outcome.problem.why


def test_what_is_nowhere_near_says_only_that():
    outcome = apply_search_replace(TEXT, "SELECT * FROM users", "x")
    assert outcome.problem is not None
    assert (outcome.problem.code, outcome.problem.why) == ("not_found", "")


def test_an_edit_already_done_is_recognised():
    outcome = apply_search_replace("x = 2\n", "x = 1\n", "x = 2\n")
    assert outcome.problem is not None
    assert outcome.problem.why == "The new text is already there."


def test_an_edit_that_changes_nothing_is_a_problem():
    assert apply_search_replace("a\n", "a", "a").problem is not None


@pytest.mark.parametrize("text", ["", "\n  \n"])
def test_an_empty_search_fills_an_empty_file(text):
    assert apply_search_replace(text, "", "a = 1\n") == EditOutcome(text="a = 1\n", how="new", line=1)


def test_an_empty_search_never_overwrites_a_file():
    outcome = apply_search_replace("keep\n", "", "gone\n")
    assert outcome.text is None
    assert outcome.problem is not None
    assert outcome.problem.code == "empty_search"


def test_a_missing_search_in_a_long_file_answers_quickly_and_briefly():
    text = "".join(f"value_{n} = compute({n})\n" for n in range(40_000))
    outcome = apply_search_replace(
        text, "\n".join(f"value_{n} = komputed({n})" for n in range(100, 160)), "x"
    )
    assert outcome.problem is not None
    assert len(str(outcome.problem)) < 2_500


_lines = st.lists(st.sampled_from(["a", "b", "  a", "\tb", "", "c  ", "$&"]), max_size=8).map("\n".join)


@given(_lines, _lines, _lines)
def test_an_edit_either_changes_one_place_or_nothing(text, old, new):
    outcome = apply_search_replace(text, old, new)
    assert (outcome.text is None) != (outcome.problem is None)
    if outcome.how == "exact":
        assert text.count(old) == 1
        assert outcome.text == text.replace(old, new)


@given(_lines, st.text("xyz\n", max_size=6), _lines, st.text(max_size=9))
def test_an_edit_can_be_turned_back(head, old, tail, new):
    assume("\r" not in new and new.strip() and old.strip() and old != new)
    text = head + "<" + old + ">" + tail
    done = apply_search_replace(text, "<" + old + ">", "<" + new + ">")
    assert done.text is not None
    back = apply_search_replace(done.text, "<" + new + ">", "<" + old + ">")
    assert back.text == text
