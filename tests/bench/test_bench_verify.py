"""What `bench check` finds in a task: nothing, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_scripted import CHECK, RIGHT, STARTER, WRONG, make_task

from smallcode_jupyter.bench.tasks import load_task
from smallcode_jupyter.bench.verify import TaskReport, verify_task, verify_tasks

CHANGES = ("3 * x", "x + x + 1", "x", "-2 * x", "x + 2")
ONE_CASE = "def check(exam):\n    exam.python().equal('solution.double(2)', 4)\n"


def lay_task(
    folder: Path, *, check: str | None = CHECK, starter: str = STARTER, reference: str = RIGHT
) -> Path:
    """A task with a hard-coded solution and five mutants. `check` None: it has no `hidden/check.py`."""
    place = make_task(folder, check=check or "", visible=False, starter=starter)
    if check is None:
        (place / "hidden" / "check.py").unlink()
    (place / "hidden" / "reference" / "solution.py").write_text(reference)
    (place / "hidden" / "hardcoded").mkdir()
    (place / "hidden" / "hardcoded" / "solution.py").write_text(WRONG)
    mutants = [
        f'[[mutant]]\nname = "{new}"\nfile = "solution.py"\nold = "2 * x"\nnew = "{new}"\n' for new in CHANGES
    ]
    (place / "hidden" / "mutants.toml").write_text("\n".join(mutants))
    return place


def verify(place: Path) -> TaskReport:
    return verify_task(load_task(place, suite="tiny"), runs=1)


def test_a_sound_task(tmp_path: Path) -> None:
    report = verify(lay_task(tmp_path))
    found = (report.faults, report.survivors, report.mutants, report.killed, report.claims)
    assert found == ((), (), 5, 5, 3)
    assert report.is_sound


def test_arguments_keep_their_types(tmp_path: Path) -> None:
    kinds = "    py.equal('[type(a).__name__, type(b).__name__, *c]', ['tuple', 'set', 1], a=(1,), b={2}, c={1: 2})\n"
    report = verify(lay_task(tmp_path, check=CHECK + kinds))
    assert (report.faults, report.claims) == ((), 4)


def test_a_quick_look_tries_two_mutants(tmp_path: Path) -> None:
    task = load_task(lay_task(tmp_path, check=ONE_CASE), suite="tiny")
    (report,) = verify_tasks([task], quick=True)
    assert (report.mutants, report.killed, report.is_sound) == (2, 2, True)


def test_a_starter_that_passes(tmp_path: Path) -> None:
    report = verify(lay_task(tmp_path, starter=RIGHT.replace("Twice", "Two times")))
    assert report.faults == ("the starter passes",)


def test_a_reference_that_fails(tmp_path: Path) -> None:
    report = verify(lay_task(tmp_path, reference=RIGHT.replace("2 * x", "2 * x + 1")))
    (fault,) = report.faults
    assert fault.startswith("the reference fails: solution.double(n) with n=1: expected 2, got 3")


def test_mutants_that_survive(tmp_path: Path) -> None:
    report = verify(lay_task(tmp_path, check=ONE_CASE))
    assert (report.mutants, report.killed, report.survivors) == (5, 4, ("x + 2",))


def test_a_mutant_whose_old_text_is_not_there(tmp_path: Path) -> None:
    report = verify(lay_task(tmp_path, reference=RIGHT.replace("2 * x", "x * 2")))
    assert report.faults[0] == "mutant '3 * x': its old text occurs 0 times"


def test_a_missing_check(tmp_path: Path) -> None:
    report = verify(lay_task(tmp_path, check=None))
    assert (report.is_sound, report.faults) == (False, ("there is no hidden/check.py",))


@pytest.mark.parametrize(
    ("check", "error"),
    [("def check(exam:\n", "SyntaxError"), ("import no_such_module_here\n", "ModuleNotFoundError")],
)
def test_a_check_that_does_not_load(tmp_path: Path, check: str, error: str) -> None:
    (fault,) = verify(lay_task(tmp_path, check=check)).faults
    assert fault.startswith(f"hidden/check.py does not load: {error}: ")
