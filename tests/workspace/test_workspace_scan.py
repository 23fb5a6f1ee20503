"""What counts as the workspace's text files."""

from __future__ import annotations

import os

import pytest

from smallcode_jupyter.workspace.scan import Listing, Skipped, scan


def test_text_files_are_listed_in_order_and_the_rest_named(put):
    root = put(
        {
            "b.py": "",
            "a/z.py": "",
            "a.md": "# A\n",
            "LICENSE": "words\n",
            "logo.png": b"\x89PNG",
            "blob": b"\0\1",
            "latin": "grün".encode("latin-1"),
            "big.csv": b"1,2\n" * 600_000,
            ".git/config": "",
            "node_modules/x/index.js": "",
            "pkg/__pycache__/a.pyc": b"",
            "env/pyvenv.cfg": "",
            "env/lib/a.py": "",
        }
    )
    assert scan(root) == Listing(
        paths=("LICENSE", "a.md", "a/z.py", "b.py"),
        is_complete=True,
        skipped=(
            Skipped(path=".git/", reason="git"),
            Skipped(path="big.csv", reason="large"),
            Skipped(path="blob", reason="binary"),
            Skipped(path="env/", reason="environment"),
            Skipped(path="latin", reason="binary"),
            Skipped(path="logo.png", reason="binary"),
            Skipped(path="node_modules/", reason="packages"),
            Skipped(path="pkg/__pycache__/", reason="cache"),
        ),
    )


def test_gitignore_files_count_at_every_level(put):
    root = put(
        {
            ".gitignore": "# comment\n*.log\n/build/\nsecret.txt\ndocs/*.tmp\n",
            "a.log": "",
            "build/x.py": "",
            "sub/build/x.py": "",
            "secret.txt": "",
            "docs/a.tmp": "",
            "docs/in/a.tmp": "",
            "sub/.gitignore": "!keep.log\nlocal.py\n",
            "sub/keep.log": "",
            "sub/other.log": "",
            "sub/local.py": "",
            "local.py": "",
        }
    )
    assert scan(root).paths == (
        ".gitignore",
        "docs/in/a.tmp",
        "local.py",
        "sub/.gitignore",
        "sub/build/x.py",
        "sub/keep.log",
    )


def test_a_broken_pattern_does_not_disable_the_others(put):
    assert scan(put({".gitignore": "!\n*.log\n\\\n", "a.log": "", "a.py": ""})).paths == (
        ".gitignore",
        "a.py",
    )


def test_the_repository_above_counts(put):
    root = put(
        {".gitignore": "*.log\nin/out/\n", ".git/info/exclude": "mine.py\n", "in/.gitignore": "b.py\n"}
    )
    put({"in/w/a.py": "", "in/w/a.log": "", "in/w/mine.py": "", "in/w/b.py": ""})
    assert scan(root / "in/w").paths == ("a.py",)


def test_a_workspace_that_the_repository_ignores_is_listed_all_the_same(put):
    root = put({".gitignore": "/scratch/\n", ".git/HEAD": "", "scratch/a.py": ""})
    assert scan(root / "scratch").paths == ("a.py",)


def test_links_are_listed_only_where_they_stay_inside(put, tmp_path):
    root = put({"real.py": ""})
    (tmp_path / "secret.py").write_text("")
    (tmp_path / "folder").mkdir()
    (root / "in.py").symlink_to("real.py")
    (root / "out.py").symlink_to(tmp_path / "secret.py")
    (root / "folder").symlink_to(tmp_path / "folder")
    (root / "self").symlink_to(".")
    (root / "broken").symlink_to("nowhere")
    assert scan(root).paths == ("in.py", "real.py")


def test_the_limit_stops_the_walk_with_shallow_files_first(put):
    root = put({f"deep/{n}.py": "" for n in range(20)} | {f"{n}.py": "" for n in range(5)})
    listing = scan(root, limit=7)
    assert listing.paths == ("0.py", "1.py", "2.py", "3.py", "4.py", "deep/0.py", "deep/1.py")
    assert not listing.is_complete


def test_a_folder_with_more_entries_than_are_looked_at_is_incomplete(put):
    listing = scan(put({f"{n}.bin": "" for n in range(50)}), limit=10)
    assert not listing.is_complete


def test_exactly_the_limit_is_complete(put):
    assert scan(put({"a.py": "", "b.py": ""}), limit=2).is_complete


def test_names_that_cannot_be_shown_are_left_out(root):
    with open(os.fsencode(root) + b"/caf\xe9.py", "w"), open(root / "a\nb.py", "w"):
        pass
    assert scan(root).paths == ()
    assert {item.reason for item in scan(root).skipped} == {"special"}


@pytest.mark.parametrize("name", ["pipe", "pipe.py"])
def test_pipes_are_left_out(root, name):
    os.mkfifo(root / name)
    assert scan(root) == Listing(paths=(), is_complete=True, skipped=(Skipped(path=name, reason="special"),))
