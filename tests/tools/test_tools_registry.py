"""The list of tools, and what happens at its edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from smallcode_jupyter.agent.compose import tools_text
from smallcode_jupyter.models.counting import estimate_tokens
from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.protocol.errors import Cancelled, Problem
from smallcode_jupyter.protocol.tools import CATEGORIES, Parameter, ToolCall, ToolSpec
from smallcode_jupyter.tools.registry import TOOLS, Toolbox, check_registry, specs_of
from smallcode_jupyter.workspace.staging import Staging

FOR_NAMES = ["find_symbol", "rename_symbol", "change_parameters"]
NAMES = [
    *("read_file", "list_files", "outline"),
    *("write_file", "write_definitions", "edit_file", "edit_cell"),
    *("search_text", "find_files"),
    *("run_code", "run_command", "run_tests"),
    *("update_plan", "finish"),
    *FOR_NAMES,
]


def perform(*_: object) -> None: ...


def spec(name: str, category: Any = "read", **fields: Any) -> ToolSpec:
    return ToolSpec(name=name, category=category, description="d", **fields)


def test_the_tools_have_their_usual_names_in_five_categories() -> None:
    assert [tool.name for tool in TOOLS] == NAMES
    offered = [tool.name for category in CATEGORIES for tool in specs_of(category)]
    assert sorted([*offered, *FOR_NAMES]) == sorted(NAMES)


def test_the_registry_is_sound() -> None:
    assert check_registry() == ()


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([(spec("a"), perform), (spec("a"), perform)], "a is offered in 2 categories instead of one."),
        ([(spec("a", "think"), perform)], "a is offered in 0 categories instead of one."),
        ([(spec("a"), None)], "a has nothing that performs it."),
        ([(spec("a"), perform), (spec("b", aliases=("a",)), perform)], "a means both a and b."),
        (
            [(spec("a", parameters=(
                Parameter(name="x", kind="string", description="", aliases=("y",)),
                Parameter(name="y", kind="string", description=""),
            )), perform)],
            "a: the argument y means both x and y.",
        ),
        ([(spec("a"), perform)], "The category plan has no tools."),
    ],
)  # fmt: skip
def test_a_broken_registry_says_so(entries: list[tuple[ToolSpec, object]], fault: str) -> None:
    assert fault in check_registry(entries)


def test_a_small_model_can_hold_the_tools() -> None:
    lines = {category: estimate_tokens(tools_text(specs_of(category))) for category in CATEGORIES}
    assert max(lines.values()) < 100, lines
    assert sum(lines.values()) < 400, lines


def test_arguments_that_do_not_fit_are_explained(use: Any) -> None:
    assert use("read_file").problem == Problem(
        code="missing_argument", what="read_file needs `path`.", hint="Call read_file(path, start?, end?)."
    )
    assert use("read_file", path="README.md", depth=1).problem == Problem(
        code="unknown_argument",
        what="read_file has no argument `depth`.",
        hint="Call read_file(path, start?, end?).",
    )
    assert use("read_file", path="README.md", start="two").problem == Problem(
        code="wrong_argument",
        what="`start` of read_file is not of the kind integer.",
        hint="Call read_file(path, start?, end?).",
    )
    assert use("read_file", path="README.md", start=True).problem is not None


def test_other_names_of_tools_and_arguments_are_understood(use: Any) -> None:
    result = use("view_file", file_path="README.md", start=None)
    assert (result.name, result.status) == ("read_file", "ok")


def test_an_unknown_tool_gets_a_suggestion(use: Any) -> None:
    assert use("reed_file", path="x").content == "There is no tool `reed_file`. Did you mean read_file?"
    assert "There are: read_file, list_files" in use("zzzz").content


def test_a_fault_in_a_tool_is_a_result(use: Any, toolbox: Callable[..., Toolbox]) -> None:
    class Broken:
        def run(self, code: str, cancel: Event) -> Any:
            raise RuntimeError("out of order")

    result = use("run_code", toolbox(code_runner=Broken()), code="1")
    assert (result.status, result.content) == (
        "error",
        "run_code failed: RuntimeError: out of order. Try another tool.",
    )
    assert "out of order" in result.display


def test_a_stopped_run_is_not_a_result(toolbox: Callable[..., Toolbox]) -> None:
    class Stopped:
        def run(self, code: str, cancel: Event) -> Any:
            raise Cancelled("Stopped.")

    call = ToolCall(id="1", name="run_code", arguments={"code": "1"})
    with pytest.raises(Cancelled):
        toolbox(code_runner=Stopped()).run(call, cancel=Event())


def test_a_person_who_only_wants_a_plan_is_obeyed(
    use: Any, toolbox: Callable[..., Toolbox], staging: Staging
) -> None:
    box = toolbox(policy="plan", approver=lambda question: True)
    for name, arguments in (
        ("write_file", {"path": "a.py", "content": "x"}),
        ("write_definitions", {"path": "src/app.py", "source": "def main(): ..."}),
        ("edit_file", {"path": "README.md", "old": "Title", "new": "x"}),
        ("edit_cell", {"path": "a.ipynb", "cell_id": "1", "source": "x"}),
        ("run_command", {"command": "true"}),
        ("run_code", {"code": "1"}),
        ("run_tests", {}),
    ):
        result = use(name, box, **arguments)
        assert (result.status, result.problem is not None) == ("denied", True)
    assert staging.changes().is_empty
    assert use("read_file", box, path="README.md").status == "ok"
    assert use("update_plan", box, steps=["look"]).status == "ok"


def test_every_long_result_is_cut_to_size(use: Any, root: Path) -> None:
    (root / "long.txt").write_text("".join(f"needle {n}\n" for n in range(5_000)))
    for name, arguments in (
        ("read_file", {"path": "long.txt"}),
        ("search_text", {"pattern": "needle"}),
        ("run_command", {"command": "cat long.txt"}),
    ):
        result = use(name, **arguments)
        assert result.status == "ok"
        assert 2_000 < len(result.content) <= 4_000


def test_a_failing_test_run_is_information_however_often(use: Any, toolbox: Callable[..., Toolbox]) -> None:
    failing = CheckResult(name="tests", status="failed", target="pytest", failed=1, detail="test_x: 1 != 2")
    box = toolbox(test_runner=lambda path, cancel: failing)
    for _ in range(6):
        result = use("run_tests", box)
        assert (result.status, result.content) == (
            "ok",
            "failed (pytest): 0 passed, 1 failed\ntest_x: 1 != 2",
        )
