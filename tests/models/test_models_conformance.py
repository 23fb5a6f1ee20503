"""`smallcode doctor --server`: each thing that a server cannot do is found, and said."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from models_fake_server import CHAT, FakeServer, Handler, answer, delta, finish, stream

from smallcode_jupyter.models.conformance import Finding, examine
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.servers import ServedModel, ServerFacts

Change = Callable[[dict[str, Any]], dict[str, Any] | int | None]


def good(body: dict[str, Any]) -> dict[str, Any] | int:
    """The answer of a server that can everything."""
    if body["model"] != "tiny":
        return 404
    text, calls = "Hello.", []
    if body.get("stop"):
        text = "1 2 3 "
    if body.get("response_format"):
        text = '"blue"'
    if "Use the tool" in body["messages"][-1]["content"]:
        calls = [{"id": "c", "type": "function", "function": {"name": "add", "arguments": "{}"}}]
    message = {"role": "assistant", "content": text, "tool_calls": calls}
    usage = {"prompt_tokens": 9, "completion_tokens": 2}
    return {"model": "tiny", "choices": [{"message": message, "finish_reason": "stop"}], "usage": usage}


def serve(server: FakeServer, change: Change) -> None:
    def step(handler: Handler) -> None:
        body = server.received[-1].body
        changed = change(body)
        if isinstance(changed, int):
            answer({"error": {"message": "no"}}, status=changed)(handler)
        elif body.get("stream"):
            stream(
                delta(content="Hel"),
                delta(content="lo."),
                finish(usage={"prompt_tokens": 9, "completion_tokens": 2}),
            )(handler)
        else:
            answer(changed if changed is not None else good(body))(handler)

    server.on(CHAT, step)


def findings(server: FakeServer, change: Change) -> dict[str, Finding]:
    serve(server, change)
    server.on("/tokenize", answer({"tokens": [1, 2]}))
    facts = ServerFacts(base_url=server.base_url, kind="llama.cpp", models=(ServedModel(name="tiny"),))
    model = OpenAICompatModel(server.info(server="llama.cpp"))
    return {finding.about: finding for finding in examine(facts, model)}


def good_or_refused(body: dict[str, Any]) -> dict[str, Any] | int:
    return good(body)


def test_a_good_server_can_everything_in_fifteen_questions(server: FakeServer) -> None:
    found = findings(server, good_or_refused)
    assert {about: finding for about, finding in found.items() if finding.verdict != "yes"} == {}
    assert len(found) == 15
    assert len(server.asked(CHAT)) <= 15
    assert max(one.body["max_tokens"] for one in server.asked(CHAT)) <= 48


def roles(body: dict[str, Any]) -> list[str]:
    return [message["role"] for message in body["messages"]]


CASES: dict[str, tuple[Change, str, str]] = {
    "takes messages of the system": (
        lambda b: 400 if "system" in roles(b) else None,
        "handled",
        "It is put first.",
    ),
    "takes two messages of a person in a row": (
        lambda b: 400 if roles(b) == ["user", "user"] else None,
        "handled",
        "joined",
    ),
    "takes an empty list of tools": (
        lambda b: 422 if b.get("tools") == [] else None,
        "handled",
        "never sent",
    ),
    "calls tools": (lambda b: 400 if b.get("tools") else None, "handled", "as text"),
    "takes results of tools": (lambda b: 400 if "tool" in roles(b) else None, "handled", "Sent as text"),
    "refuses models that it has not": (lambda b: good({**b, "model": "tiny"}), "no", "any name"),
    "answers as the model that was asked": (
        lambda b: {**good({**b, "model": "tiny"}), "model": "another-8b"},  # type: ignore[dict-item]
        "no",
        "it answered as another-8b",
    ),
    "keeps to the length allowed": (
        lambda b: {**good({**b, "model": "tiny"}), "usage": {"completion_tokens": 900}},  # type: ignore[dict-item]
        "handled",
        "cut off here",
    ),
    "stops at a stop word": (
        lambda b: {"choices": [{"message": {"content": "1 2 3 4 5"}}]} if b.get("stop") else None,
        "no",
        "went on",
    ),
    "holds an answer to a schema": (
        lambda b: {"choices": [{"message": {"content": "Hello."}}]} if b.get("response_format") else None,
        "handled",
        "with care",
    ),
}


@pytest.mark.parametrize("about", CASES)
def test_what_a_server_cannot_do_is_found(server: FakeServer, about: str) -> None:
    change, verdict, said = CASES[about]
    finding = findings(server, change)[about]
    assert finding.verdict == verdict
    assert said in finding.said


def test_the_command_tells_a_person_and_a_program(
    server: FakeServer, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from smallcode_jupyter.frontends.cli import main

    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    server.on("/v1/models", answer({"data": [{"id": "tiny"}]}))
    serve(server, good_or_refused)
    main(["doctor", "--server", server.base_url, "--cwd", str(tmp_path)])
    assert "✓  calls tools" in capsys.readouterr().out
    main(["doctor", "--server", server.base_url, "--cwd", str(tmp_path), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert (report["model"], len(report["findings"])) == ("tiny", 15)
    assert main(["doctor", "--server", "https://api.example.invalid", "--cwd", str(tmp_path)]) == 2
