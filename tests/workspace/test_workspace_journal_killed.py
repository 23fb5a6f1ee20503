"""The journal after `kill -9` at every step: all old or all new, and undo still right."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from smallcode_jupyter.protocol.errors import FileChanged
from smallcode_jupyter.workspace.journal import Journal, Recovery

FILES = {"changed.py": "old\n", "deleted.py": "gone\n", "other.py": "stay\n", "pkg/x.py": "old\r\n"}
TEXTS = {"changed.py": "new\n", "deleted.py": None, "pkg/x.py": "new\r\n", "sub/deep/new.py": "made\n"}


def _killed_at(number: int, act: Callable[[Callable[[str], None]], object]) -> bool:
    """Run `act` in a child process that kills itself at that step; whether it died before it was done."""
    child = os.fork()
    if child == 0:
        left = [number]

        def step(name: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            act(step)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_apply_killed_at_any_step(put, tmp_path, proposal, snapshot):
    root = put(FILES)
    old = snapshot(root)
    changes = proposal(TEXTS)
    plain = Journal(root, tmp_path / "journal")
    plain.apply(changes)
    new = snapshot(root)
    plain.undo()
    number, outcomes = 1, set()
    while _killed_at(number, lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes)):
        done = plain.recover()
        outcomes |= {item.action for item in done}
        now = snapshot(root)
        assert now in (old, new)
        assert plain.recover() == ()
        assert not list((tmp_path / "journal").glob("*/draft-*"))
        if now == new:
            plain.undo()
            assert snapshot(root) == old
        number += 1
    assert number > 20
    assert outcomes == {"rolled_back", "completed"}
    assert snapshot(root) == new
    plain.undo()
    assert snapshot(root) == old


def test_undo_killed_at_any_step(put, tmp_path, proposal, snapshot):
    root = put(FILES)
    old = snapshot(root)
    changes = proposal(TEXTS)
    plain = Journal(root, tmp_path / "journal")
    number = 1
    plain.apply(changes)
    new = snapshot(root)
    while _killed_at(number, lambda step: Journal(root, tmp_path / "journal", step=step).undo()):
        plain.recover()
        now = snapshot(root)
        assert now in (old, new)
        if now == old:
            assert plain.entries()[0].state == "undone"
            plain.apply(changes)
        number += 1
    assert number > 10
    assert snapshot(root) == old


def test_recovery_killed_at_any_step(put, tmp_path, proposal, snapshot):
    root = put(FILES)
    old = snapshot(root)
    changes = proposal(TEXTS)
    plain = Journal(root, tmp_path / "journal")
    steps: list[str] = []
    Journal(root, tmp_path / "journal", step=steps.append).apply(changes)
    plain.undo()
    middle = steps.index("replace a file") + 4
    number = 1
    while True:
        assert _killed_at(middle, lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes))
        assert snapshot(root) != old
        was_killed = _killed_at(number, lambda step: Journal(root, tmp_path / "journal", step=step).recover())
        plain.recover()
        assert snapshot(root) == old
        if not was_killed:
            break
        number += 1
    assert number > 5


def test_the_next_apply_recovers_first(put, tmp_path, proposal, snapshot):
    root = put(FILES)
    old = snapshot(root)
    changes = proposal(TEXTS)
    steps: list[str] = []
    plain = Journal(root, tmp_path / "journal")
    Journal(root, tmp_path / "journal", step=steps.append).apply(changes)
    new = snapshot(root)
    plain.undo()
    middle = steps.index("replace a file") + 2
    assert _killed_at(middle, lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes))
    assert snapshot(root) not in (old, new)
    plain.apply(changes)
    assert snapshot(root) == new


def test_recovery_leaves_alone_what_the_person_changed_since(put, tmp_path, proposal):
    root = put(FILES)
    changes = proposal(TEXTS)
    plain = Journal(root, tmp_path / "journal")
    steps: list[str] = []
    Journal(root, tmp_path / "journal", step=steps.append).apply(changes)
    plain.undo()
    middle = steps.index("replace a file") + 4
    assert _killed_at(middle, lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes))
    put({"changed.py": "theirs\n"})
    (done,) = plain.recover()
    assert done == Recovery(
        entry_id=done.entry_id, action="rolled_back", paths=tuple(sorted(TEXTS)), left=("changed.py",)
    )
    assert (root / "changed.py").read_text() == "theirs\n"
    assert (root / "deleted.py").read_text() == "gone\n"
    assert plain.recover() == ()


def test_two_processes_at_once_do_not_mix(put, tmp_path, proposal):
    root = put({"a.py": "0\n", "b.py": "0\n"})
    for turn in range(5):
        children = []
        for name in ("first", "second"):
            changes = proposal({"a.py": f"{name} {turn}\n", "b.py": f"{name} {turn}\n"})
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    Journal(root, tmp_path / "journal").apply(changes)
                    code = 0
                except FileChanged:
                    code = 7
                finally:
                    os._exit(code)
            children.append(child)
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
        assert codes == [0, 7]
        assert (root / "a.py").read_text() == (root / "b.py").read_text()
