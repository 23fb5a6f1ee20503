"""A real kernel with the extension loaded, and a session whose model answers from a script."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

SETUP = """
from pathlib import Path as _Path
from smallcode_jupyter.frontends.kernel import LiveKernel as _LiveKernel
from smallcode_jupyter.frontends.magic import notebook_of as _notebook_of, use_session as _use_session
from smallcode_jupyter.models.scripted import ScriptedModel as _ScriptedModel
from smallcode_jupyter.session.session import Session as _Session

def _script(*replies, delay=0.0):
    model = _ScriptedModel(replies, delay=delay)
    facts = _notebook_of(get_ipython()).facts
    _use_session(_Session(root=_Path.cwd(), model=model, facts=facts))
    return model
"""


@dataclass
class Ran:
    """What one execution gave."""

    reply: dict[str, Any]
    messages: list[dict[str, Any]]
    times: list[float] = field(default_factory=list)
    """Seconds from sending to each message."""

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        return [message["content"] for message in self.messages if message["msg_type"] in kinds]

    @property
    def displays(self) -> list[dict[str, Any]]:
        """The data of every display and its updates, in order."""
        return [content["data"] for content in self.of("display_data", "update_display_data")]

    @property
    def text(self) -> str:
        """Printed text, results and errors."""
        streams = "".join(content["text"] for content in self.of("stream"))
        results = "".join(content["data"]["text/plain"] for content in self.of("execute_result"))
        errors = "".join("\n".join(content["traceback"]) for content in self.of("error"))
        return streams + results + errors

    @property
    def last(self) -> str:
        """The last display as text."""
        return str(self.displays[-1]["text/plain"])


class Kernel:
    """A running kernel."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.manager = manager
        self.client = client

    def send(self, code: str) -> str:
        """Start a cell."""
        return str(self.client.execute(code, store_history=True))

    def finish(self, sent: str, *, timeout: float = 30.0, began: float | None = None) -> Ran:
        """Everything of a started cell until it is idle."""
        started = time.monotonic() if began is None else began
        ran = Ran(reply={}, messages=[])
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != sent:
                continue
            ran.messages.append(message)
            ran.times.append(time.monotonic() - started)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == sent:
                ran.reply = reply["content"]
                return ran

    def run(self, code: str, *, timeout: float = 30.0) -> Ran:
        """Run a cell."""
        began = time.monotonic()
        return self.finish(self.send(code), timeout=timeout, began=began)


@pytest.fixture(scope="session")
def started_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    folder = tmp_path_factory.mktemp("work")
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SMALLCODE_HOME": str(tmp_path_factory.mktemp("home")),
        "IPYTHONDIR": str(tmp_path_factory.mktemp("ipython")),
    }
    manager, client = start_new_kernel(env=environment, cwd=str(folder))
    kernel = Kernel(manager, client)
    try:
        assert kernel.run(SETUP).reply["status"] == "ok"
        yield kernel
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(started_kernel: Kernel, tmp_path: Path) -> Kernel:
    """The kernel, in a folder of this test alone, with the extension freshly loaded."""
    ran = started_kernel.run(
        f"%cd -q {tmp_path}\n%load_ext smallcode_jupyter\n%reload_ext smallcode_jupyter\nscript = _script\n",
        timeout=60,
    )
    assert ran.reply["status"] == "ok", ran.text
    return started_kernel
