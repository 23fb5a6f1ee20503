"""Programs that the words show are run on variations of the shown command, so that answers can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smallcode_jupyter.protocol.effects import Behaviour
from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.workspace.staging import Staging

WORDS = """Add an option --least N to total.py. With the input

    3
    8

python total.py --least 5 prints

    8

Without it everything is as today."""
PROGRAM = """import sys

if __name__ == "__main__":
    least = {default}
    if "--least" in sys.argv:
        least = int(sys.argv[2])
    print(sum(n for n in map(int, sys.stdin) if n >= least))
"""


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "total.py").write_text("import sys\n\nprint(sum(map(int, sys.stdin)))\n")
    staging = Staging(tmp_path / "work", tmp_path / "scratch")
    yield staging
    staging.close()


def observed(staging: Staging, default: int) -> Behaviour:
    staging.write("total.py", PROGRAM.format(default=default))
    return Observer(staging, seconds=20.0).observe(("total.py",), WORDS)


def test_a_program_is_run_as_shown_without_its_option_and_with_other_input(staging: Staging) -> None:
    assert observed(staging, 0).outcomes == (
        "ended well, printed 8",
        "ended well, printed 11",
        "ended well, printed 8",
        "ended well, printed 8",
    )


def test_programs_that_differ_without_the_option_do_not_behave_alike(staging: Staging) -> None:
    assert observed(staging, 0).outcomes != observed(staging, 5).outcomes


def test_a_program_that_fails_is_told_from_one_that_prints_nothing(staging: Staging) -> None:
    staging.write("total.py", "raise SystemExit(3)\n")
    assert set(Observer(staging, seconds=20.0).observe(("total.py",), WORDS).outcomes) == {
        "ended badly, printed "
    }
