"""The staged workspace shows edits and changes nothing on the disk."""

from __future__ import annotations

import pytest

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import (
    NotFound,
    NotText,
    OutsideWorkspace,
    ReadOnly,
    UsageError,
    WorkspaceError,
)
from smallcode_jupyter.workspace.staging import Staging


def test_a_write_is_seen_and_the_disk_is_not_touched(put, staging, snapshot):
    root = put({"a.py": "x = 1\n"})
    before = snapshot(root)
    staging.write("a.py", "x = 2\n")
    staging.write("new/b.py", "y = 1\n")
    assert staging.read("a.py") == "x = 2\n"
    assert staging.read(str(root / "new/b.py")) == "y = 1\n"
    assert staging.paths() == ("a.py", "new/b.py")
    assert snapshot(root) == before


def test_changes_are_the_exact_characters_in_path_order(put, staging):
    content = b"\xef\xbb\xbfx = 1\r\ny = 2\r\n"
    root = put({"b.py": content, "gone.py": "z\n", "same.py": "s\n"})
    staging.write("new.py", "n = 1")
    staging.write("b.py", "x = 1\ny = 3\n")
    staging.delete("gone.py")
    staging.write("same.py", "s\n")
    changes = staging.changes()
    assert changes == ChangeSet(
        id=changes.id,
        files=(
            FileChange(
                path="b.py",
                before="\ufeffx = 1\r\ny = 2\r\n",
                after="\ufeffx = 1\r\ny = 3\r\n",
                before_hash=content_hash(content),
            ),
            FileChange(path="gone.py", before="z\n", after=None, before_hash=content_hash(b"z\n")),
            FileChange(path="new.py", before=None, after="n = 1", before_hash=None),
        ),
    )
    assert (root / "b.py").read_bytes() == content


def test_the_id_follows_the_content(put, staging):
    put({"a.py": "1\n"})
    staging.write("a.py", "2\n")
    first = staging.changes().id
    staging.write("a.py", "3\n")
    assert staging.changes().id != first
    staging.write("a.py", "2\n")
    assert staging.changes().id == first


def test_a_deleted_file_is_gone_until_written_again(put, staging):
    put({"a.py": "1\n"})
    staging.delete("a.py")
    assert not staging.exists("a.py")
    assert staging.paths() == ()
    with pytest.raises(NotFound):
        staging.read("a.py")
    staging.write("a.py", "2\n")
    assert staging.read("a.py") == "2\n"


def test_a_new_file_deleted_again_leaves_no_change(staging):
    staging.write("a.py", "1\n")
    staging.delete("a.py")
    assert staging.changes().is_empty
    with pytest.raises(NotFound):
        staging.delete("a.py")


def test_states_are_saved_and_restored_by_label(staging):
    staging.write("a.py", "1\n")
    staging.save("best")
    staging.write("a.py", "2\n")
    staging.write("b.py", "2\n")
    staging.restore("best")
    assert staging.paths() == ("a.py",)
    assert staging.read("a.py") == "1\n"
    staging.reset()
    assert staging.paths() == ()
    staging.restore("best")
    assert staging.read("a.py") == "1\n"


def test_a_label_never_saved_is_a_usage_error(staging):
    staging.save("one")
    with pytest.raises(UsageError, match="Saved are: one"):
        staging.restore("two")


def test_a_file_changed_on_disk_after_reading_is_stale(put, staging):
    root = put({"a.py": "1\n", "b.py": "1\n", "c.py": "1\n"})
    for name in ("a.py", "b.py", "c.py"):
        staging.read(name)
    staging.write("new.py", "1\n")
    (root / "a.py").write_text("9\n")
    (root / "b.py").unlink()
    (root / "new.py").write_text("theirs\n")
    assert staging.is_stale() == ("a.py", "b.py", "new.py")


def test_the_hash_is_of_what_was_first_read(put, staging):
    root = put({"a.py": "1\n"})
    staging.read("a.py")
    (root / "a.py").write_text("theirs\n")
    staging.reset()
    staging.write("a.py", "2\n")
    assert staging.changes().files[0].before_hash == content_hash(b"1\n")


def test_peeking_remembers_nothing(put, staging):
    root = put({"a.py": "1\n"})
    assert staging.peek("a.py") == "1\n"
    (root / "a.py").write_text("2\n")
    assert staging.is_stale() == ()


def test_the_next_cell_is_staged_like_a_file(staging):
    assert not staging.exists("cell:next")
    staging.write("cell:next", "x = 1")
    assert staging.read("cell:next") == "x = 1"
    assert staging.paths() == ()
    assert staging.changes().files == (
        FileChange(path="cell:next", before=None, after="x = 1", before_hash=None),
    )


def test_a_known_cell_is_changed_from_its_code(staging):
    staging.stage_cell("4f2a", "old")
    assert staging.read("cell:4f2a") == "old"
    staging.write("cell:4f2a", "new")
    assert staging.changes().files == (
        FileChange(path="cell:4f2a", before="old", after="new", before_hash=content_hash(b"old")),
    )
    staging.delete("cell:4f2a")
    assert staging.changes().files[0].after is None


def test_an_unknown_cell_names_the_known_ones(staging):
    staging.stage_cell("4f2a", "old")
    with pytest.raises(NotFound, match="cell:4f2a"):
        staging.write("cell:other", "x")


def test_a_link_counts_as_the_file_it_leads_to(put, staging):
    root = put({"real.py": "1\n"})
    (root / "link.py").symlink_to("real.py")
    staging.write("link.py", "2\n")
    assert staging.read("real.py") == "2\n"
    assert [change.path for change in staging.changes().files] == ["real.py"]


def test_a_link_is_not_deleted(put, staging):
    root = put({"real.py": "1\n"})
    (root / "link.py").symlink_to("real.py")
    with pytest.raises(WorkspaceError, match="symbolic link"):
        staging.delete("link.py")


def test_paths_outside_are_refused_by_every_door(staging):
    for act in (
        staging.read,
        staging.peek,
        staging.exists,
        staging.delete,
        lambda path: staging.write(path, "x"),
    ):
        with pytest.raises(OutsideWorkspace):
            act("../x.py")


@pytest.mark.parametrize("path", [".git/hooks/pre-commit", "sub/.git/config"])
def test_gits_own_data_is_not_written(staging, path):
    with pytest.raises(ReadOnly, match="git's own data"):
        staging.write(path, "#!/bin/sh\n")


def test_a_read_only_file_is_refused_when_staged(put, staging):
    (put({"a.py": "1\n"}) / "a.py").chmod(0o444)
    with pytest.raises(ReadOnly):
        staging.write("a.py", "2\n")
    with pytest.raises(ReadOnly):
        staging.delete("a.py")


def test_a_binary_file_is_not_overwritten_with_text(put, staging):
    put({"a.bin": b"\0\1"})
    with pytest.raises(NotText):
        staging.write("a.bin", "text")


@pytest.mark.parametrize("text", ["half \ud83d", "nul \0"])
def test_text_that_cannot_be_stored_is_refused(staging, text):
    with pytest.raises(NotText):
        staging.write("a.py", text)
    with pytest.raises(NotText):
        staging.write("cell:next", text)


@pytest.mark.parametrize("path", ["a.py/b.py", "new.py/b.py", "pkg"])
def test_a_file_and_a_folder_cannot_share_a_name(put, staging, path):
    put({"a.py": "", "pkg/x.py": ""})
    staging.write("new.py", "1\n")
    with pytest.raises(WorkspaceError):
        staging.write(path, "x")


def test_a_missing_workspace_is_said(tmp_path):
    with pytest.raises(NotFound):
        Staging(tmp_path / "none", tmp_path / "scratch")
