"""Folders that a confined process may not read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from smallcode_jupyter.sandbox.confine import confinement_available
from smallcode_jupyter.sandbox.policy import SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

ROOT = Path(__file__).parents[2]
LOOK = """
import os
for look in (lambda: open("secret/a.txt").read(), lambda: os.listdir("."), lambda: open("open.txt").read()):
    try:
        value = look()
        print(sorted(value) if isinstance(value, list) else value)
    except PermissionError:
        print("refused")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text("hidden")
    (tmp_path / "open.txt").write_text("shown")
    return tmp_path


@pytest.mark.parametrize(
    ("hides_names", "seen"),
    [(True, ["refused", "refused", "shown"]), (False, ["refused", "['open.txt', 'secret']", "shown"])],
)
def test_what_is_hidden_is_not_read_and_its_name_only_where_allowed(
    folder: Path, hides_names: bool, seen: list[str]
) -> None:
    policy = SandboxPolicy(hidden=(folder / "secret",), hides_names=hides_names)
    result = run_confined((sys.executable, "-I", "-c", LOOK), cwd=folder, policy=policy)
    assert result.stdout.splitlines() == seen, result.stderr


def test_a_confined_process_can_confine_its_own(folder: Path) -> None:
    inner = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from smallcode_jupyter.sandbox.policy import SandboxPolicy\n"
        "from smallcode_jupyter.sandbox.process import run_confined\n"
        "result = run_confined((sys.executable, '-c', 'print(6 * 7)'), cwd=Path('.'), policy=SandboxPolicy())\n"
        "print(result.stdout.strip(), result.confinement)\n"
    )
    policy = SandboxPolicy(hidden=(folder / "secret",), hides_names=False)
    result = run_confined((sys.executable, "-I", "-c", inner, str(ROOT)), cwd=folder, policy=policy)
    assert result.stdout.split() == ["42", confinement_available().name], result.stderr


def test_what_vanishes_while_the_rules_are_made_is_no_fault(folder: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from smallcode_jupyter.sandbox import landlock\n"
        "around = landlock._around\n"
        "landlock._around = lambda hidden: ['/gone-since', *around(hidden)]\n"
        "landlock.prctl(38, *(landlock.ctypes.c_ulong(n) for n in (1, 0, 0, 0)))\n"
        "abi = landlock.landlock_abi()\n"
        "landlock.restrict_files([], hidden=[sys.argv[2]], allows_network=True, abi=abi)\n"
        "print('held')\n"
    )
    command = [sys.executable, "-I", "-c", code, str(ROOT), str(folder / "secret")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "held\n", done.stderr
