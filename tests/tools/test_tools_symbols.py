"""Looking names up and renaming, in the staged copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.protocol.errors import UsageError, WorkspaceError
from smallcode_jupyter.tools.registry import TOOLS, check_registry
from smallcode_jupyter.tools.symbols import ENTRIES, change_parameters, find_symbol, rename_symbol
from smallcode_jupyter.tools.workbench import Workbench
from smallcode_jupyter.workspace.staging import Staging


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    root = tmp_path / "work"
    root.mkdir()
    (root / "money.py").write_bytes(b"def rounded(value):\r\n    return value\r\n")
    (root / "use.py").write_text("from money import rounded\n\nprint(rounded(1), 'rounded')\n")
    index = CodeIndex(root, tmp_path / "state" / "index.sqlite")
    index.refresh()
    staging = Staging(root, tmp_path / "scratch")
    yield Workbench(staging=staging, index=index)
    staging.close()


def test_definitions_and_uses_of_the_staged_state(bench: Workbench) -> None:
    bench.staging.write("more.py", "import money\n\nmoney.rounded(2)\n")
    answer = find_symbol(bench, {"name": "rounded()"}, Event())
    assert answer.content.split("\n") == [
        "money.py:1: def rounded(value)",
        "used:",
        "more.py:3: money.rounded(2)",
        "use.py:1: from money import rounded",
        "use.py:3: print(rounded(1), 'rounded')",
    ]


def test_what_nothing_defines_gets_what_is_similar(bench: Workbench) -> None:
    answer = find_symbol(bench, {"name": "rounding"}, Event())
    assert answer.content == "Nothing defines `rounding`. Similar:\nmoney.py:1: def rounded(value)"


def test_a_renaming_is_staged_in_the_files_own_style(bench: Workbench) -> None:
    bench.staging.write("more.py", "import money\n\nmoney.rounded(2)\n")
    answer = rename_symbol(bench, {"name": "rounded", "new_name": "to_cents"}, Event())
    assert answer.changed == ("money.py", "more.py", "use.py")
    assert answer.content.startswith(
        "Renamed function rounded of money.py to to_cents in 4 places:\nmoney.py:1: "
    )
    assert "texts or other things:\nuse.py:3: print(to_cents(1), 'rounded')" in answer.content
    changes = {change.path: change for change in bench.staging.changes().files}
    assert changes["money.py"].after == "def to_cents(value):\r\n    return value\r\n"
    assert changes["more.py"].after == "import money\n\nmoney.to_cents(2)\n"
    assert find_symbol(bench, {"name": "to_cents"}, Event()).content.startswith(
        "money.py:1: def to_cents(value)"
    )


def test_parameters_change_with_the_calls(bench: Workbench) -> None:
    answer = change_parameters(bench, {"name": "rounded", "parameters": "value, digits=2"}, Event())
    assert answer.changed == ("money.py", "use.py")
    assert bench.staging.read("money.py") == "def rounded(value, digits=2):\n    return value\n"


def test_nothing_is_staged_where_it_is_refused(bench: Workbench) -> None:
    bench.staging.write("star.py", "from money import *\nrounded(1)\n")
    with pytest.raises(WorkspaceError, match=r"star\.py:1"):
        rename_symbol(bench, {"name": "rounded", "new_name": "to_cents"}, Event())
    assert [change.path for change in bench.staging.changes().files] == ["star.py"]


def test_without_an_index_it_says_so(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="no index"):
        find_symbol(Workbench(staging=bench.staging), {"name": "x"}, Event())


def test_they_fit_among_the_other_tools() -> None:
    others = [(spec, object.__init__) for spec in TOOLS if spec.name not in {one.name for one, _ in ENTRIES}]
    assert check_registry([*others, *ENTRIES]) == ()
