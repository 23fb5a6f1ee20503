"""What is too long for an answer can be seen: each cut names a call, and that call works."""

from __future__ import annotations

import re
from typing import Any

from smallcode_jupyter.protocol.tools import ToolResult

CALL = re.compile(r'read_file\("([^"]+)", start=(\d+)\)')


def follow(use: Any, box: Any, text: str) -> str:
    """The answer to the call that a cut text names."""
    found = CALL.search(text)
    assert found is not None, text
    result: ToolResult = use("read_file", box, path=found[1], start=int(found[2]))
    assert result.status == "ok"
    return result.content


def test_the_rest_of_an_output_is_read_by_the_call_that_its_note_names(use: Any, toolbox: Any) -> None:
    box = toolbox()
    result = use("run_command", box, command="seq 1 3000")
    assert len(result.content) <= 4_000
    first_missing = int(re.findall(r"^\d+$", result.content.split("\n[...")[0], re.M)[-1]) + 1
    page = follow(use, box, result.content).split("\n")
    assert page[0].startswith("output:1 (lines ")
    assert page[1] == str(first_missing)


def test_every_line_of_an_output_can_be_reached(use: Any, toolbox: Any) -> None:
    box = toolbox()
    text = use("run_command", box, command="seq 1 3000").content
    seen: list[str] = []
    text = use("read_file", box, path="output:1").content
    while True:
        seen += text.split("\n")[1:]
        if "for more" not in text.split("\n")[0]:
            break
        text = follow(use, box, text)
    assert seen == ["exit status 0", *(str(number) for number in range(1, 3001))]


def test_an_endless_line_can_be_read_on(use: Any, toolbox: Any) -> None:
    box = toolbox()
    result = use("run_command", box, command="head -c 9000 /dev/zero | tr '\\0' x; echo END")
    assert len(result.content) <= 4_000
    assert follow(use, box, result.content).split("\n")[1] == "x" * 1_000
    assert use("read_file", box, path="output:1", start=10).content.endswith("END")


def test_an_answer_worth_shortening_has_a_brief_form_that_says_how_to_see_it(use: Any, toolbox: Any) -> None:
    box = toolbox()
    result = use("run_command", box, command="seq 1 300; echo E assert 3 == 4; seq 301 500")
    assert "cut" not in result.content
    assert len(result.brief) <= 800
    assert "\nE assert 3 == 4\n" in result.brief
    assert follow(use, box, result.brief).startswith("output:1 (lines ")
    assert use("run_command", box, command="echo short").brief == ""


def test_the_brief_form_of_a_file_leads_back_to_its_lines(use: Any, toolbox: Any, root: Any) -> None:
    (root / "long.txt").write_text("".join(f"row {number} of the file\n" for number in range(1, 401)))
    box = toolbox()
    brief = use("read_file", box, path="long.txt", start=100, end=200).brief
    assert brief.startswith("long.txt (lines 100-200 of 400)\nrow 100 of the file\n")
    last = brief.split("\n[...")[0].split("\n")[-1]
    number = int(last.split()[1])
    assert follow(use, box, brief).split("\n")[1] == f"row {number + 1} of the file"


def test_long_lists_of_matches_can_be_read_on(use: Any, toolbox: Any, root: Any) -> None:
    (root / "many.txt").write_text("".join(f"needle {number}\n" for number in range(1, 601)))
    box = toolbox()
    result = use("search_text", box, pattern="needle")
    assert "many.txt:1: needle 1\n" in result.content
    seen = follow(use, box, result.content)
    assert re.search(r"many.txt:\d+: needle \d+", seen)


def test_old_outputs_go_and_that_is_said(use: Any, toolbox: Any) -> None:
    box = toolbox()
    for _ in range(42):
        use("run_command", box, command="seq 1 400")
    gone = use("read_file", box, path="output:1")
    assert (gone.status, gone.content) == (
        "error",
        "There is no `output:1` any more. Do again what gave it.",
    )
    assert use("read_file", box, path="output:42").status == "ok"
