"""Scripted and recorded models."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.models.port import Delta, Model
from smallcode_jupyter.models.recorded import RecordedModel, RecordingModel
from smallcode_jupyter.models.scripted import ScriptedModel, split_words
from smallcode_jupyter.protocol.errors import ConfigError, ContextOverflow, RequestRefused, ServerFault
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest, NativeCall, Usage


def request(*words: str, temperature: float = 0.0, max_tokens: int = 100) -> ModelRequest:
    messages = tuple(Message(role="user", content=text) for text in words)
    return ModelRequest(messages=messages, temperature=temperature, max_tokens=max_tokens)


def ask(model: Model, question: ModelRequest) -> ModelReply:
    return model.ask(question, on_delta=lambda _: True, cancel=threading.Event())


@given(st.text())
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(split_words(text)) == text


def test_replies_come_in_order_and_requests_are_kept() -> None:
    model = ScriptedModel(
        ["one", ModelReply(text="two", native_calls=(NativeCall(id="a", name="f", arguments="{}"),))]
    )
    first, second = request("1"), request("2")

    assert ask(model, first).text == "one"
    assert ask(model, second).native_calls[0].name == "f"
    assert model.requests == [first, second]


def test_reply_streams_in_words() -> None:
    heard: list[str] = []
    model = ScriptedModel(["x = f(1)\n"])
    model.ask(request("?"), on_delta=lambda piece: heard.append(piece.text) or True, cancel=threading.Event())
    assert heard == ["x", " =", " f", "(", "1", ")", "\n"]


def test_scripted_failure_is_raised() -> None:
    with pytest.raises(ServerFault):
        ask(ScriptedModel([ServerFault("broken")]), request("?"))


def test_script_at_its_end() -> None:
    with pytest.raises(RequestRefused, match="asked 1 times"):
        ask(ScriptedModel([]), request("?"))


def test_scripted_window_is_a_bound() -> None:
    model = ScriptedModel(["x"])
    with pytest.raises(ContextOverflow):
        ask(model, request("word " * 9000))


def test_scripted_answer_stops_at_its_longest() -> None:
    reply = ask(ScriptedModel(["a b c d"]), request("?", max_tokens=2))
    assert (reply.text, reply.finish_reason) == ("a b", "length")


def test_scripted_answer_stops_when_the_listener_has_heard_enough() -> None:
    reply = ScriptedModel(["a b c"]).ask(request("?"), on_delta=lambda _: False, cancel=threading.Event())
    assert (reply.text, reply.finish_reason) == ("a", "guard")


def test_scripted_answer_is_cancelled_in_the_middle() -> None:
    cancel = threading.Event()

    def listen(piece: Delta) -> bool:
        if piece.text == " b":
            cancel.set()
        return True

    reply = ScriptedModel(["a b c"], delay=0.001).ask(request("?"), on_delta=listen, cancel=cancel)
    assert (reply.text, reply.finish_reason) == ("a b", "cancelled")


def test_scripted_counts_are_those_it_tells() -> None:
    model = ScriptedModel(["fine, thanks"])
    question = request("how are you")
    reply = ask(model, question)
    assert reply.usage.prompt_tokens == model.count_request(question)
    assert reply.usage.completion_tokens == model.count(("fine, thanks",))[0] == 3


def test_scripted_cache_keeps_the_common_beginning() -> None:
    model = ScriptedModel(["one", "two", "three"])
    assert ask(model, request("a long question")).usage.cached_tokens == 0
    kept = ask(model, request("a long question", "and more")).usage
    lost = ask(model, request("quite another question")).usage
    assert kept.cached_tokens >= model.count(("a long question",))[0]
    assert lost.cached_tokens <= 4  # only the role marker is the same


def test_usage_in_the_script_is_kept() -> None:
    usage = Usage(prompt_tokens=5, completion_tokens=6, cached_tokens=4)
    assert ask(ScriptedModel([ModelReply(text="x", usage=usage)]), request("?")).usage == usage


def test_recording_gives_the_same_again(tmp_path: Path) -> None:
    file = tmp_path / "demo.jsonl"
    recording = RecordingModel(ScriptedModel(["Grüße\u2028 und mehr"]), file)
    counts = recording.count(("abc def", "x"))
    whole = recording.count_request(request("hello"))
    real = ask(recording, request("hello"))
    recording.close()

    replayed = RecordedModel(file)
    given_again = ask(replayed, request("hello"))
    assert (given_again.text, given_again.finish_reason) == (real.text, real.finish_reason)
    assert given_again.usage.prompt_tokens == real.usage.prompt_tokens
    assert replayed.info == recording.info
    assert replayed.count(("abc def", "x")) == counts
    assert replayed.count_request(request("hello")) == whole


def test_same_question_gets_its_answers_in_order(tmp_path: Path) -> None:
    recording = RecordingModel(ScriptedModel(["one", "two"]), tmp_path / "r.jsonl")
    for _ in range(2):
        ask(recording, request("?", temperature=0.8))
    replayed = RecordedModel(tmp_path / "r.jsonl")
    assert [ask(replayed, request("?", temperature=0.8)).text for _ in range(3)] == ["one", "two", "two"]


def test_recording_of_the_same_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        ask(RecordingModel(ScriptedModel(["one"]), tmp_path / name), request("?"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_request_that_was_not_recorded_says_how_to_record(tmp_path: Path) -> None:
    ask(RecordingModel(ScriptedModel(["one"]), tmp_path / "r.jsonl"), request("?"))
    with pytest.raises(RequestRefused, match=r"r\.jsonl has no answer") as caught:
        ask(RecordedModel(tmp_path / "r.jsonl", how_to_record="Run record.py."), request("another"))
    assert caught.value.hint == "Run record.py."


def test_sampler_belongs_to_the_request(tmp_path: Path) -> None:
    ask(RecordingModel(ScriptedModel(["one"]), tmp_path / "r.jsonl"), request("?"))
    with pytest.raises(RequestRefused):
        ask(RecordedModel(tmp_path / "r.jsonl"), request("?", temperature=0.5))


def test_cancelled_answers_are_not_recorded(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    recording = RecordingModel(ScriptedModel(["one"]), tmp_path / "r.jsonl")
    recording.ask(request("?"), on_delta=lambda _: True, cancel=cancel)
    recording.close()
    with pytest.raises(RequestRefused):
        ask(RecordedModel(tmp_path / "r.jsonl"), request("?"))


@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}\n", b'{"info": {}}\n', b"\xff", b"[1]\n"])
def test_file_that_is_no_recording(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "r.jsonl"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match="no recording"):
        RecordedModel(file)


def test_missing_recording(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no recording"):
        RecordedModel(tmp_path / "none.jsonl")
