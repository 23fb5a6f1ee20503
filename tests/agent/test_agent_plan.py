"""Work on several files: what is planned, and how the steps go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import World, failed, file_item, passed

from smallcode_jupyter.agent.planning import plan_of, renames_in
from smallcode_jupyter.protocol.checks import CheckReport, CheckResult
from smallcode_jupyter.protocol.events import ChangeProposed, PlanUpdated, ToolStarted
from smallcode_jupyter.protocol.tasks import Context, FoundFile, Limits, Task

RATES = "def find_rate(pair):\n    return None\n"
BOARD = "from rates import find_rate\n\n\ndef board():\n    return find_rate('a')\n"
CLI = "from board import board\n\n\ndef main():\n    print(board())\n"
FILES = {"src/cli.py": CLI, "src/board.py": BOARD, "src/rates.py": RATES, "tests/test_rates.py": "..."}
FOUND = (
    FoundFile(path="src/cli.py", score=5.0, imports=("src/board.py",)),
    FoundFile(path="src/board.py", score=4.0, uses=("find_rate",), imports=("src/rates.py",)),
    FoundFile(path="src/rates.py", score=3.0, defines=("find_rate",)),
    FoundFile(path="tests/test_rates.py", score=2.0, is_test=True, imports=("src/rates.py",)),
)
WORDS = "- cli.py: `main` prints one more line.\n- rates.py: `find_rate(pair)` returns 1 for all."
TASK = Task(id="t", words=WORDS)


def planned(words: str, *, found: tuple[FoundFile, ...] = FOUND, **more: object) -> list[str]:
    named = tuple(file_item(path, FILES[path]) for path in FILES if path in words)
    context = Context(items=named, paths=tuple(FILES), found=found)
    task = replace(TASK, words=words, **more)  # type: ignore[arg-type]
    return [step.path for step in plan_of(task, context, category="write", is_clear=True).steps]


def test_files_of_a_list_are_planned_in_the_order_in_which_they_are_built_on_each_other() -> None:
    assert planned(WORDS) == ["src/rates.py", "src/cli.py"]


def test_callers_are_planned_where_what_they_call_changes() -> None:
    words = "src/rates.py: `find_rate(pair)` becomes `rate(pair)`. src/cli.py prints it. Change all callers."
    assert planned(words) == ["src/rates.py", "src/board.py", "src/cli.py"]


def test_new_files_come_first() -> None:
    words = "Split src/rates.py.\n\n- money.py: a new module with `find_rate`.\n- board.py: imports it from there."
    assert planned(words) == ["src/money.py", "src/board.py"]


@pytest.mark.parametrize(
    "words",
    [
        "Fix src/cli.py.",
        "src/cli.py prints one line too many.",
        "- cli.py: one more line.\n- board.py stays as it is.",
        "- cli.py: one more line.\n- tests/test_rates.py is right.",
    ],
)
def test_work_on_one_file_has_no_plan(words: str) -> None:
    assert planned(words) == []


@pytest.mark.parametrize("without", ["plan", "index"])
def test_it_can_be_switched_off(without: str) -> None:
    assert planned(WORDS, without=(without,)) == []


def test_a_fault_of_unknown_place_is_searched_in_files_that_are_not_said_to_be_right() -> None:
    words = "The board is wrong; the cause is in a module below it. src/cli.py is right."
    assert planned(words) == ["src/board.py", "src/rates.py"]


@pytest.mark.parametrize(
    ("words", "renames"),
    [
        ("`Car.reg` becomes `Car.plate`.", (("Car.reg", "plate"),)),
        ("`normal_reg(text)` in cars.py becomes `normal_plate(text)`", (("normal_reg", "normal_plate"),)),
        ("Please rename `find` to `find_one` everywhere.", (("find", "find_one"),)),
        ("`Garage.find(reg)` becomes `Yard.find(plate)`", ()),
        ("`f(a)` becomes `f(a, b)`", ()),
        ("`total` is called `once` a day", ()),
    ],
)
def test_renames_that_are_asked_for_literally(words: str, renames: tuple[tuple[str, str], ...]) -> None:
    assert renames_in(words) == renames


NEW_RATES = "```python src/rates.py\ndef find_rate(pair):\n    return 1\n```"
NEW_CLI = "```python src/cli.py\nfrom board import board\n\n\ndef main():\n    print(board(), 'more')\n```"


def judge(files: dict[str, str]) -> CheckReport:
    right = ("return 1" in files["src/rates.py"]) + ("more" in files["src/cli.py"])
    if right == 2:
        return passed()
    where = "src/cli.py" if "more" not in files["src/cli.py"] else "src/rates.py"
    return failed(detail=f"{where}:4: wrong", ok=right)


def world(*replies: str, **more: object) -> World:
    items = tuple(file_item(path, FILES[path]) for path in ("src/cli.py", "src/rates.py"))
    return World(replies=replies, files=FILES, items=items, found=FOUND, check=judge, **more)  # type: ignore[arg-type]


def proposed(w: World) -> list[str]:
    found = [event for event in w.events if isinstance(event, ChangeProposed)]
    return [change.path for event in found for change in event.changes.files]


def plans(w: World) -> list[list[tuple[str, bool]]]:
    found = [event for event in w.events if isinstance(event, PlanUpdated)]
    return [[(step.words.partition(":")[0], step.is_done) for step in event.steps] for event in found]


def test_each_file_is_asked_for_by_itself_and_all_is_one_change() -> None:
    w = world(NEW_RATES, NEW_CLI)
    assert w.run(TASK).outcome == "validated"
    assert proposed(w) == ["src/cli.py", "src/rates.py"]
    assert [check.is_step for check in w.checks] == [True, True, False]
    assert plans(w)[0] == [("src/rates.py", False), ("src/cli.py", False)]
    assert plans(w)[-1] == [("src/rates.py", True), ("src/cli.py", True)]
    first, second = (request.messages[1].content for request in w.requests)
    assert "find_rate(pair):" in first
    assert "def main" not in first
    assert "def main" in second
    assert "return None" not in second
    assert "# Task\n- rates.py: `find_rate(pair)` returns 1 for all.\n\nOther files" in first
    assert "# Task\n- cli.py: `main` prints one more line.\n\nOther files" in second


def test_a_step_without_words_of_its_own_is_shown_all_of_them() -> None:
    words = "src/rates.py: `find_rate(pair)` becomes `rate(pair)`. src/cli.py prints it. Change all callers."
    w = world(NEW_RATES, NEW_CLI)
    w.run(replace(TASK, words=words))
    assert w.requests[0].messages[1].content.startswith(f"# Task\n{words}")
    assert w.checks[0].about == ""


def test_a_step_that_lacks_what_its_words_name_is_asked_for_again() -> None:
    def judge_step(files: dict[str, str]) -> CheckReport:
        lacking = 0 if "second" in files["src/rates.py"] else 1
        detail = "no `second`" if lacking else ""
        named = CheckResult(
            name="named", status="unchecked", target="", passed=1 - lacking, failed=lacking, detail=detail
        )
        return CheckReport(results=(named,))

    words = "- rates.py: new function `second(pair)`.\n- cli.py: `main` prints one more line."
    both = NEW_RATES.replace("return 1", "return 1\n\n\ndef second(pair):\n    return 2")
    w = world(NEW_RATES, both, NEW_CLI, step_check=judge_step)
    assert w.run(replace(TASK, words=words)).outcome == "validated"
    assert "no `second`" in w.requests[1].messages[-1].content
    assert "def main" in w.requests[2].messages[1].content


def test_what_an_answer_says_about_other_files_is_left_out() -> None:
    w = world(f"{NEW_RATES}\n\n```python src/board.py\nbroken\n```", NEW_CLI)
    assert w.run(TASK).outcome == "validated"
    assert proposed(w) == ["src/cli.py", "src/rates.py"]


def test_the_file_that_the_check_of_the_whole_points_at_is_done_again() -> None:
    w = world(NEW_RATES, NEW_CLI.replace("more", "less"), NEW_CLI)
    assert w.run(TASK).outcome == "validated"
    assert plans(w)[-1] == [("src/rates.py", True), ("src/cli.py", True), ("src/cli.py", True)]
    assert "src/cli.py:4: wrong" in w.requests[-1].messages[1].content


def test_part_of_the_work_is_proposed_only_where_more_passes_than_before() -> None:
    useless = NEW_RATES.replace("return 1", "return 2")
    w = world(useless, "Done.", "Done.", "Done.", "Done.", "Done.", "Done.", "Done.")
    assert w.run(TASK).outcome == "gave_up"
    assert proposed(w) == []


def test_literal_renames_are_made_without_the_model() -> None:
    words = "`find_rate` becomes `rate`.\n- rates.py: `rate` returns 1.\n- cli.py: prints more."
    new = NEW_RATES.replace("find_rate", "rate")
    w = world(new, NEW_CLI)
    assert w.run(replace(TASK, words=words)).outcome == "validated"
    assert next(event.call.name for event in w.events if isinstance(event, ToolStarted)) == "rename_symbol"
    assert "rate('a')" in w.staged["src/board.py"]
    assert "find_rate" not in w.staged["src/board.py"]


def test_a_fault_is_searched_file_by_file_and_what_helps_nothing_is_dropped() -> None:
    words = "The board is wrong, fix it; the cause is in a module below it. src/cli.py is right."
    board = "```python src/board.py\ndef board():\n    return 2\n```"

    def judge(files: dict[str, str]) -> CheckReport:
        return passed() if "return 1" in files["src/rates.py"] else failed()

    w = world(board, NEW_RATES, board, NEW_RATES)
    w.check = judge
    assert w.run(replace(TASK, words=words, limits=Limits(calls=2))).outcome == "validated"
    assert proposed(w) == ["src/rates.py"]
