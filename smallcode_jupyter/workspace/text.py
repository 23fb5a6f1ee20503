"""Text files: read whole, with what is needed to write them back in their own style."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from smallcode_jupyter.protocol.changes import content_hash
from smallcode_jupyter.protocol.errors import NotText, TooLarge, WorkspaceError
from smallcode_jupyter.workspace.failures import read_failure

__all__ = [
    "BOM",
    "MAX_BYTES",
    "Newline",
    "TextFile",
    "encode_text",
    "raw_text",
    "read_bytes",
    "read_text_file",
]

BOM = "\ufeff"
MAX_BYTES = 2_000_000
Newline = Literal["\n", "\r\n"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file as it was read."""

    text: str
    """With `\\n` line ends and without byte order mark: what a model is shown."""
    raw: str
    """Exactly the file's characters: `raw.encode()` is the file."""
    hash: str
    """Of the bytes."""
    newline: Newline
    """The line end that most lines have; `\\n` where there is none."""
    has_bom: bool
    mode: int
    """Permission bits."""


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES, name: str = "") -> tuple[bytes, int]:
    """The file's bytes and permission bits. Raises NotFound, TooLarge or another WorkspaceError.

    Never waits for a pipe or device. `name` is how messages call the file.
    """
    name = name or path.name
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise read_failure(error, name) from error
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise WorkspaceError(f"`{name}` is a folder.", hint="Name a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise WorkspaceError(f"`{name}` is not an ordinary file.", why="It is a pipe, socket or device.")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(max_bytes + 1) if status.st_size <= max_bytes else None
    except OSError as error:
        raise read_failure(error, name) from error
    finally:
        os.close(descriptor)
    if content is None or len(content) > max_bytes:
        raise TooLarge(
            f"`{name}` is too large to be read at once.",
            why=f"It has {max(status.st_size, max_bytes + 1):,} bytes; the limit is {max_bytes:,}.",
            hint="Search in it, or work with a smaller part of the data.",
        )
    return content, stat.S_IMODE(status.st_mode)


def read_text_file(path: Path, *, max_bytes: int = MAX_BYTES, name: str = "") -> TextFile:
    """The file as text. Raises NotFound, TooLarge, NotText or another WorkspaceError."""
    content, mode = read_bytes(path, max_bytes=max_bytes, name=name)
    raw = _decode(content, name or path.name)
    crlf = raw.count("\r\n")
    return TextFile(
        text=raw.removeprefix(BOM).replace("\r\n", "\n"),
        raw=raw,
        hash=content_hash(content),
        newline="\r\n" if crlf * 2 > raw.count("\n") else "\n",
        has_bom=raw.startswith(BOM),
        mode=mode,
    )


def encode_text(
    text: str, *, newline: Newline = "\n", has_bom: bool = False, name: str = "The text"
) -> bytes:
    """The bytes of `text` with these line ends. Raises NotText where UTF-8 cannot say it, or it holds a NUL."""
    raw = _with_newline(text, newline)
    return encode_raw(BOM + raw if has_bom else raw, name=name)


def encode_raw(raw: str, *, name: str) -> bytes:
    """The bytes of exactly these characters. Raises NotText as `encode_text` does."""
    if "\0" in raw:
        raise NotText(f"{name} contains a NUL character.", hint="Write text only.")
    try:
        return raw.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotText(
            f"{name} cannot be written as UTF-8.",
            why=f"The character at position {error.start} is half of a surrogate pair.",
            hint="Write that character whole, or leave it out.",
        ) from error


def raw_text(text: str, like: TextFile | None) -> str:
    """`text` in the style of the file it replaces (`None`: a new file): its byte order mark and line ends.

    Where the file mixes line ends, each line that stays keeps its own.
    """
    if like is None:
        return text.replace("\r\n", "\n")
    text = text.removeprefix(BOM)
    crlf = like.raw.count("\r\n")
    if crlf and crlf != like.raw.count("\n"):
        raw = _with_own_line_ends(text.replace("\r\n", "\n"), like)
    else:
        raw = _with_newline(text, like.newline)
    return BOM + raw if like.has_bom else raw


def _with_newline(text: str, newline: Newline) -> str:
    text = text.replace("\r\n", "\n")
    return text if newline == "\n" else text.replace("\n", "\r\n")


def _with_own_line_ends(text: str, like: TextFile) -> str:
    old = like.text.split("\n")
    old_raw = like.raw.removeprefix(BOM).split("\n")
    new = text.split("\n")
    ending = "\r" if like.newline == "\r\n" else ""
    lines = [line + ending for line in new]
    for start, new_start, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        lines[new_start : new_start + size] = old_raw[start : start + size]
    lines[-1] = new[-1]
    return "\n".join(lines)


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotText(
            f"`{name}` is not UTF-8 text.",
            why="It begins with the mark of UTF-16.",
            hint="Save it as UTF-8 first.",
        )
    if b"\0" in content:
        raise NotText(
            f"`{name}` is a binary file.", why="It contains NUL bytes.", hint="Only text files can be read."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotText(
            f"`{name}` is not UTF-8 text.",
            why=f"The byte at position {error.start} does not fit.",
            hint="Save it as UTF-8 first.",
        ) from error
