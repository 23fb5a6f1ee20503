"""What a model is told about exceptions where a value is expected."""

from __future__ import annotations

import pytest
from world import World, file_item, passed

from smallcode_jupyter.agent.advising import advice_on
from smallcode_jupyter.protocol.checks import CheckReport, CheckResult
from smallcode_jupyter.protocol.tasks import Task

PYTEST = """test_names failed:
test_public.py:9: in test_names
    assert day("0231") is None
days.py:15: in day
    return date(2025, month, day)
E   ValueError: day is out of range for month"""


@pytest.mark.parametrize(
    ("failure", "name"),
    [
        (PYTEST, "ValueError"),
        (
            "mean([]) raised ZeroDivisionError: division by zero\n  at stats.py, line 3: return s / n",
            "ZeroDivisionError",
        ),
    ],
)
def test_an_exception_where_a_value_is_expected_may_be_caught(failure: str, name: str) -> None:
    assert f"`except {name}`" in advice_on(failure)


@pytest.mark.parametrize(
    "failure",
    [
        "f(2) returned 3, expected 4",
        "test_a.py:3: in test_a\nE   AssertionError: assert 1 == 2",
        "a.py:3: NameError: name 'x' is not defined",
        "test_a.py:3: Failed: DID NOT RAISE ValueError\nValueError: gone",
        "solve() threw ValueError\n  at solution.js, line 2",
    ],
)
def test_other_failures_have_no_such_advice(failure: str) -> None:
    assert advice_on(failure) == ""


def test_the_advice_stands_below_the_failure() -> None:
    failed = CheckResult(name="tests", status="failed", target="t", failed=1, detail=PYTEST)

    def check(files: dict[str, str]) -> CheckReport:
        return passed() if "except" in files["days.py"] else CheckReport(results=(failed,))

    code = "def day(text):\n    return 1\n"
    better = "def day(text):\n    try:\n        return 1\n    except ValueError:\n        return None\n"
    world = World(
        [f"```python\n{code.replace('1', '2')}```", f"```python\n{better}```"],
        files={"days.py": code},
        items=(file_item("days.py", code),),
        check=check,
    )
    assert world.run(Task(id="t", words="Correct day in days.py.")).outcome == "validated"
    assert "`except ValueError`" in world.requests[1].messages[-1].content
