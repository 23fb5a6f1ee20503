"""The panel's channels in a real kernel, as a notebook client uses them."""

from __future__ import annotations

import json
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Kernel

pytestmark = pytest.mark.kernel

ANSWER = "```python\nx = 6 * 7\nprint('computed', x)\n```\n"
DO = "await __import__('smallcode_jupyter.frontends.comm', fromlist=['comm']).do"


class Channel:
    """A comm that the client opened."""

    def __init__(self, kernel: Kernel, target: str) -> None:
        self.kernel = kernel
        self.id = uuid.uuid4().hex
        self.sent = self.send("comm_open", {"comm_id": self.id, "target_name": target, "data": {}})

    def send(self, kind: str, content: dict[str, Any]) -> str:
        message = self.kernel.client.session.msg(kind, content)
        self.kernel.client.shell_channel.send(message)
        return str(message["header"]["msg_id"])

    def wish(self, data: dict[str, Any]) -> None:
        self.send("comm_msg", {"comm_id": self.id, "data": data})

    def first(self) -> tuple[str, dict[str, Any]]:
        """The kernel's first word."""
        while True:
            message = self.kernel.client.get_iopub_msg(timeout=20)
            if message["parent_header"].get("msg_id") == self.sent and message["msg_type"].startswith("comm"):
                return str(message["msg_type"]), dict(message["content"].get("data", {}))


def script(kernel: Kernel, *replies: str, delay: float = 0.0) -> None:
    assert kernel.run(f"model = script(*{replies!r}, delay={delay})").reply["status"] == "ok"


def deed(data: dict[str, Any]) -> str:
    return f"{DO}({json.dumps(data)!r})"


def said(ran: Any) -> list[dict[str, Any]]:
    return [content["data"] for content in ran.of("comm_msg")]


def events(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [message["envelopes"] for message in messages if message["type"] == "events"]
    return [envelope["event"] for envelopes in found for envelope in envelopes]


def test_a_run_streams_to_the_panel_and_its_code_is_the_panels_to_write(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    kind, hello = Channel(kernel, "smallcode.stream").first()
    assert (kind, hello["type"], hello["runs"]) == ("comm_msg", "hello", [])
    ran = kernel.run(deed({"type": "run", "words": "compute six times seven"}))
    assert ran.reply["status"] == "ok", ran.text
    kinds = [event["type"] for event in events(said(ran))]
    assert (kinds[0], kinds[-1]) == ("task.started", "task.finished")
    assert "model.delta" in kinds
    (pending,) = [message["changes"] for message in said(ran) if message["type"] == "pending"]
    ran = kernel.run(deed({"type": "accept", "changes": pending["id"]}))
    assert said(ran)[0] == {
        "type": "accepted",
        "paths": [],
        "cell_code": "x = 6 * 7\nprint('computed', x)\n",
    }
    assert kernel.run("'x' in globals()").text == "False"


MEAN = "def mean(values):\n    return sum(values) / len(valeus)"


def run_as(kernel: Kernel, cell_id: str, code: str) -> int:
    """Run a cell as JupyterLab does, with its id; the number it ran under."""
    message = kernel.client.session.msg(
        "execute_request", {"code": code, "silent": False, "store_history": True}
    )
    message["metadata"] = {"cellId": cell_id}
    kernel.client.shell_channel.send(message)
    return int(kernel.finish(message["header"]["msg_id"]).reply["execution_count"])


def test_a_cells_error_is_fixed_where_it_was_made_and_the_panel_is_told_which_cell_that_is(
    kernel: Kernel,
) -> None:
    right = MEAN.replace("valeus", "values")
    script(kernel, f"```python\n{right}\n```")
    run_as(kernel, "first", MEAN)
    number = run_as(kernel, "second", "result = mean([1, 2, 3])")
    Channel(kernel, "smallcode.stream").first()
    ran = kernel.run(deed({"type": "fix", "cell_id": "second", "number": number}), timeout=60)
    assert ran.reply["status"] == "ok", ran.text
    (told,) = [message["text"] for message in said(ran) if message["type"] == "told"]
    assert told == (
        f"Proved in a copy of the kernel: In[{number - 1}] as proposed, and then In[{number}], "
        "runs without an error."
    )
    (pending,) = [message["changes"] for message in said(ran) if message["type"] == "pending"]
    assert pending["files"][0]["path"] == "cell:first"
    ran = kernel.run(deed({"type": "accept", "changes": pending["id"]}))
    assert said(ran)[0] == {
        "type": "accepted",
        "paths": [],
        "cell_code": right,
        "cell_id": "first",
        "cell_before": MEAN,
        "then": ["second"],
    }


def test_only_the_last_error_is_fixed(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    number = run_as(kernel, "first", "1 / 0")
    run_as(kernel, "second", "[][1]")
    Channel(kernel, "smallcode.stream").first()
    ran = kernel.run(deed({"type": "fix", "cell_id": "first", "number": number}))
    assert [message["text"] for message in said(ran)] == [
        "The last error in this kernel is not this cell's. Run the cell again, then fix it."
    ]


def test_cells_are_heard_too(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    Channel(kernel, "smallcode.stream").first()
    ran = kernel.run("%%smallcode\ncompute six times seven\n")
    assert events(said(ran))[-1]["type"] == "task.finished"
    assert said(ran)[-1]["type"] == "pending"
    ran = kernel.run("%smallcode reject")
    assert said(ran) == [{"type": "pending", "changes": None}]


def test_a_second_panel_sees_the_thread_so_far(kernel: Kernel) -> None:
    script(kernel, ANSWER)
    kernel.run("%%smallcode\ncompute six times seven\n")
    _, hello = Channel(kernel, "smallcode.stream").first()
    assert hello["runs"][-1]["envelopes"][0]["event"]["task"]["words"].strip() == "compute six times seven"
    assert hello["pending"]["files"][0]["path"] == "cell:next"


def test_stop_reaches_a_run_that_awaits_its_model(kernel: Kernel) -> None:
    script(kernel, ANSWER, delay=30)
    Channel(kernel, "smallcode.stream").first()
    control = Channel(kernel, "smallcode.control")
    sent = kernel.send(deed({"type": "run", "words": "compute six times seven"}))
    began = time.monotonic()
    threading.Timer(1.0, control.wish, args=({"type": "stop"},)).start()
    ran = kernel.finish(sent)
    assert time.monotonic() - began < 3.0
    assert events(said(ran))[-1]["outcome"] == "cancelled"


def test_before_loading_the_stream_is_closed_and_connecting_loads(kernel: Kernel) -> None:
    kernel.run("%unload_ext smallcode_jupyter")
    kind, _ = Channel(kernel, "smallcode.stream").first()
    assert kind == "comm_close"
    ran = kernel.run("__import__('smallcode_jupyter.frontends.comm', fromlist=['comm']).connect()")
    assert ran.reply["status"] == "ok", ran.text
    kind, hello = Channel(kernel, "smallcode.stream").first()
    assert (kind, hello["type"]) == ("comm_msg", "hello")
    assert {row["name"]: row["source"] for row in hello["settings"]}["policy"] == "default"


def test_unloading_closes_the_panels_channels(kernel: Kernel) -> None:
    Channel(kernel, "smallcode.stream").first()
    ran = kernel.run("%unload_ext smallcode_jupyter")
    assert len(ran.of("comm_close")) == 1


def test_the_widget_runs_stops_and_accepts(kernel: Kernel) -> None:
    """`panel()` speaks the same vocabulary over its own channel."""
    script(kernel, ANSWER)
    made = kernel.run(
        "from pathlib import Path\n"
        "from smallcode_jupyter.frontends.panel import make_panel\n"
        "for name in ('widget.js', 'widget.css'):\n"
        "    Path(name).write_text('')\n"
        "heard = []\n"
        "panel = make_panel(get_ipython(), static=Path.cwd())\n"
        "panel.send = heard.append\n"
        "tell = lambda kind, data=None: panel._handle_custom_msg({'kind': kind, 'data': data}, [])\n"
        "tell('open')\n"
        "tell('deed', {'type': 'run', 'words': 'compute six times seven'})\n"
    )
    assert made.reply["status"] == "ok", made.text
    wait = "import asyncio\nwhile heard[-1]['type'] != %r:\n    await asyncio.sleep(0.01)\n"
    assert kernel.run(wait % "pending").reply["status"] == "ok"
    kernel.run("tell('deed', {'type': 'accept', 'changes': heard[-1]['changes']['id'], 'runs_cell': True})")
    kernel.run(wait % "accepted")
    ran = kernel.run("heard[-1]['output'], x")
    assert ran.text == "('computed 42\\n', 42)"
    kernel.run("prices = [3]\npanel._handle_custom_msg({'kind': 'complete', 'prefix': 'pri'}, [])")
    assert kernel.run("heard[-1]").text == "{'kind': 'names', 'prefix': 'pri', 'names': ['prices']}"


def test_in_colab_the_widget_asks_for_the_manager_that_shows_it(kernel: Kernel) -> None:
    """And everything that it is made of travels in its state: no file has to be fetched."""
    ran = kernel.run(
        "import sys, types\n"
        "from pathlib import Path\n"
        "from smallcode_jupyter.frontends.panel import make_panel\n"
        "Path('widget.js').write_text('the script')\n"
        "Path('widget.css').write_text('the style')\n"
        "colab, called = types.ModuleType('google.colab.output'), []\n"
        "colab.enable_custom_widget_manager = lambda: called.append(True)\n"
        "sys.modules['google.colab.output'] = colab\n"
        "state = make_panel(get_ipython(), static=Path.cwd()).get_state()\n"
        "called, state['_esm'], state['_css'], state['_model_module']\n"
    )
    assert ran.text == "([True], 'the script', 'the style', 'anywidget')"


def test_a_panel_that_was_not_built_says_so(kernel: Kernel) -> None:
    ran = kernel.run(
        "from smallcode_jupyter.frontends.panel import make_panel\n"
        "from pathlib import Path\n"
        "try:\n"
        "    make_panel(get_ipython(), static=Path('nowhere'))\n"
        "except Exception as error:\n"
        "    print(error)\n"
    )
    assert "The panel is not built here." in ran.text
    assert "Node 20" in ran.text
