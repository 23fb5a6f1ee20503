"""What came of running a cell: names, the error in short, and whether the confinement itself was the cause."""

from __future__ import annotations

import errno
import linecache
import os
import socket
import traceback
from collections.abc import Mapping
from types import TracebackType

__all__ = [
    "InputRefused",
    "compare_names",
    "describe_error",
    "describe_refusal",
    "shorten",
]

_ERROR_CHARS = 500
_MESSAGE_CHARS = 1_000
_FIRST_FRAMES, _LAST_FRAMES = 3, 5
_REFUSED_CODES = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBADF, errno.EXDEV, errno.EFBIG}
_REFUSED_WORDS = ("readonly database", "unable to open database file", "disk I/O error")
"""How SQLite says that it may not write."""
_REFUSED_MESSAGES = ("Permission denied", "Operation not permitted", "failure in name resolution")
"""How libraries that raise errors of their own pass on the system's."""
_OWN_FOLDER = os.path.dirname(__file__)
_NOT_VARIABLES = {"In", "Out"}


class InputRefused(EOFError):
    """The cell asks the person something, which a trial cannot."""


def compare_names(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names added, bound to another object, and deleted, each sorted. Changes inside an object are not seen."""
    old = {name: value for name, value in before.items() if _is_variable(name)}
    new = {name: value for name, value in after.items() if _is_variable(name)}
    added = sorted(new.keys() - old.keys())
    changed = sorted(name for name in new.keys() & old.keys() if new[name] is not old[name])
    return tuple(added), tuple(changed), tuple(sorted(old.keys() - new.keys()))


def _is_variable(name: str) -> bool:
    return not name.startswith("_") and name not in _NOT_VARIABLES


def shorten(text: str, limit: int) -> str:
    """The head and the tail of a text, with a note between them of how much is left out."""
    if len(text) <= limit:
        return text
    half = max((limit - 40) // 2, 1)
    return f"{text[:half]} [... {len(text) - 2 * half:,} characters left out ...] {text[-half:]}"


def describe_error(error: BaseException, code: str, namespace: Mapping[str, object]) -> tuple[str, str]:
    """The error as one line, and a short traceback: the cell's own lines, and where outside it broke.

    A cell's frames are those whose globals are `namespace`.
    """
    message = _message(error)
    lines = _syntax_lines(error, code) if isinstance(error, SyntaxError) else []
    lines += _frame_lines(error.__traceback__, code, namespace)
    lines.append(shorten(message, _MESSAGE_CHARS))
    if isinstance(error, BaseExceptionGroup):
        lines += [f"  - {_message(inner).splitlines()[0]}" for inner in error.exceptions[:5]]
    cause = error.__cause__
    if cause is not None:
        lines.append(f"caused by {shorten(_message(cause).splitlines()[0], _ERROR_CHARS)}")
    return shorten(message.splitlines()[0], _ERROR_CHARS), "\n".join(lines)


def _message(error: BaseException) -> str:
    """`TypeName: text`, also where the text itself cannot be made."""
    lines = traceback.format_exception_only(error)
    if isinstance(error, SyntaxError):
        lines = [line for line in lines if not line.startswith(" ")]
    return "".join(lines).strip().removeprefix(f"{type(error).__module__}.") or type(error).__name__


def _syntax_lines(error: SyntaxError, code: str) -> list[str]:
    if error.lineno is None:
        return []
    lines = code.splitlines()
    source = lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else (error.text or "").rstrip()
    shown = [f"cell line {error.lineno}: {source}"]
    if error.offset:
        shown.append(" " * (len(shown[0]) - len(source) + error.offset - 1) + "^")
    return shown


def _frame_lines(trace: TracebackType | None, code: str, namespace: Mapping[str, object]) -> list[str]:
    lines: list[str] = []
    library = ""
    cell_file = ""
    while trace is not None:
        frame, number = trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next
        filename, function = frame.f_code.co_filename, frame.f_code.co_name
        is_cell = frame.f_globals is namespace
        cell_file = cell_file or (filename if is_cell else "")
        if not cell_file or filename.startswith(_OWN_FOLDER):
            continue
        source = linecache.getline(filename, number).strip()
        place = os.path.basename(filename)
        if is_cell:
            place, number, source = _in_cell(filename == cell_file, number, source, code)
        within = "" if function.startswith("<") else f", in {function}"
        line = f"{place} line {number}{within}: {source}"
        if is_cell or _is_own_code(filename):
            lines.append(line)
        # Of a library's frames only the innermost tells something.
        library = "" if is_cell or _is_own_code(filename) else line
    if library:
        lines.append(library)
    if len(lines) > _FIRST_FRAMES + _LAST_FRAMES:
        hidden = len(lines) - _FIRST_FRAMES - _LAST_FRAMES
        lines = [*lines[:_FIRST_FRAMES], f"... {hidden} more calls ...", *lines[-_LAST_FRAMES:]]
    return lines


def _in_cell(is_this: bool, number: int, source: str, code: str) -> tuple[str, int, str]:
    """Where a line of notebook code is: in this cell, also below its `%%magic`, or in one that ran before."""
    lines = code.splitlines()
    if not is_this and source:
        return "earlier cell", number, source
    if not is_this and code.lstrip().startswith("%%"):
        number += 1
    return "cell", number, lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _is_own_code(filename: str) -> bool:
    """Whether it is a file of the folder worked in rather than of a library."""
    return filename.startswith(os.getcwd()) and "site-packages" not in filename


def describe_refusal(error: BaseException) -> str:
    """One sentence if the error, or what led to it, is the confinement saying no; otherwise empty."""
    for link in _links(error):
        if isinstance(link, InputRefused):
            return "It asks for input, which a trial cannot give."
        if isinstance(link, socket.gaierror):
            return "It uses the network, which a trial may not."
        is_refused = isinstance(link, OSError) and link.errno in _REFUSED_CODES
        if is_refused or any(words in str(link) for words in _REFUSED_MESSAGES):
            return f"It does something that a trial may not: {shorten(_message(link), 200)}."
        if type(link).__module__ == "sqlite3" and any(word in str(link) for word in _REFUSED_WORDS):
            return f"It writes to a database, which a trial may not: {shorten(_message(link), 200)}."
    return ""


def _links(error: BaseException) -> list[BaseException]:
    """The error, its causes, and errors wrapped in it, nearest first."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(found) < 20:
        link = waiting.pop(0)
        if not isinstance(link, BaseException) or any(link is other for other in found):
            continue
        found.append(link)
        inner = link.exceptions if isinstance(link, BaseExceptionGroup) else ()
        waiting += [link.__cause__, link.__context__, *link.args[:3], *inner]
    return found
