"""Trials inside a real IPython kernel: the kernel and its messages stay as they are."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

pytestmark = pytest.mark.kernel

SETUP = """
import dataclasses, json, os, pathlib, sys, tempfile, threading
from smallcode_jupyter.sandbox.trial import run_trial
scratch = pathlib.Path(tempfile.mkdtemp())
def attempt(code, seconds=8.0):
    report = run_trial(get_ipython(), code, seconds=seconds, scratch=scratch)
    return dataclasses.asdict(report)
"""


class Kernel:
    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager = manager
        self.client = client

    def run(self, code: str) -> tuple[Any, list[dict[str, Any]]]:
        """The value of `answer` afterwards, and all messages but status and the printed answer."""
        messages: list[dict[str, Any]] = []
        self.client.execute_interactive(
            f"{code}\nprint('ANSWER' + json.dumps(answer))",
            output_hook=messages.append,
            timeout=60,
        )
        streams = [m["content"] for m in messages if m["msg_type"] == "stream"]
        # A print may arrive in several pieces.
        printed = "".join(content["text"] for content in streams if content["name"] == "stdout")
        printed, _, last = printed.rpartition("ANSWER")
        others = [
            m["content"] for m in messages if m["msg_type"] not in ("status", "execute_input", "stream")
        ]
        others += [content for content in streams if content["name"] != "stdout"]
        others += [{"printed": printed}] if printed else []
        assert last, others
        return json.loads(last), others

    def attempt(self, code: str, seconds: float = 8.0) -> dict[str, Any]:
        """A trial's report; nothing else may come out of the kernel."""
        report, others = self.run(f"answer = attempt({code!r}, {seconds})")
        assert others == []
        assert isinstance(report, dict)
        return report


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    manager, client = start_new_kernel(env=environment)
    try:
        client.execute_interactive(SETUP, timeout=60, output_hook=lambda message: None)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("code", "status", "part"),
    [
        ("x = 6\nprint('out')\nx * 7", "passed", {"stdout": "out\n", "result": "42", "added": ["x"]}),
        ("1/0", "failed", {"error": "ZeroDivisionError: division by zero"}),
        (
            "def f(:",
            "failed",
            {"traceback": "cell line 1: def f(:\n                   ^\nSyntaxError: invalid syntax"},
        ),
        ("import sys; sys.exit()", "failed", {"error": "SystemExit"}),
        ("exit()", "passed", {}),
        ("import ctypes; ctypes.string_at(0)", "crashed", {"error": "The process was killed by SIGSEGV."}),
        ("import os; os.abort()", "crashed", {"error": "The process was killed by SIGABRT."}),
        ("import asyncio\nawait asyncio.sleep(0)\n'awaited'", "passed", {"result": "'awaited'"}),
        ("input('?')", "not_tried", {"reason": "It asks for input, which a trial cannot give."}),
        ("open('/tmp/left-by-trial', 'w')", "not_tried", {}),
        (
            "import os; os.write(1, b'raw\\n'); os.system('echo c')\n!echo bang",
            "passed",
            {"stdout": "raw\nc\nbang\n"},
        ),
        ("%%bash\necho bash", "passed", {"stdout": "bash\n"}),
        (
            "from IPython.display import HTML, display\ndisplay(HTML('x'))",
            "passed",
            {"stdout": "<IPython.core.display.HTML object>\n"},
        ),
        ("from IPython.display import clear_output\nclear_output()", "passed", {}),
        ("import sys; print('e', file=sys.stderr)", "passed", {"stderr": "e\n"}),
        ("import sys; print('e', file=sys.__stderr__)", "passed", {"stderr": "e\n"}),
        ("import ipywidgets; ipywidgets.IntSlider()", "passed", {}),
        (
            "import threading; t = threading.Thread(target=print, args=('t',)); t.start(); t.join()",
            "passed",
            {"stdout": "t\n"},
        ),
        (
            "k = get_ipython().kernel; k.session.send(k.iopub_socket, 'stream', {'name': 'stdout', 'text': 'x'})",
            "passed",
            {},
        ),
    ],
)
def test_each_kind_of_cell_gets_its_verdict_in_silence(
    kernel: Kernel, code: str, status: str, part: dict[str, Any]
) -> None:
    report = kernel.attempt(code)
    assert (report["status"], {name: report[name] for name in part}) == (status, part), report


def test_an_endless_loop_ends_and_the_kernel_goes_on(kernel: Kernel) -> None:
    assert kernel.attempt("while True: pass", seconds=0.6)["status"] == "timed_out"
    assert kernel.run("answer = 1 + 1") == (2, [])


def test_changing_a_list_in_place_stays_in_the_copy(kernel: Kernel) -> None:
    kernel.run("numbers = [1]; answer = 0")
    assert kernel.attempt("numbers.append(2); numbers")["result"] == "[1, 2]"
    assert kernel.run("answer = numbers") == ([1], [])


def test_a_print_to_an_old_stream_object_is_silent(kernel: Kernel) -> None:
    kernel.run("old = sys.stdout; answer = 0")
    assert (
        kernel.attempt("old.write('through the old object'); old.flush()")["stdout"]
        == "through the old object"
    )


def test_history_and_counter_stay(kernel: Kernel) -> None:
    before, _ = kernel.run("answer = get_ipython().execution_count")
    kernel.attempt("12345")
    after, _ = kernel.run("answer = [get_ipython().execution_count, '12345' in In]")
    assert after == [before + 2, False]


def test_fifty_trials_leave_nothing_behind(kernel: Kernel) -> None:
    code = (
        "attempt('1'); fds = len(os.listdir('/proc/self/fd'))\n"
        "kinds = {attempt('1/0' if n % 5 == 0 else f'print({n})')['status'] for n in range(50)}\n"
        "children = pathlib.Path(f'/proc/self/task/{os.getpid()}/children').read_text()\n"
        "answer = [sorted(kinds), len(os.listdir('/proc/self/fd')) - fds, children]"
    )
    assert kernel.run(code) == ([["failed", "passed"], 0, ""], [])


def test_interrupting_ends_the_trial_and_nothing_else(kernel: Kernel) -> None:
    message = kernel.client.execute("attempt('import time; time.sleep(30)', 30.0)")
    time.sleep(0.5)
    started = time.monotonic()
    kernel.manager.interrupt_kernel()
    while True:
        reply = kernel.client.get_shell_msg(timeout=10)
        if reply["parent_header"].get("msg_id") == message:
            break
    assert (reply["content"]["status"], reply["content"]["ename"]) == ("error", "KeyboardInterrupt")
    assert time.monotonic() - started < 2
    assert kernel.run("answer = 3") == (3, [])


def test_a_trial_in_an_awaiting_cell_works(kernel: Kernel) -> None:
    code = "import asyncio\nawait asyncio.sleep(0)\nanswer = attempt('await asyncio.sleep(0, 8)')['result']"
    assert kernel.run(code) == ("8", [])


def test_it_is_quick(kernel: Kernel) -> None:
    seconds = sorted(kernel.attempt("1")["seconds"] for _ in range(9))
    assert seconds[4] < 0.3
