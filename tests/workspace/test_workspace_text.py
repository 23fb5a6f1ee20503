"""Text files keep their own style."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.protocol.changes import content_hash
from smallcode_jupyter.protocol.errors import NotFound, NotText, TooLarge, WorkspaceError
from smallcode_jupyter.workspace.text import TextFile, encode_text, raw_text, read_text_file


def _like(raw: str, path) -> TextFile:
    path.write_bytes(raw.encode())
    return read_text_file(path)


def test_a_windows_file_with_a_mark_is_read_for_the_model(root):
    content = b"\xef\xbb\xbfa\r\nb\r\n"
    (root / "a.txt").write_bytes(content)
    (root / "a.txt").chmod(0o640)
    assert read_text_file(root / "a.txt") == TextFile(
        text="a\nb\n",
        raw="\ufeffa\r\nb\r\n",
        hash=content_hash(content),
        newline="\r\n",
        has_bom=True,
        mode=0o640,
    )


def test_encoding_brings_mark_and_line_ends_back():
    assert encode_text("a\nb\n", newline="\r\n", has_bom=True) == b"\xef\xbb\xbfa\r\nb\r\n"


def test_a_missing_file_is_not_found(root):
    with pytest.raises(NotFound, match=r"`gone\.py`"):
        read_text_file(root / "gone.py")


def test_a_path_through_a_file_is_not_found(put):
    with pytest.raises(NotFound):
        read_text_file(put({"a": "x"}) / "a/b")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\0\0", "NUL"),
        ("grün".encode("latin-1"), "position 2"),
        ("text".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_utf8_text_says_why(root, content, why):
    (root / "a").write_bytes(content)
    with pytest.raises(NotText) as caught:
        read_text_file(root / "a")
    assert why in caught.value.why
    assert caught.value.hint


def test_a_large_file_is_refused_unread(root):
    with open(root / "big.txt", "wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(TooLarge, match="3,000,000,000"):
        read_text_file(root / "big.txt")


def test_a_folder_is_no_file(root):
    with pytest.raises(WorkspaceError, match="is a folder"):
        read_text_file(root)


def test_a_pipe_is_refused_without_waiting(root):
    os.mkfifo(root / "pipe")
    with pytest.raises(WorkspaceError, match="not an ordinary file"):
        read_text_file(root / "pipe")


def test_a_link_in_a_circle_is_a_typed_error(root):
    (root / "a").symlink_to("a")
    with pytest.raises(WorkspaceError):
        read_text_file(root / "a")


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
def test_what_utf8_cannot_say_is_refused(text):
    with pytest.raises(NotText):
        encode_text(text)


def test_mixed_line_ends_stay_where_lines_stay(tmp_path):
    like = _like("one\r\ntwo\nthree\r\nfour\r\n", tmp_path / "a")
    assert raw_text("one\ntwo\nNEW\nfour\n", like) == "one\r\ntwo\nNEW\r\nfour\r\n"


def test_the_last_line_end_is_as_given(tmp_path):
    like = _like("a\r\nb\r\n", tmp_path / "a")
    assert raw_text("a\nc", like) == "a\r\nc"


@given(
    st.lists(st.tuples(st.text("ab \t\u2028é", max_size=4), st.sampled_from(["\n", "\r\n"])), max_size=8),
    st.booleans(),
)
def test_unchanged_text_gives_the_same_characters(lines, has_bom):
    raw = "\ufeff" * has_bom + "".join(line + end for line, end in lines)
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    crlf = raw.count("\r\n")
    like = TextFile(
        text=text,
        raw=raw,
        hash="",
        newline="\r\n" if crlf * 2 > raw.count("\n") else "\n",
        has_bom=has_bom,
        mode=0o644,
    )
    assert raw_text(text, like) == raw
