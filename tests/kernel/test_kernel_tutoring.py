"""Teacher mode in a real kernel: hints, comparing one's own cell, switching off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Kernel

pytestmark = pytest.mark.kernel

WORDS = "Write a function median(values). median([3, 1, 2]) == 2 and median([4, 1, 3, 2]) == 2.5"
MINE = "def median(values):\n    return sorted(values)[len(values) // 2]\n"
PASSING = (
    "```python\ndef median(values):\n    s = sorted(values)\n    n = len(s) // 2\n"
    "    return s[n] if len(s) % 2 else (s[n - 1] + s[n]) / 2\n```"
)


def test_a_lesson_with_hints_without_code(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "TUTOR.md").write_text("level: no-code\n")
    greeted = kernel.run("%reload_ext smallcode_jupyter\nscript = _script")
    assert "guard rail for learning, not exam security" in greeted.last
    # From a file: what the person types is shown to the model, and is in the trace.
    replies = [PASSING, "Look at what stands in the middle of four numbers.", PASSING]
    (tmp_path / "replies.json").write_text(json.dumps(replies))
    kernel.run("import json\nmodel = script(*json.load(open('replies.json')))")
    kernel.run(MINE)

    made = kernel.run(f"%%smallcode\n{WORDS}")
    assert "Hint 1 of 3: a question" in made.last
    assert "median([4, 1, 3, 2]) is 3, expected 2.5" in made.last
    assert "s[n - 1]" not in str(made.displays)

    kernel.run("%smallcode hint")
    assert "no-code" in kernel.run("%smallcode accept").text

    compared = kernel.run("%smallcode compare")
    assert "different on" in compared.last
    assert "yours: 3   the other: 2.5" in compared.last
    assert "s[n - 1]" not in str(compared.displays)
    assert kernel.run("median([4, 1, 3, 2])").text == "3"

    told = kernel.run("%smallcode tutor").last
    assert "level: no-code (TUTOR.md)" in told
    assert [line.split()[2] for line in told.splitlines() if line.startswith("  20")] == [
        "question",
        "pointer",
        "compared",
    ]


def test_off_leaves_one_sentence(kernel: Kernel, tmp_path: Path) -> None:
    (tmp_path / "TUTOR.md").write_text("level: off\n")
    said = "The assistant is switched off here by the teacher"
    assert kernel.run("%reload_ext smallcode_jupyter\nscript = _script").last == f"{said} (TUTOR.md)."
    kernel.run("model = script('never')")
    assert said in kernel.run("%%smallcode\nWrite something.").last
    assert said in kernel.run("%smallcode status").text
    assert "not found" in kernel.run("%%trial\nx = 1").text
    assert kernel.run("len(model.requests)").text == "0"
