"""Trials in a forked copy of a plain IPython shell."""

from __future__ import annotations

import _thread
import asyncio
import itertools
import logging
import mmap
import os
import random
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.sandbox import quiescence
from smallcode_jupyter.sandbox.policy import TrialReport, ValueChange
from smallcode_jupyter.sandbox.trial import run_trial


@pytest.fixture(autouse=True)
def _clean(shell: Any) -> None:
    shell.reset(new_session=False)


@pytest.fixture
def attempt(shell: Any, tmp_path: Path) -> Any:
    def run(code: str, *, seconds: float = 8.0, cancel: threading.Event | None = None) -> TrialReport:
        return run_trial(shell, code, seconds=seconds, scratch=tmp_path / "scratch", cancel=cancel)

    return run


def test_a_passing_cell_reports_names_output_and_result(shell: Any, attempt: Any) -> None:
    shell.run_cell("kept = rebound = 1; gone = 2")
    report = attempt("import math\nrebound = 2\ndel gone\nnew = [kept]\nprint('hello')\nnew")
    assert report == TrialReport(
        status="passed",
        stdout="hello\n",
        result="[1]",
        added=("math", "new"),
        changed=("rebound",),
        deleted=("gone",),
        values=(
            ValueChange(name="math", kind="added", after="module"),
            ValueChange(name="new", kind="added", after="list, 1 items", digest="[1,]"),
            ValueChange(name="rebound", kind="changed", before="int 1", after="int 2", digest="2"),
            ValueChange(name="gone", kind="deleted", before="int 2"),
        ),
        confinement=report.confinement,
        seconds=report.seconds,
    )
    assert report.confinement.startswith("landlock+seccomp")


def test_nothing_of_it_happens_in_the_original(shell: Any, attempt: Any, capfd: Any) -> None:
    shell.run_cell("numbers = [1]")
    before = dict(shell.user_ns)
    count = shell.execution_count
    attempt(
        "numbers.append(2); other = 1; print('x')\nimport os; os.environ['TRIAL_LEFT'] = '1'; os.chdir('/')"
    )
    assert shell.user_ns["numbers"] == [1]
    assert shell.user_ns.keys() == before.keys()
    assert shell.execution_count == count
    assert "TRIAL_LEFT" not in os.environ
    assert os.getcwd() != "/"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("code", "error", "trace"),
    [
        (
            "def share(n):\n    return 1 / n\n\nshare(0)",
            "ZeroDivisionError: division by zero",
            "cell line 4: share(0)\ncell line 2, in share: return 1 / n\nZeroDivisionError: division by zero",
        ),
        (
            "a = 1\nb ==== a",
            "SyntaxError: invalid syntax",
            "cell line 2: b ==== a\n                 ^\nSyntaxError: invalid syntax",
        ),
        ("import sys\nsys.exit(2)", "SystemExit: 2", "cell line 2: sys.exit(2)\nSystemExit: 2"),
        (
            "%%time\nx = 1\nnope",
            "NameError: name 'nope' is not defined",
            "cell line 1: %%time\ncell line 3: nope\nNameError: name 'nope' is not defined",
        ),
    ],
)
def test_a_failing_cell_reports_its_lines(attempt: Any, code: str, error: str, trace: str) -> None:
    report = attempt(code)
    assert (report.status, report.error, report.traceback) == ("failed", error, trace)


def test_a_failure_in_an_earlier_cell_shows_both(shell: Any, attempt: Any) -> None:
    shell.run_cell("def half(n):\n    return n / 0\n")
    trace = attempt("half(3)").traceback
    assert trace.splitlines()[:2] == ["cell line 1: half(3)", "earlier cell line 2, in half: return n / 0"]


def test_endless_recursion_has_a_short_traceback(attempt: Any) -> None:
    report = attempt("def f(n):\n    return f(n + 1)\nf(0)")
    assert report.error.startswith("RecursionError")
    assert len(report.traceback.splitlines()) < 12
    assert "more calls" in report.traceback


def test_a_crash_of_the_interpreter_is_survived(attempt: Any) -> None:
    report = attempt("print('before')\nimport ctypes; ctypes.string_at(0)")
    assert (report.status, report.error) == ("crashed", "The process was killed by SIGSEGV.")
    assert report.stdout == "before\n"


def test_an_endless_loop_is_ended_and_its_output_kept(attempt: Any) -> None:
    started = time.monotonic()
    report = attempt("print('begun', end='')\nwhile True: pass", seconds=0.5)
    assert (report.status, report.stdout) == ("timed_out", "begun")
    assert time.monotonic() - started < 2


def test_endless_printing_is_ended_and_kept_in_bounds(attempt: Any) -> None:
    report = attempt("while True: print('y' * 1000)", seconds=1.0)
    assert report.status == "timed_out"
    assert len(report.stdout) < 201_000


def test_output_of_c_code_and_commands_is_caught(attempt: Any) -> None:
    report = attempt("import os\nos.write(1, b'raw\\n')\nos.system('echo system')\n!echo bang")
    assert report.stdout == "raw\nsystem\nbang\n"


def test_a_log_handler_made_before_writes_into_the_report(shell: Any, attempt: Any, capfd: Any) -> None:
    handler = logging.StreamHandler(sys.stderr)
    shell.user_ns["log"] = logging.Logger("mine", logging.INFO)
    shell.user_ns["log"].addHandler(handler)
    attempt("log.info('noted')")
    assert capfd.readouterr() == ("", "")


def test_displays_become_text(attempt: Any) -> None:
    report = attempt("from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'), 5)")
    assert report.stdout == "<IPython.core.display.HTML object>\n5\n"


def test_top_level_await_works(attempt: Any) -> None:
    assert attempt("import asyncio\nawait asyncio.sleep(0)\n6 * 7").result == "42"


async def test_top_level_await_works_while_a_loop_is_running(attempt: Any) -> None:
    assert asyncio.get_running_loop().is_running()
    assert attempt("import asyncio\nawait asyncio.sleep(0)\n6 * 7").result == "42"


def test_magics_work(attempt: Any) -> None:
    assert attempt("%%bash\necho from bash").stdout == "from bash\n"


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("open(target, 'w')", "theirs.txt"),
        ("import os; os.remove(target)", "theirs.txt"),
        ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')", "not permitted"),
        ("import sqlite3; sqlite3.connect(target + '.db').execute('create table t(x)')", "database"),
        ("import os; os.kill(os.getppid(), 9)", "not permitted"),
        ("input('?')", "asks for input"),
    ],
)
def test_what_the_confinement_refuses_is_not_the_codes_fault(
    shell: Any, attempt: Any, tmp_path: Path, code: str, word: str
) -> None:
    target = tmp_path / "theirs.txt"
    target.write_text("theirs")
    shell.user_ns["target"] = str(target)
    report = attempt(code)
    assert (report.status, word in report.reason) == ("not_tried", True), report
    assert target.read_text() == "theirs"


def test_an_error_that_only_passes_on_a_refusal_is_none_of_the_code(attempt: Any) -> None:
    code = "try:\n    open('/etc/x', 'w')\nexcept OSError as e:\n    raise RuntimeError(f'not saved: {e}') from None"
    assert attempt(code).status == "not_tried"


def test_a_daemon_does_not_survive(attempt: Any) -> None:
    code = (
        "import subprocess\n"
        "subprocess.Popen(['sleep', '33.7'], start_new_session=True)\n"
        "subprocess.Popen(['sh', '-c', 'setsid sleep 33.7 & exit'])\n"
        "import time; time.sleep(0.2)"
    )
    assert attempt(code).status == "passed"
    assert _ends("sleep 33.7")


def test_scratch_that_cannot_be_made_is_said(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    report = run_trial(shell, "1", scratch=tmp_path / "file" / "scratch")
    assert (report.status, "could not be set up" in report.reason) == ("not_tried", True)


def test_temporary_files_work(attempt: Any) -> None:
    assert attempt("import tempfile\nf = tempfile.TemporaryFile()\nf.write(b'abc')").result == "3"


def test_an_open_file_cannot_be_written_and_keeps_its_place(shell: Any, attempt: Any, tmp_path: Path) -> None:
    place = tmp_path / "data.txt"
    place.write_text("one\ntwo\n")
    with place.open("r+") as file:
        shell.user_ns["file"] = file
        assert attempt("next(open(file.fileno(), closefd=False))").result == "'one\\n'"
        assert attempt("import os; os.write(file.fileno(), b'X')").status == "not_tried"
        assert file.read() == "one\ntwo\n"
    assert place.read_text() == "one\ntwo\n"


def test_modes_of_files_stay(shell: Any, attempt: Any, tmp_path: Path) -> None:
    place = tmp_path / "data.txt"
    place.write_text("x")
    place.chmod(0o644)
    shell.user_ns["place"] = str(place)
    assert attempt("import os; os.chmod(place, 0o777)").status == "passed"
    assert place.stat().st_mode & 0o777 == 0o644


def test_random_numbers_are_those_of_the_run_itself(shell: Any, attempt: Any) -> None:
    random.seed(4)
    tried = attempt("import random; random.random()").result
    assert tried == repr(random.random())


def test_cancelling_ends_it(attempt: Any) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.3, cancel.set)
    timer.name = "smallcode-timer"
    timer.start()
    started = time.monotonic()
    report = attempt("import time; time.sleep(20)", cancel=cancel)
    assert (report.status, report.reason) == ("not_tried", "The trial was stopped.")
    assert time.monotonic() - started < 1.5


def test_an_interrupt_ends_the_copy_and_passes_on(attempt: Any, tmp_path: Path) -> None:
    timer = threading.Timer(0.3, _thread.interrupt_main)
    timer.name = "smallcode-timer"
    before = _children()
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        attempt("import time; time.sleep(20)")
    assert _children() == before


def test_a_sleeping_thread_is_no_obstacle(shell: Any, attempt: Any) -> None:
    shell.run_cell("import numpy as np; m = np.ones((300, 300)); m = m @ m")
    stop = threading.Event()
    threading.Thread(target=stop.wait, daemon=True).start()
    try:
        assert attempt("(m @ m).shape").result == "(300, 300)"
    finally:
        stop.set()


def test_a_running_thread_is_an_obstacle(attempt: Any) -> None:
    stop = threading.Event()

    def spin() -> None:
        while not stop.is_set():
            sum(range(1000))

    thread = threading.Thread(target=spin, name="spinner")
    thread.start()
    try:
        report = attempt("1")
    finally:
        stop.set()
        thread.join()
    assert report.status == "not_tried"
    assert re.fullmatch(
        r"It was not tried: another thread \((.+, )?spinner(, .+)?\) is running in the kernel; "
        r"try it again when that has ended\.",
        report.reason,
    )


def test_only_a_thread_that_is_awake_in_every_sample_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = [threading.Thread(name=name) for name in ("woke once", "spinner", "asleep")]
    used = {"woke once": itertools.chain([0], itertools.repeat(10**9)), "spinner": itertools.count(0, 10**6)}
    monkeypatch.setattr(quiescence, "_is_waiting_for_processor", lambda thread: False)
    monkeypatch.setattr(quiescence, "_processor_time", lambda thread: next(used.get(thread.name, iter([0]))))
    assert quiescence._busy(threads) == ["spinner"]
    assert quiescence._busy(threads[::2]) == []


def test_a_library_that_cannot_be_copied_is_an_obstacle(
    attempt: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", sys)
    assert attempt("1").reason == (
        "It was not tried: polars is loaded, whose threads do not survive a copy; "
        "restart the kernel and try it before that is loaded, or read the code and run it yourself."
    )


def test_shared_memory_is_copied(shell: Any, attempt: Any, tmp_path: Path) -> None:
    place = tmp_path / "shared.bin"
    place.write_bytes(b"a" * 8192)
    with place.open("r+b") as file, mmap.mmap(-1, 4096) as memory, mmap.mmap(file.fileno(), 8192) as mapped:
        memory[0:3] = b"old"
        shell.user_ns.update(memory=memory, mapped=mapped)
        report = attempt("memory[0:3] = mapped[0:3] = b'new'; (memory[0:3], mapped[0:4])")
        assert report.result == "(b'new', b'newa')", report.reason
        assert (memory[0:3], mapped[0:3]) == (b"old", b"aaa")
    assert place.read_bytes() == b"a" * 8192


def test_another_thread_cannot_ask_for_a_trial(attempt: Any) -> None:
    reports: list[TrialReport] = []
    thread = threading.Thread(target=lambda: reports.append(attempt("1")))
    thread.start()
    thread.join()
    assert "main thread" in reports[0].reason


@pytest.mark.parametrize(
    "message", [b"{}", b"[1]", b'{"status": "won"}', b'{"status": 1}', b"[" * 5000, b"\xff", b'"' + b"x" * 90]
)
def test_a_forged_report_is_no_error(attempt: Any, message: bytes) -> None:
    code = (
        "import os\n"
        f"message = {message!r}\n"
        "for name in range(3, 60):\n"
        "    try: os.write(name, b'%08d' % len(message) + message)\n"
        "    except OSError: pass\n"
        "os._exit(0)"
    )
    assert attempt(code).status == "crashed"


def test_a_long_result_is_capped(attempt: Any) -> None:
    report = attempt("'x' * 100_000")
    assert len(report.result) <= 4_000
    assert "characters left out" in report.result


def test_fifty_trials_leave_nothing_behind(attempt: Any) -> None:
    attempt("1")
    files = len(os.listdir("/proc/self/fd"))
    threads = threading.active_count()
    children = _children()
    for number in range(50):
        code = "raise ValueError" if number % 5 == 0 else f"{number}"
        report = attempt(code)
        assert report.status == ("failed" if number % 5 == 0 else "passed"), report.reason
    assert len(os.listdir("/proc/self/fd")) == files
    assert threading.active_count() == threads
    assert _children() == children


def _children() -> set[str]:
    """This process's children, zombies among them."""
    return {
        child for place in Path("/proc/self/task").glob("*/children") for child in place.read_text().split()
    }


def _ends(command: str) -> bool:
    """Whether no process has this command line any more; one that was killed takes a moment to go."""
    wanted = command.replace(" ", "\0").encode()
    for _ in range(40):
        if not any(wanted in _command_line(place) for place in Path("/proc").glob("[0-9]*/cmdline")):
            return True
        time.sleep(0.05)
    return False


def _command_line(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        return b""
