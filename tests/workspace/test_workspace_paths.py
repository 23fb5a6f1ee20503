"""Paths stay inside the workspace."""

from __future__ import annotations

import pytest

from smallcode_jupyter.protocol.errors import OutsideWorkspace, ReadOnly
from smallcode_jupyter.workspace.paths import is_cell_path, require_writable, resolve_path


def test_a_relative_path_is_inside(root):
    assert resolve_path(root, "src/app.py") == root / "src/app.py"


def test_an_absolute_path_inside_is_taken(root):
    assert resolve_path(root, str(root / "app.py")) == root / "app.py"


def test_a_dot_names_the_workspace_itself(root):
    assert resolve_path(root, ".") == root


@pytest.mark.parametrize(
    "path",
    [
        "..",
        "../other.py",
        "src/../../other.py",
        "src\\..\\..\\other.py",
        "/etc/passwd",
        "~",
        "~/x.py",
        "~root/x.py",
        "C:\\x.py",
        "c:/x.py",
        "\\\\server\\x.py",
        "",
        "  ",
        "a\0b",
        "cell:next",
    ],
)
def test_what_is_no_path_inside_is_refused_with_a_hint(root, path):
    with pytest.raises(OutsideWorkspace) as caught:
        resolve_path(root, path)
    assert caught.value.what
    assert caught.value.hint


def test_a_folder_whose_name_only_begins_like_the_root_is_outside(root):
    with pytest.raises(OutsideWorkspace):
        resolve_path(root, str(root) + "-other/app.py")


@pytest.mark.parametrize("path", ["out/app.py", "file.py", "deep/out/app.py"])
def test_a_link_out_is_refused_at_any_depth(root, tmp_path, path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/app.py").write_text("x = 1\n")
    (root / "deep").mkdir()
    (root / "out").symlink_to(tmp_path / "elsewhere")
    (root / "deep/out").symlink_to("../../elsewhere")
    (root / "file.py").symlink_to(tmp_path / "elsewhere/app.py")
    with pytest.raises(OutsideWorkspace, match="symbolic link"):
        resolve_path(root, path)


def test_a_link_inside_leads_to_its_target(root):
    (root / "real.py").write_text("x = 1\n")
    (root / "link.py").symlink_to("real.py")
    assert resolve_path(root, "link.py") == root / "real.py"


def test_a_root_behind_a_link_works(root, tmp_path):
    (tmp_path / "alias").symlink_to(root)
    assert resolve_path(tmp_path / "alias", "app.py") == root / "app.py"
    assert resolve_path(tmp_path / "alias", str(tmp_path / "alias/app.py")) == root / "app.py"


def test_names_with_odd_characters_are_ordinary(root):
    for name in ("ü b.py", "~x.py", "a..b.py", "...", "a:b.py"):
        assert resolve_path(root, name) == root / name


def test_cells_are_told_from_files():
    assert is_cell_path("cell:next")
    assert is_cell_path("cell:4f2a")
    assert not is_cell_path("cell.py")


def test_a_file_without_write_bits_is_read_only_for_everybody(put):
    root = put({"app.py": "x = 1\n"})
    (root / "app.py").chmod(0o444)
    with pytest.raises(ReadOnly, match="file is read-only"):
        require_writable(root / "app.py", name="app.py")


def test_a_new_file_in_a_read_only_folder_is_refused(root):
    (root / "sub").mkdir(mode=0o555)
    with pytest.raises(ReadOnly, match="folder `sub` is read-only"):
        require_writable(root / "sub/deep/app.py", name="sub/deep/app.py")
