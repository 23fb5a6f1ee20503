"""Probing a model: servers that behave like different models, what is decided, and what is remembered."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from models_fake_server import CHAT, FakeServer, Handler, Step, answer, delta, finish, stream

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.probe import (
    ProbeOutcome,
    ProbeReport,
    Way,
    all_probes,
    best_way,
    probe_file,
    recall_probe,
    save_probe,
)
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import Cancelled, NoServer
from smallcode_jupyter.protocol.model import EditFormat, ModelProfile, ToolProtocol
from smallcode_jupyter.session.probing import ANSWER_TOKENS, PROBES, THINKING_TOKENS, probe_model

EDITS: set[Way] = {"whole", "search_replace", "definitions"}
LABEL = 'def label(name):\n    return "Article: " + name\n'
SHOP = f"def total(prices):\n    return sum(prices)\n\n\n{LABEL}"
SETTINGS = '[server]\nhost = "localhost"\nport = 9000\n'
HELLO = "Hello! How can I help you today?"

Behaviour = Callable[[dict[str, Any]], Step]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    return tmp_path


def says(text: str, reason: str = "stop") -> Step:
    return stream(delta(content=text), finish(reason))


def calls(name: str, **arguments: str) -> Step:
    function = {"name": name, "arguments": json.dumps(arguments)}
    return stream(
        delta(tool_calls=[{"index": 0, "id": "c1", "type": "function", "function": function}]),
        finish("tool_calls"),
    )


def prompt_of(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"])


def constrained(body: dict[str, Any]) -> Step | None:
    if "grammar" in body:
        return says("walrus")
    return says('{"animal": "zebra"}') if "response_format" in body else None


def native_model(body: dict[str, Any]) -> Step:
    """Calls tools where it has some; in text it only talks."""
    if "tools" not in body:
        return constrained(body) or says("I would call a tool for this.")
    if "settings.toml" in prompt_of(body):
        return calls("edit_file", path="settings.toml", old="port = 8000", new="port = 9000")
    return calls("read_file", path="shop.py")


def json_model(body: dict[str, Any]) -> Step:
    """Writes every call as JSON into its text, also where it has native tools, and also where code is wanted."""
    if (held := constrained(body)) is not None:
        return held
    if "settings.toml" in prompt_of(body):
        return says(
            json.dumps({"name": "write_file", "arguments": {"path": "settings.toml", "content": SETTINGS}})
        )
    return says(json.dumps({"name": "read_file", "arguments": {"path": "shop.py"}}))


def block_model(body: dict[str, Any]) -> Step:
    """Answers what is asked for in fenced blocks; of tools it knows nothing."""
    prompt = prompt_of(body)
    if "<<<<<<< SEARCH" in prompt:
        old, new = ("port = 8000", "port = 9000") if "9000" in prompt else ('"Item: "', '"Article: "')
        line = "    return {} + name" if "Item" in old else "{}"
        path = "settings.toml" if "9000" in prompt else "shop.py"
        return says(
            f"{path}\n<<<<<<< SEARCH\n{line.format(old)}\n=======\n{line.format(new)}\n>>>>>>> REPLACE\n"
        )
    if "in one fenced block" not in prompt:
        return constrained(body) or says(HELLO)
    if "settings.toml" in prompt:
        return says(f"```toml\n{SETTINGS}```")
    return says(f"```python\n{LABEL if 'only the functions' in prompt else SHOP}```")


def talking_model(body: dict[str, Any]) -> Step:
    """Ignores every wish, constraints too."""
    return says(HELLO)


def probe(server: FakeServer, behaviour: Behaviour, *, name: str = "tiny", **options: Any) -> ProbeReport:
    def step(handler: Handler) -> None:
        behaviour(handler.server.fake.asked(CHAT)[-1].body)(handler)

    offer(server, name)
    server.on(CHAT, step)
    model = discover(ModelSettings(base_url=server.base_url))
    try:
        report = probe_model(model, today="2026-01-02", **options)
        save_probe(model.info, report)
    finally:
        model.close()
    return report


def offer(server: FakeServer, name: str, size: int = 1000) -> None:
    row = {"id": name, "owned_by": "llamacpp", "meta": {"n_ctx": 4096, "size": size}}
    server.on("/v1/models", answer({"data": [row]}))


def obeyed(report: ProbeReport) -> set[Way]:
    """The ways of which every question was obeyed."""
    failed = {outcome.way for outcome in report.outcomes if not outcome.is_obeyed}
    return {outcome.way for outcome in report.outcomes} - failed


@pytest.mark.parametrize(
    ("behaviour", "ways", "protocol", "edit_format"),
    [
        (native_model, {"native", "choice", "schema", "steady"}, "native", "whole"),
        (json_model, {"json", "choice", "schema", "steady"}, "json", "whole"),
        (block_model, EDITS | {"choice", "schema", "steady"}, "blocks", "whole"),
        (talking_model, {"steady"}, "blocks", "whole"),
    ],
)
def test_models_are_told_apart_by_what_they_obey(
    server: FakeServer, behaviour: Behaviour, ways: set[Way], protocol: str, edit_format: str
) -> None:
    report = probe(server, behaviour)
    assert obeyed(report) == ways
    assert (report.tool_protocol, report.edit_format) == (protocol, edit_format)


def test_twelve_small_questions_are_asked_and_every_answer_is_short(server: FakeServer) -> None:
    heard: list[ProbeOutcome] = []
    report = probe(server, talking_model, on_outcome=heard.append)
    bodies = [one.body for one in server.asked(CHAT)]
    assert tuple(heard) == report.outcomes
    assert len(bodies) == len(PROBES) <= 12
    assert {body["max_tokens"] for body in bodies} == {ANSWER_TOKENS}
    assert {body["temperature"] for body in bodies} == {0.0}
    assert max(len(prompt_of(body)) for body in bodies) < 600


def test_every_failure_says_what_was_seen(server: FakeServer) -> None:
    notes = {(outcome.way, outcome.about): outcome.note for outcome in probe(server, json_model).outcomes}
    assert notes["native", "read a file"] == "called in its text instead"
    notes = {(outcome.way, outcome.about): outcome.note for outcome in probe(server, talking_model).outcomes}
    assert notes["native", "read a file"] == "no call"
    assert notes["choice", "held to two words"] == "the constraint was ignored"
    assert all(note for (way, _), note in notes.items() if way != "steady")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f"```python\n{LABEL}```", "changed what was to stay"),
        (f"```python\n{SHOP.replace('Article', 'Goods')}```", "did not make the change"),
        ("```python\ndef label(name:\n```", "the file does not parse any more"),
    ],
)
def test_an_edit_counts_only_if_the_file_comes_out_right(server: FakeServer, text: str, note: str) -> None:
    report = probe(server, lambda _: says(text))
    outcome = report.outcomes[0]
    assert (outcome.way, outcome.is_obeyed) == ("whole", False)
    assert outcome.note == note


def test_a_whole_file_is_no_search_and_replace(server: FakeServer) -> None:
    report = probe(server, lambda _: says(f"```python\n{SHOP}```"))
    notes = [outcome.note for outcome in report.outcomes if outcome.way == "search_replace"]
    assert notes[0] == "wrote the file instead"


def test_reasoning_is_seen_and_given_room(server: FakeServer) -> None:
    def thinking_model(body: dict[str, Any]) -> Step:
        if body["max_tokens"] <= ANSWER_TOKENS:
            return says("<think>\nThe person wants", "length")
        return says(f"<think>\nFine.\n</think>\n```python\n{SHOP}```")

    report = probe(server, thinking_model)
    assert report.thinks
    assert report.outcomes[0].is_obeyed
    asked = [one.body["max_tokens"] for one in server.asked(CHAT)]
    assert asked == [ANSWER_TOKENS] + [THINKING_TOKENS] * len(PROBES)


def test_printed_tokens_of_the_template_are_named(server: FakeServer) -> None:
    report = probe(server, lambda _: says("Hello.<|im_end|>"))
    assert report.stop_words == ("<|im_end|>",)


def test_endless_repetition_is_stopped_and_told(server: FakeServer) -> None:
    chunks = [delta(content="Boil the water and wait a while.\n") for _ in range(40)]
    report = probe(server, lambda _: stream(*chunks, finish()))
    assert report.outcomes[-1].note == "repeats itself"


def test_a_server_that_refuses_tools_is_an_outcome(server: FakeServer) -> None:
    def toolless_model(body: dict[str, Any]) -> Step:
        refusal = answer({"error": {"message": "tools need --jinja"}}, status=500)
        return refusal if "tools" in body else block_model(body)

    report = probe(server, toolless_model)
    assert report.tool_protocol == "blocks"
    assert "native" not in obeyed(report)


def test_a_stopped_probe_remembers_nothing(server: FakeServer) -> None:
    stop = Event()
    with pytest.raises(Cancelled):
        probe(server, talking_model, on_outcome=lambda _: stop.set(), cancel=stop)
    assert all_probes() == ()


def test_the_result_overrides_the_profile_when_the_model_is_opened_again(server: FakeServer) -> None:
    probe(server, native_model, name="qwen2.5-coder-1.5b")
    profile = discover(ModelSettings(base_url=server.base_url)).info.profile
    assert (profile.name, profile.tool_protocol, profile.is_probed) == ("qwen2.5-coder-small", "native", True)


def test_other_weights_of_the_same_name_are_not_taken_for_the_probed_ones(server: FakeServer) -> None:
    probe(server, native_model)
    offer(server, "tiny", size=2000)
    assert not discover(ModelSettings(base_url=server.base_url)).info.profile.is_probed


@pytest.mark.parametrize("text", ["", "[]", '{"model": 3}', None])
def test_a_result_that_makes_no_sense_or_is_of_older_questions_counts_for_nothing(
    server: FakeServer, text: str | None
) -> None:
    probe(server, native_model)
    file = probe_file(discover(ModelSettings(base_url=server.base_url)).info)
    file.write_text(text if text is not None else json.dumps({**json.loads(file.read_text()), "version": 0}))
    info = discover(ModelSettings(base_url=server.base_url)).info
    assert recall_probe(info) is None
    assert not info.profile.is_probed


def outcomes(**shares: tuple[int, int]) -> list[ProbeOutcome]:
    """Of each way: how many were obeyed of how many."""
    return [
        ProbeOutcome(way=way, about="", is_obeyed=number < hits)  # type: ignore[arg-type]  # names of ways
        for way, (hits, asked) in shares.items()
        for number in range(asked)
    ]


@pytest.mark.parametrize(
    ("protocol", "edit_format", "shares", "expected"),
    [
        # Where all is obeyed the profile stays.
        ("native", "search_replace", {"native": (2, 2), "search_replace": (2, 2)}, ("native", "search_replace")),
        ("blocks", "whole", {"native": (2, 2), "json": (2, 2), "whole": (2, 2)}, ("blocks", "whole")),
        ("json", "whole", {"native": (2, 2), "json": (2, 2), "whole": (2, 2)}, ("json", "whole")),
        # Otherwise what is obeyed more often wins.
        ("native", "whole", {"native": (1, 2), "json": (2, 2), "whole": (2, 2)}, ("blocks", "whole")),
        ("blocks", "whole", {"native": (2, 2), "json": (1, 2), "whole": (2, 2)}, ("native", "whole")),
        ("blocks", "whole", {"native": (0, 2), "json": (2, 2), "whole": (1, 2)}, ("json", "whole")),
        ("blocks", "whole", {"whole": (1, 2), "search_replace": (2, 2)}, ("blocks", "search_replace")),
        ("blocks", "search_replace", {"whole": (2, 2), "search_replace": (0, 2)}, ("blocks", "whole")),
        ("blocks", "search_replace", {"whole": (0, 2), "search_replace": (0, 2)}, ("blocks", "search_replace")),
    ],
)  # fmt: skip
def test_the_profile_stays_unless_another_way_is_obeyed_better(
    protocol: ToolProtocol,
    edit_format: EditFormat,
    shares: dict[str, tuple[int, int]],
    expected: tuple[str, str],
) -> None:
    profile = ModelProfile(name="p", tool_protocol=protocol, edit_format=edit_format)
    assert best_way(outcomes(**shares), profile) == expected


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(arguments, console=Console(out=out, err=err, is_interactive=False))
    return status, out.getvalue(), err.getvalue()


def serve(server: FakeServer, behaviour: Behaviour) -> None:
    offer(server, "tiny")
    server.on(CHAT, lambda handler: behaviour(handler.server.fake.asked(CHAT)[-1].body)(handler))


def test_the_command_shows_each_question_and_what_follows(server: FakeServer) -> None:
    serve(server, native_model)
    status, out, err = command("doctor", "--probe", "--base-url", server.base_url)
    assert status == 0
    assert err.count("\n") == 1 + len(PROBES)
    lines = out.splitlines()
    assert lines[0].startswith("tiny on llama.cpp: ")
    assert [line[0] for line in lines[1 : 1 + len(PROBES)]] == [
        "✓" if probe.way in ("native", "choice", "schema", "steady") else "✗" for probe in PROBES
    ]
    assert lines[-2] == (
        "It is asked with native tool calls and whole files from now on; its profile, default, says fenced blocks "
        "and whole files."
    )
    assert lines[-1].endswith("forget it with: smallcode doctor --forget --model tiny")


def test_what_is_remembered_is_listed_and_forgotten(server: FakeServer) -> None:
    serve(server, native_model)
    status, out, _ = command("doctor", "--probe", "--base-url", server.base_url, "--json")
    report = json.loads(out)
    assert (status, report["tool_protocol"], len(report["outcomes"])) == (0, "native", len(PROBES))
    assert Path(report["file"]).is_file()

    listed = command("doctor")[1]
    assert "✓ tiny on llama.cpp, " in listed
    assert "asked with native tool calls and whole files, whatever its profile says" in listed
    assert "Go back to the profiles with: smallcode doctor --forget" in listed

    assert command("doctor", "--forget", "--model", "other")[:2] == (1, "There was nothing to forget.\n")
    assert command("doctor", "--forget", "--model", "TINY")[:2] == (0, "Forgotten: tiny.\n")
    assert "smallcode doctor --probe" in command("doctor")[1]
    assert not discover(ModelSettings(base_url=server.base_url)).info.profile.is_probed


def test_without_a_server_the_command_says_so(closed_port: int) -> None:
    status, _, err = command("doctor", "--probe", "--base-url", f"http://127.0.0.1:{closed_port}/v1")
    assert status == NoServer.exit_status
    assert all_probes() == ()
    assert err


def test_naming_a_model_without_probing_it_is_a_mistake() -> None:
    status, _, err = command("doctor", "--model", "tiny")
    assert (status, err) == (
        2,
        "Only a probe is of one model. Say smallcode doctor --probe, or --server URL.\n",
    )


@pytest.mark.parametrize(
    ("kind", "fingerprint"),
    [
        ("llama.cpp", "986048768 bytes"),
        ("ollama", "sha256:9f2d"),
        ("lmstudio", "Q4_K_M"),
        ("vllm", "/weights/tiny-awq"),
        ("openai-compatible", ""),
    ],
)
def test_each_kind_of_server_tells_weights_apart_in_its_own_way(
    server: FakeServer, kind: str, fingerprint: str
) -> None:
    row: dict[str, Any] = {"id": "tiny"}
    if kind == "llama.cpp":
        row |= {"owned_by": "llamacpp", "meta": {"n_ctx": 4096, "size": 986048768}}
    if kind == "vllm":
        row |= {"max_model_len": 4096, "root": "/weights/tiny-awq"}
    if kind == "ollama":
        server.on("/api/version", answer({"version": "0.9.0"}))
        server.on("/api/tags", answer({"models": [{"name": "tiny", "digest": "sha256:9f2d"}]}))
    if kind == "lmstudio":
        shown = {"id": "tiny", "type": "llm", "state": "loaded", "quantization": "Q4_K_M"}
        server.on("/api/v0/models", answer({"data": [shown]}))
    server.on("/v1/models", answer({"data": [row]}))

    info = discover(ModelSettings(base_url=server.base_url)).info
    assert (info.server, info.fingerprint) == (kind, fingerprint)
