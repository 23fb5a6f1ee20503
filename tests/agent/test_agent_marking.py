"""Mistakes are marked on the lines of an answer that is shown again."""

from __future__ import annotations

import pytest

from smallcode_jupyter.agent.marking import marked, unmarked

FILE = '"""Shapes."""\n\nimport math\n\n\ndef area(r):\n    return math.pi * radius**2\n'
REPLY = "```python\ndef area(r):\n    return math.pi * radius**2\n```"


@pytest.mark.parametrize(
    ("failure", "note"),
    [
        (
            "shapes.py, line 7: name 'radius' is not defined\n    return ...",
            "# <-- wrong: name 'radius' is not defined",
        ),
        ("test_area failed:\nshapes.py:7: in area\n    return math.pi", "# <-- wrong"),
        ("area(1) raised NameError\n  at shapes.py, line 7: return math.pi * radius**2", "# <-- wrong"),
    ],
)
def test_the_line_of_the_file_is_found_in_the_answer(failure: str, note: str) -> None:
    shown = marked(REPLY, path="shapes.py", text=FILE, failure=failure)
    assert shown.split("\n")[2] == f"    return math.pi * radius**2  {note}"
    assert shown.replace(f"  {note}", "") == REPLY


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        ("shapes.py", "area(1) returned 2, expected 3"),
        ("shapes.py", "other.py, line 7: name 'x' is not defined"),
        ("shapes.py", "shapes.py, line 3: unused import"),
        ("shapes.py", "shapes.py, line 700: unexpected end"),
        ("shapes.css", "shapes.css, line 7: unknown property"),
    ],
)
def test_what_cannot_be_placed_stays_as_it_is(path: str, failure: str) -> None:
    assert marked(REPLY, path=path, text=FILE, failure=failure) == REPLY


def test_a_line_that_stands_twice_is_not_marked() -> None:
    text = "x = 1\nx = 1\n"
    assert "wrong" not in marked(text, path="a.py", text=text, failure="a.py, line 1: wrong")


def test_other_languages_have_their_own_comments() -> None:
    text = "let x: number = 'a';"
    shown = marked(
        text, path="src/a.ts", text=text, failure="src/a.ts, line 1: Type 'string' is not assignable."
    )
    assert shown == "let x: number = 'a';  // <-- wrong: Type 'string' is not assignable."


def test_marks_that_come_back_are_left_out() -> None:
    shown = marked(
        REPLY, path="shapes.py", text=FILE, failure="shapes.py, line 7: name 'radius' is not defined"
    )
    assert shown != REPLY
    assert unmarked(shown) == REPLY
    assert unmarked("x = 1  # wrong\ny = 2 # <-- here\n") == "x = 1  # wrong\ny = 2 # <-- here\n"
