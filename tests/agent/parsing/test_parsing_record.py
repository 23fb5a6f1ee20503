"""Recording replies: asked of a server on the loopback, kept with their origin and what they say."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import parsing_corpus
import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "record_replies.py"


class Scripted(BaseHTTPRequestHandler):
    """Answers by the end of the prompt, and with a native call where tools are offered."""

    asked: list[dict[str, Any]] = []  # noqa: RUF012  # shared with the test on purpose

    def do_GET(self) -> None:
        self._send({"data": [{"id": "tiny"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        prompt = body["messages"][-1]["content"]
        message: dict[str, Any] = {"role": "assistant", "content": "```python\nx = 1\n```"}
        if "tools" in body:
            function = {"name": "read_file", "arguments": '{"file": "utils.py"}'}
            message = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "c", "function": function}],
            }
        elif "one word" in prompt:
            message["content"] = "write"
        elif "line of JSON" in prompt:
            message["content"] = '{"name": "list_files", "arguments": {}}'
        elif "in words" in prompt:
            message["content"] = ""
        self._send(
            {"choices": [{"message": message, "finish_reason": "length" if "Go" in prompt else "stop"}]}
        )

    def _send(self, answer: dict[str, Any]) -> None:
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def base_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("record_replies", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_every_answer_is_kept_as_a_reply_of_the_corpus(
    script: ModuleType, base_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing_corpus, "REPLIES", tmp_path)
    Scripted.asked.clear()
    assert script.main([base_url, "--label", "tiny", "--name", "Tiny 1M Q4"]) == 0
    cases = {case.path.stem.removeprefix("recorded-tiny-"): case for case in parsing_corpus.read_corpus()}
    assert len(Scripted.asked) == len(script.PROMPTS) == 31
    assert {body["model"] for body in Scripted.asked} == {"tiny"}
    assert cases.keys() == {prompt.name for prompt in script.PROMPTS if prompt.kind != "answer"}
    assert all(case.parsed == parsing_corpus.parse(case) for case in cases.values())
    assert all(case.origin.startswith("recorded from Tiny 1M Q4 on 20") for case in cases.values())
    native = cases["native-read"].parsed
    assert native is not None
    assert (native.dialect, native.calls[0].arguments) == ("native", {"path": "utils.py"})
    whole = cases["whole-fix"].parsed
    assert whole is not None
    assert whole.calls[0].arguments == {"path": "calc.py", "content": "x = 1\n"}
    assert cases["route-fix"].reply.text == "write"


def test_prompts_have_the_shapes_of_the_agent(script: ModuleType) -> None:
    body = script.body_of(script.PROMPTS[10], model="m", temperature=0.0)
    prompt = body["messages"][1]["content"]
    assert prompt.startswith("calc.py:\n```python calc.py\n")
    assert prompt.endswith("Answer with the whole of calc.py in one fenced block.")
    assert "# Task\nThe functions add and median are wrong." in prompt
