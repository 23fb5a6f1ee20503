"""Functions that the task names and that were left as they were: not written."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.stubs import check_stubs

PYTHON = "def area(box):\n    raise NotImplementedError\n\n\ndef edge(box):\n    return box.w\n"
SCRIPT = 'export class Jar {\n  add(a) {\n    throw new Error("not implemented");\n  }\n}\n'
GO = 'package m\n\nfunc (j *Jar) Add(n int) {\n\tpanic("not written yet")\n}\n'
REFUSES = "def area(box):\n    raise ValueError('not a box')\n"
RUST = "pub fn area(w: u32) -> u32 {\n    todo!()\n}\n"


@pytest.mark.parametrize(
    ("path", "text", "words", "detail"),
    [
        (
            "m.py",
            PYTHON,
            "Write area(box).",
            "m.py, line 2: area is not written yet: raise NotImplementedError",
        ),
        (
            "m.js",
            SCRIPT,
            "`add(a)` adds",
            'm.js, line 3: add is not written yet: throw new Error("not implemented");',
        ),
        ("m.go", GO, "Complete Add", 'm.go, line 4: Add is not written yet: panic("not written yet")'),
        ("m.rs", RUST, "area of a square", "m.rs, line 2: area is not written yet: todo!()"),
    ],
)
def test_stub_that_the_words_name_fails(path, text, words, detail):
    result = check_stubs(path, text, before=text, words=words)
    assert result is not None
    assert (result.status, result.detail) == ("failed", detail)


@pytest.mark.parametrize(
    ("text", "before", "words"),
    [
        (PYTHON, PYTHON, "Write edge(box)."),
        (PYTHON, None, "Write area(box)."),
        (PYTHON.replace("raise NotImplementedError", "return 1"), PYTHON, "Write area(box)."),
        (PYTHON, PYTHON.replace("raise NotImplementedError", "return 1"), "Write area(box)."),
        (
            PYTHON + "\n\nclass Square:\n    def area(self):\n        return 1\n",
            PYTHON,
            "Give Square an area",
        ),
        (
            "def area(box):\n    raise ValueError('not a box')\n",
            "def area(box):\n    raise ValueError('not a box')\n",
            "area",
        ),
    ],
)
def test_what_is_written_or_not_asked_for_is_no_stub(text, before, words):
    assert check_stubs("m.py", text, before=before, words=words) is None


def test_report_fails_with_a_stub_left(check):
    report = check({"m.py": PYTHON + "\n\nx = 1\n"}, on_disk={"m.py": PYTHON}, words="Write area(box).")
    assert report.first_failure is not None
    assert report.first_failure.name == "stubs"
