"""Attacks through what a fork hands down: open handles and shared memory."""

from __future__ import annotations

from attack import Attack

__all__ = ["INHERITED"]

_SEALED, _PRIVATE = "handles sealed", "shared memory copied"


def _through(name: str, code: str, happened: str, held_by: str = _SEALED, **more: str) -> Attack:
    return Attack(name=name, group="inherited", code=code, happened=happened, held_by=held_by, **more)


INHERITED: tuple[Attack, ...] = (
    _through(
        "write to an inherited file",
        "import os; os.pwrite(W.file.fileno(), b'X', 0)",
        "W.changed(W.work / 'theirs.txt')",
    ),
    _through(
        "write with an inherited file object",
        "W.file.write('broken'); W.file.flush()",
        "W.changed(W.work / 'theirs.txt')",
    ),
    _through(
        "shorten an inherited file",
        "import os; os.ftruncate(W.file.fileno(), 0)",
        "W.changed(W.work / 'theirs.txt')",
    ),
    _through(
        "move an inherited file's position",
        "import os; os.lseek(W.file.fileno(), 3, 0)",
        "os.lseek(W.file.fileno(), 0, os.SEEK_CUR) != 0",
    ),
    _through(
        "open an inherited file again, for writing",
        "open(f'/proc/self/fd/{W.file.fileno()}', 'w').write('x')",
        "W.changed(W.work / 'theirs.txt')",
        "handles sealed; Landlock",
    ),
    _through("write to an inherited pipe", "import os; os.write(W.pipe[1], b'x')", "W.waiting(W.pipe[0])"),
    _through(
        "change the mode of an inherited pipe",
        "import os; os.set_blocking(W.pipe[1], False)",
        "not os.get_blocking(W.pipe[1])",
    ),
    _through("raise an inherited event", "import os; os.eventfd_write(W.event, 1)", "W.waiting(W.event)"),
    _through(
        "take a handle out of an inherited watch",
        "W.epoll.unregister(W.pipe[0])",
        "[os.write(W.pipe[1], b'x')] and not W.epoll.poll(0.1)",
    ),
    _through(
        "write to inherited memory without a name",
        "import os; os.pwrite(W.memory_file, b'X', 0)",
        "os.pread(W.memory_file, 1, 0) == b'X'",
    ),
    _through(
        "insert through an inherited database connection",
        "W.database.execute('insert into t values (1)'); W.database.commit()",
        "W.database.execute('select count(*) from t').fetchone()[0] > 0",
        "handles sealed; Landlock",
    ),
    _through("write to a shared array", "W.raw[0] = 99", "W.raw[0] == 99", _PRIVATE),
    _through("write to named shared memory", "W.shared.buf[0] = 99", "W.shared.buf[0] == 99", _PRIVATE),
    _through(
        "write to shared memory without a name", "W.anonymous[0] = 99", "W.anonymous[0] == 99", _PRIVATE
    ),
    _through("write to a mapped file", "W.mapped[0] = 99; W.mapped.flush()", "W.mapped[0] == 99", _PRIVATE),
    _through(
        "leave a System V segment",
        "import ctypes; ctypes.CDLL(None).shmget(0, 4711, 0o1666 | 0o1000)",
        "W.shared_left()",
        "seccomp",
    ),
)
