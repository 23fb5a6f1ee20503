"""The staged state as real files, for running tests in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from smallcode_jupyter.protocol.errors import WorkspaceError
from smallcode_jupyter.workspace.staging import Staging


def _run(folder, code="import m; print(m.value)"):
    # Bytecode is what is tested: the setting that keeps Python from writing it must not be inherited.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def test_the_copy_holds_the_staged_state(put, staging, snapshot):
    put({"a.py": "1\n", "gone.py": "1\n", "data/x.bin": b"\0\1", "crlf.txt": "a\r\n"})
    staging.write("a.py", "2\n")
    staging.write("new/b.py", "3\n")
    staging.write("crlf.txt", "b\n")
    staging.write("cell:next", "no file")
    staging.delete("gone.py")
    assert snapshot(staging.materialise()) == {
        "a.py": b"2\n",
        "crlf.txt": b"b\r\n",
        "data": None,
        "data/x.bin": b"\0\1",
        "new": None,
        "new/b.py": b"3\n",
    }


def test_the_originals_cannot_be_reached_by_writing(put, staging, snapshot):
    root = put({"a.py": "1\n", "pkg/b.py": "1\n"})
    before = snapshot(root)
    folder = staging.materialise()
    for name in ("a.py", "pkg/b.py"):
        with open(folder / name, "r+b") as file:
            file.write(b"harm")
        assert os.stat(folder / name).st_ino != os.stat(root / name).st_ino
    assert snapshot(root) == before


def test_permission_bits_come_along(put, staging):
    (put({"run.sh": "#!/bin/sh\n"}) / "run.sh").chmod(0o755)
    assert os.stat(staging.materialise() / "run.sh").st_mode & 0o777 == 0o755
    staging.write("run.sh", "#!/bin/sh\necho\n")
    assert os.stat(staging.materialise() / "run.sh").st_mode & 0o777 == 0o755


def test_large_files_and_skipped_folders_are_links(put, staging):
    root = put(
        {"big.bin": b"0" * 5_000_001, "node_modules/x.js": "", ".gitignore": "data/\n", "data/d.csv": ""}
    )
    put({".git/HEAD": "", "__pycache__/a.pyc": ""})
    folder = staging.materialise()
    assert sorted(os.listdir(folder)) == [".gitignore", "big.bin", "data", "node_modules"]
    for name in ("big.bin", "node_modules", "data"):
        assert os.readlink(folder / name) == str(root / name)


def test_an_edit_in_a_linked_folder_does_not_reach_the_original(put, staging, snapshot):
    root = put({".gitignore": "data/\n", "data/in/a.txt": "1\n", "data/in/b.txt": "1\n", "data/c.txt": "1\n"})
    before = snapshot(root)
    staging.write("data/in/a.txt", "2\n")
    staging.delete("data/c.txt")
    staging.write("data/new.txt", "3\n")
    folder = staging.materialise()
    assert (folder / "data/in/a.txt").read_text() == "2\n"
    assert (folder / "data/in/b.txt").read_text() == "1\n"
    assert not (folder / "data/c.txt").exists()
    assert snapshot(root) == before


def test_links_inside_lead_to_the_copy(put, staging):
    root = put({"real.py": "1\n"})
    (root / "link.py").symlink_to(root / "real.py")
    staging.write("real.py", "2\n")
    assert (staging.materialise() / "link.py").read_text() == "2\n"


def test_only_what_changed_is_written_again(put, staging):
    put({"a.py": "1\n", "b.py": "1\n"})
    staging.write("a.py", "2\n")
    folder = staging.materialise()
    first = {name: os.stat(folder / name).st_ino for name in ("a.py", "b.py")}
    keeper = open(folder / "a.py")  # noqa: SIM115  # keeps the number of the replaced file from being used again
    staging.write("a.py", "3\n")
    folder = staging.materialise()
    assert os.stat(folder / "b.py").st_ino == first["b.py"]
    assert os.stat(folder / "a.py").st_ino != first["a.py"]
    keeper.close()


def test_what_a_test_run_did_is_taken_back(put, staging, snapshot):
    put({"a.py": "1\n", "pkg/b.py": "1\n", "c.py": "1\n"})
    folder = staging.materialise()
    before = snapshot(folder)
    (folder / "a.py").write_text("harm\n")
    (folder / "made.txt").write_text("x")
    (folder / "made/deep").mkdir(parents=True)
    (folder / "made").chmod(0o500)
    (folder / "c.py").unlink()
    (folder / "c.py").mkdir()
    shutil.rmtree(folder / "pkg")
    assert snapshot(staging.materialise()) == before


def test_a_folder_swapped_for_a_link_is_not_written_through(put, staging, snapshot):
    root = put({"pkg/b.py": "1\n"})
    before = snapshot(root)
    folder = staging.materialise()
    shutil.rmtree(folder / "pkg")
    (folder / "pkg").symlink_to(root / "pkg")
    staging.write("pkg/b.py", "2\n")
    folder = staging.materialise()
    assert (folder / "pkg/b.py").read_text() == "2\n"
    assert not (folder / "pkg").is_symlink()
    assert snapshot(root) == before


def test_bytecode_of_an_older_text_is_never_used(put, staging):
    put({"m.py": "value = 0\n"})
    for number in range(1, 4):
        staging.write("m.py", f"value = {number}\n")
        assert _run(staging.materialise()) == str(number)
    staging.reset()
    assert _run(staging.materialise()) == "0"
    assert (staging.materialise() / "__pycache__").is_dir()


def test_a_test_run_that_edits_its_own_source_leaves_no_stale_bytecode(put, staging):
    put({"m.py": "value = 0\n"})
    folder = staging.materialise()
    (folder / "m.py").write_text("value = 7\n")
    assert _run(folder) == "7"
    assert _run(staging.materialise()) == "0"


def test_a_change_on_disk_between_two_calls_is_seen(put, staging):
    put({"a.py": "1\n"})
    staging.materialise()
    put({"a.py": "2\n", "b.py": "1\n"})
    folder = staging.materialise()
    assert (folder / "a.py").read_text() == "2\n"
    assert (folder / "b.py").exists()


def test_too_many_files_are_refused_before_any_is_copied(root, staging, tmp_path):
    for number in range(10_001):
        (root / f"{number}.txt").touch()
    with pytest.raises(WorkspaceError, match="too large to be copied"):
        staging.materialise()
    assert not (tmp_path / "scratch/tree").exists()


def test_too_many_bytes_are_refused(root, staging):
    for number in range(41):
        with open(root / f"{number}.bin", "wb") as file:
            file.truncate(5_000_000)
    with pytest.raises(WorkspaceError, match="205 MB"):
        staging.materialise()


def test_closing_removes_the_scratch_folder_and_a_later_call_makes_it_again(put, staging, tmp_path):
    put({"a.py": "1\n"})
    staging.materialise()
    staging.close()
    assert not (tmp_path / "scratch").exists()
    staging.close()
    assert (staging.materialise() / "a.py").read_text() == "1\n"


def test_a_scratch_folder_inside_the_workspace_is_not_copied_into_itself(put, snapshot):
    root = put({"a.py": "1\n"})
    staging = Staging(root, root / ".scratch")
    staging.materialise()
    assert snapshot(staging.materialise()) == {"a.py": b"1\n"}
    assert staging.paths() == ("a.py",)
    staging.close()
