"""Applying changes and taking them back: all or nothing, byte for byte."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import signal
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.protocol.errors import (
    DiskFull,
    FileChanged,
    OutsideWorkspace,
    ReadOnly,
    UsageError,
    WorkspaceError,
)
from smallcode_jupyter.workspace.journal import Journal, UndoReport
from smallcode_jupyter.workspace.staging import Staging

FILES = {"changed.py": "old\n", "deleted.py": "gone\n", "other.py": "stay\n"}
TEXTS = {"changed.py": "new\n", "deleted.py": None, "sub/deep/new.py": "made\n"}
AFTER = {
    "changed.py": b"new\n",
    "other.py": b"stay\n",
    "sub": None,
    "sub/deep": None,
    "sub/deep/new.py": b"made\n",
}


@pytest.fixture
def journal(root, tmp_path):
    return Journal(root, tmp_path / "journal")


def test_a_change_set_is_applied_and_undone(put, journal, proposal, snapshot):
    root = put(FILES)
    before = snapshot(root)
    entry_id = journal.apply(proposal(TEXTS))
    assert snapshot(root) == AFTER
    assert journal.undo() == UndoReport(
        entry_id=entry_id, paths=("changed.py", "deleted.py", "sub/deep/new.py")
    )
    assert snapshot(root) == before


def test_staged_changes_go_to_the_disk_in_the_files_own_style(put, staging, journal):
    root = put({"a.py": b"\xef\xbb\xbfx\r\ny\r\n"})
    staging.write("a.py", "x\nz\n")
    journal.apply(staging.changes())
    assert (root / "a.py").read_bytes() == b"\xef\xbb\xbfx\r\nz\r\n"
    journal.undo()
    assert (root / "a.py").read_bytes() == b"\xef\xbb\xbfx\r\ny\r\n"


def test_entries_are_listed_newest_first_with_their_state(put, journal, proposal):
    put(FILES)
    first = journal.apply(proposal({"changed.py": "1\n"}))
    second = journal.apply(proposal({"changed.py": "2\n"}))
    journal.undo()
    listed = [(entry.id, entry.state, entry.paths, entry.changes_id) for entry in journal.entries()]
    assert listed == [
        (second, "undone", ("changed.py",), "proposed"),
        (first, "applied", ("changed.py",), "proposed"),
    ]


def test_undo_goes_back_step_by_step(put, journal, proposal):
    root = put(FILES)
    journal.apply(proposal({"changed.py": "1\n"}))
    journal.apply(proposal({"changed.py": "2\n"}))
    journal.undo()
    assert (root / "changed.py").read_text() == "1\n"
    journal.undo()
    assert (root / "changed.py").read_text() == "old\n"
    with pytest.raises(UsageError, match="nothing to undo"):
        journal.undo()


def test_an_older_entry_is_undone_by_its_id(put, journal, proposal):
    root = put(FILES)
    first = journal.apply(proposal({"changed.py": "1\n"}))
    journal.apply(proposal({"other.py": "2\n"}))
    journal.undo(first)
    assert (root / "changed.py").read_text() == "old\n"
    assert (root / "other.py").read_text() == "2\n"
    with pytest.raises(UsageError):
        journal.undo(first)


def test_an_older_entry_under_a_newer_one_is_not_undone(put, journal, proposal):
    root = put(FILES)
    first = journal.apply(proposal({"changed.py": "1\n"}))
    journal.apply(proposal({"changed.py": "2\n"}))
    with pytest.raises(FileChanged):
        journal.undo(first)
    assert (root / "changed.py").read_text() == "2\n"


@pytest.mark.parametrize("name", ["changed.py", "deleted.py", "sub/deep/new.py"])
def test_a_file_changed_since_it_was_read_stops_all(put, journal, proposal, snapshot, name):
    root = put(FILES)
    changes = proposal(TEXTS)
    put({name: "theirs\n"})
    before = snapshot(root)
    with pytest.raises(FileChanged, match=name):
        journal.apply(changes)
    assert snapshot(root) == before
    assert journal.entries() == ()


def test_a_file_changed_while_applying_stops_all(put, root, tmp_path, proposal, snapshot):
    put(FILES)
    before = snapshot(root)

    def step(name):
        if name == "replace a file":
            (root / "deleted.py").write_text("theirs\n")

    with pytest.raises(FileChanged):
        Journal(root, tmp_path / "journal", step=step).apply(proposal(TEXTS))
    assert snapshot(root) == before | {"deleted.py": b"theirs\n"}


@pytest.mark.parametrize("name", ["changed.py", "deleted.py", "sub/deep/new.py"])
def test_a_file_changed_since_it_was_applied_stops_the_undo(put, journal, proposal, snapshot, name):
    root = put(FILES)
    journal.apply(proposal(TEXTS))
    put({name: "theirs\n"})
    before = snapshot(root)
    with pytest.raises(FileChanged, match=name):
        journal.undo()
    assert snapshot(root) == before


def test_folders_made_by_apply_stay_where_something_else_is_in_them(put, journal, proposal):
    root = put(FILES)
    journal.apply(proposal(TEXTS))
    put({"sub/theirs.txt": ""})
    journal.undo()
    assert (root / "sub/theirs.txt").exists()
    assert not (root / "sub/deep").exists()


def test_permission_bits_are_kept_and_come_back(put, journal, proposal):
    root = put(FILES)
    (root / "changed.py").chmod(0o755)
    (root / "deleted.py").chmod(0o640)
    journal.apply(proposal(TEXTS))
    assert stat.S_IMODE((root / "changed.py").stat().st_mode) == 0o755
    journal.undo()
    assert stat.S_IMODE((root / "changed.py").stat().st_mode) == 0o755
    assert stat.S_IMODE((root / "deleted.py").stat().st_mode) == 0o640


def test_a_link_inside_is_written_through(put, journal, proposal):
    root = put({"real.py": "old\n"})
    (root / "link.py").symlink_to("real.py")
    journal.apply(proposal({"link.py": "new\n"}))
    assert (root / "link.py").is_symlink()
    assert (root / "real.py").read_text() == "new\n"


def test_two_names_of_one_file_in_one_change_are_refused(put, journal, proposal):
    root = put({"real.py": "old\n"})
    (root / "link.py").symlink_to("real.py")
    with pytest.raises(WorkspaceError, match="same file"):
        journal.apply(proposal({"link.py": "1\n", "real.py": "2\n"}))
    assert (root / "real.py").read_text() == "old\n"


def test_hard_links_are_noted(put, journal, proposal):
    root = put(FILES)
    os.link(root / "changed.py", root / "twin.py")
    journal.apply(proposal({"changed.py": "new\n"}))
    assert "1 other names" in journal.entries()[0].notes[0]
    assert (root / "twin.py").read_text() == "old\n"


def test_a_path_outside_is_refused(journal, tmp_path):
    (tmp_path / "x.py").write_text("old\n")
    change = FileChange(path="../x.py", before=None, after="new\n", before_hash=None)
    with pytest.raises(OutsideWorkspace):
        journal.apply(ChangeSet(id="c", files=(change,)))


def test_a_file_behind_a_folder_turned_link_is_not_undone_outside(put, journal, proposal, tmp_path):
    root = put({"sub/a.py": "old\n"})
    journal.apply(proposal({"sub/a.py": "new\n"}))
    (root / "sub").rename(tmp_path / "moved")
    (root / "sub").symlink_to(tmp_path / "moved")
    with pytest.raises(WorkspaceError):
        journal.undo()
    assert (tmp_path / "moved/a.py").read_text() == "new\n"


def test_a_read_only_file_stops_all(put, journal, proposal, snapshot):
    root = put(FILES)
    (root / "changed.py").chmod(0o444)
    before = snapshot(root)
    with pytest.raises(ReadOnly, match=r"changed\.py"):
        journal.apply(proposal(TEXTS))
    assert snapshot(root) == before


def test_a_read_only_folder_stops_all(put, journal, proposal, snapshot):
    root = put({**FILES, "locked/a.py": "old\n"})
    (root / "locked").chmod(0o555)
    before = snapshot(root)
    with pytest.raises(ReadOnly, match="locked"):
        journal.apply(proposal({"changed.py": "new\n", "locked/b.py": "new\n"}))
    assert snapshot(root) == before


def test_cells_are_left_to_the_front_end(put, journal, proposal):
    root = put(FILES)
    cell = FileChange(path="cell:next", before=None, after="x = 1", before_hash=None)
    assert journal.apply(ChangeSet(id="c", files=(cell,))) == ""
    assert journal.entries() == ()
    journal.apply(ChangeSet(id="c", files=(cell, *proposal({"other.py": "new\n"}).files)))
    assert journal.entries()[0].paths == ("other.py",)
    assert not (root / "cell:next").exists()


def test_workspaces_share_a_folder_without_meeting(put, tmp_path, proposal):
    root = put(FILES)
    (tmp_path / "second").mkdir()
    Journal(root, tmp_path / "journal").apply(proposal(TEXTS))
    assert Journal(tmp_path / "second", tmp_path / "journal").entries() == ()


def test_the_journal_is_private(put, journal, proposal, tmp_path):
    put(FILES)
    journal.apply(proposal(TEXTS))
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "journal").iterdir())


def test_old_entries_are_dropped(put, root, tmp_path, proposal, monkeypatch):
    monkeypatch.setattr("smallcode_jupyter.workspace.journal._KEPT_ENTRIES", 3)
    put(FILES)
    journal = Journal(root, tmp_path / "journal")
    ids = [journal.apply(proposal({"changed.py": f"{number}\n"})) for number in range(5)]
    assert [entry.id for entry in journal.entries()] == ids[:1:-1]


class _FullDisk:
    """Refuses the step with this number; with `for_good`, all that follow too."""

    def __init__(self, number: int, code: int, *, for_good: bool = False) -> None:
        self.left = number
        self.code = code
        self.for_good = for_good

    def __call__(self, name: str) -> None:
        self.left -= 1
        if self.left == 0 or (self.for_good and self.left < 0):
            raise OSError(self.code, os.strerror(self.code))


def _count_steps(act) -> int:
    names: list[str] = []
    act(names.append)
    return len(names)


def test_a_disk_full_at_any_step_changes_nothing(put, root, tmp_path, proposal, snapshot):
    put(FILES)
    before = snapshot(root)
    changes = proposal(TEXTS)
    steps = _count_steps(lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes))
    Journal(root, tmp_path / "journal").undo()
    kept = Journal(root, tmp_path / "journal").entries()
    assert steps > 15
    for number in range(1, steps + 1):
        code = errno.EDQUOT if number % 2 else errno.ENOSPC
        with pytest.raises(DiskFull) as caught:
            Journal(root, tmp_path / "journal", step=_FullDisk(number, code)).apply(changes)
        assert "nothing was changed" in caught.value.what
        assert snapshot(root) == before
        assert Journal(root, tmp_path / "journal").entries() == kept


def test_a_disk_full_at_any_step_of_undo_changes_nothing(put, root, tmp_path, proposal, snapshot):
    put(FILES)
    before = snapshot(root)
    plain = Journal(root, tmp_path / "journal")
    plain.apply(proposal(TEXTS))
    number = 1
    while True:
        try:
            Journal(root, tmp_path / "journal", step=_FullDisk(number, errno.ENOSPC)).undo()
            break
        except DiskFull:
            assert snapshot(root) == AFTER
            assert plain.entries()[0].state == "applied"
        number += 1
    assert number > 8
    assert snapshot(root) == before


def test_a_disk_that_stays_full_leaves_all_old_or_all_new(put, root, tmp_path, proposal, snapshot):
    put(FILES)
    before = snapshot(root)
    changes = proposal(TEXTS)
    plain = Journal(root, tmp_path / "journal")
    steps = _count_steps(lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes))
    plain.undo()
    for number in range(1, steps + 1):
        full = _FullDisk(number, errno.ENOSPC, for_good=True)
        with pytest.raises(WorkspaceError):
            Journal(root, tmp_path / "journal", step=full).apply(changes)
        completed = [item for item in plain.recover() if item.action == "completed"]
        assert snapshot(root) == (AFTER if completed else before)
        if completed:
            plain.undo()


def test_an_interrupt_at_any_step_changes_nothing(put, root, tmp_path, proposal, snapshot):
    put(FILES)
    before = snapshot(root)
    changes = proposal(TEXTS)
    steps = _count_steps(lambda step: Journal(root, tmp_path / "journal", step=step).apply(changes))
    Journal(root, tmp_path / "journal").undo()
    for number in range(1, steps + 1):
        left = [number]

        def step(name, left=left):
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            Journal(root, tmp_path / "journal", step=step).apply(changes)
        assert snapshot(root) == before


def test_a_real_limit_on_file_size_is_a_full_disk(put, root, tmp_path, proposal, snapshot):
    put(FILES)
    before = snapshot(root)
    changes = proposal({"changed.py": "new\n", "other.py": "x" * 100_000})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    earlier = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(DiskFull):
            Journal(root, tmp_path / "journal").apply(changes)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, earlier)
    assert snapshot(root) == before


def test_another_process_at_work_is_waited_for_then_said(put, root, tmp_path, proposal):
    put(FILES)
    changes = proposal(TEXTS)
    Journal(root, tmp_path / "journal").apply(proposal({"other.py": "x\n"}))
    (lock,) = (tmp_path / "journal").glob("*/lock")
    with open(lock) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(WorkspaceError, match="another process"):
            Journal(root, tmp_path / "journal", lock_seconds=0.05).apply(changes)
    Journal(root, tmp_path / "journal", lock_seconds=0.05).apply(changes)


_content = st.none() | st.binary(max_size=12).filter(lambda b: b"\0" not in b)
_text = st.none() | st.text("ab\r\n é\u2028", max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["a", "b", "d/c", "e/f/g"]), st.tuples(_content, _text), max_size=4))
def test_apply_and_undo_are_a_round_trip(tmp_path_factory, snapshot, states):
    base = tmp_path_factory.mktemp("trip")
    root = base / "work"
    root.mkdir()
    for name, (content, _) in states.items():
        if content is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    before = snapshot(root)
    staging, journal = Staging(root, base / "scratch"), Journal(root, base / "journal")
    for name, (content, text) in states.items():
        try:
            if text is not None:
                staging.write(name, text)
            elif content is not None:
                staging.delete(name)
        except WorkspaceError:
            assert content is not None
    changes = staging.changes()
    entry_id = journal.apply(changes)
    for change in changes.files:
        after = (root / change.path).read_bytes() if (root / change.path).exists() else None
        assert after == (None if change.after is None else change.after.encode())
    if entry_id:
        journal.undo(entry_id)
    assert snapshot(root) == before
