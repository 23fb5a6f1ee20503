"""Servers that are not there, refuse, break off, or send rubbish: each gives its own error, and none hangs."""

from __future__ import annotations

import threading
from time import monotonic, sleep

import pytest
from models_fake_server import CHAT, FakeServer, Handler, answer, delta, events, finish, raw, silent, stream

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.port import Delta
from smallcode_jupyter.protocol.errors import (
    AccessDenied,
    ContextOverflow,
    ModelError,
    NoServer,
    RateLimited,
    RequestRefused,
    ServerFault,
    SmallCodeError,
    StreamBroken,
    UnknownModel,
)
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest

GOOD = events(delta(content="abc"), delta(content="def"), finish(), "[DONE]")


def ask(model: OpenAICompatModel, request: ModelRequest) -> ModelReply:
    return model.ask(request, on_delta=lambda _: True, cancel=threading.Event())


def fail(model: OpenAICompatModel, request: ModelRequest, kind: type[ModelError]) -> SmallCodeError:
    with pytest.raises(ModelError) as caught:
        ask(model, request)
    assert type(caught.value) is kind
    assert all((caught.value.what, caught.value.why, caught.value.hint))
    return caught.value


def test_no_server(server: FakeServer, question: ModelRequest, closed_port: int) -> None:
    address = f"http://127.0.0.1:{closed_port}/v1"
    error = fail(OpenAICompatModel(server.info(base_url=address)), question, NoServer)
    assert address in error.what


@pytest.mark.parametrize("resets", [False, True], ids=["end", "reset"])
@pytest.mark.parametrize("position", [0, 1, 6, 40, len(GOOD) // 2, len(GOOD) * 2 // 3])
def test_server_dies_mid_stream(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, position: int, resets: bool
) -> None:
    server.on(CHAT, raw(GOOD[:position], resets=resets))
    error = fail(model, question, StreamBroken)
    partial = error.partial  # type: ignore[attr-defined]
    assert isinstance(partial, ModelReply)
    assert "abcdef".startswith(partial.text)
    if not resets:
        assert partial.text == "".join(
            part for part in ("abc", "def") if part.encode() in GOOD[:position].rsplit(b"\n\n", 1)[0]
        )


def test_server_dies_before_it_answers(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, Handler.reset)
    fail(model, question, StreamBroken)


def test_chunked_stream_that_breaks_off(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    def step(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        piece = events(delta(content="abc"))
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    server.on(CHAT, step)
    error = fail(model, question, StreamBroken)
    assert error.partial.text == "abc"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><html><body>It works!</body></html>",
        b'{"choices": [{"message": {"content": "not a stream"}}]}',
        b"data: {not json}\n\n",
        b"data: 5\n\n",
        b'data: "words"\n\n',
        b"data: []\n\n",
        b'data: {"hello": "world"}\n\n',
        b"data: \xff\xfe{}\n\n",
        b"",
        b"\x00\x01\x02" * 100,
        b": only comments\n\n: and nothing else\n\n",
        b"data: [DONE]\n\n",
    ],
)
def test_malformed_stream(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, content: bytes
) -> None:
    server.on(CHAT, raw(content))
    assert "does not speak" in fail(model, question, StreamBroken).what


@pytest.mark.parametrize(
    "chunk",
    [
        {"choices": None},
        {"choices": "no"},
        {"choices": [None]},
        {"choices": [{"delta": None}]},
        {"choices": [{"delta": {"content": 5, "tool_calls": "x"}}]},
        {"choices": [{"delta": {"tool_calls": [None, {"index": "a", "function": None}]}}], "usage": "many"},
        {"choices": [], "usage": {"prompt_tokens": "a lot", "completion_tokens": None}},
    ],
)
def test_odd_fields_do_no_harm(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, chunk: object
) -> None:
    server.on(CHAT, stream(chunk, delta(content="ok"), finish()))
    assert ask(model, question).text == "ok"


def test_http_400_is_refused_with_the_words_of_the_server(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    words = "Conversation roles must alternate user/assistant"
    server.on(CHAT, answer({"error": {"message": words, "code": 400}}, status=400))
    assert words in fail(model, question, RequestRefused).why


@pytest.mark.parametrize("status", [401, 403])
def test_http_401_and_403_ask_for_a_key(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, status: int
) -> None:
    server.on(CHAT, answer({"error": {"message": "Invalid API Key"}}, status=status))
    assert "SMALLCODE_API_KEY" in fail(model, question, AccessDenied).hint


def test_http_404_names_the_models_that_exist(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, answer({"error": {"message": 'model "tiny" not found'}}, status=404))
    server.on("/v1/models", answer({"data": [{"id": "tinyllama"}, {"id": "huge"}]}))
    error = fail(model, question, UnknownModel)
    assert "tinyllama, huge" in error.why
    assert "tinyllama" in error.hint


def test_http_404_without_a_list_of_models(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, answer("<html>Not Found</html>", status=404))
    assert "404" in fail(model, question, UnknownModel).what


def test_http_429_says_when_to_come_back(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, answer({"error": {"message": "slow down"}}, status=429, headers={"Retry-After": "7"}))
    error = fail(model, question, RateLimited)
    assert error.retry_after == 7.0  # type: ignore[attr-defined]
    assert "7 s" in error.hint
    assert len(server.asked(CHAT)) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
def test_http_5xx_is_a_fault_and_not_asked_again(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, status: int
) -> None:
    server.on(CHAT, answer({"error": {"message": "out of memory"}}, status=status))
    assert "out of memory" in fail(model, question, ServerFault).why
    assert len(server.asked(CHAT)) == 1


LOADING = answer(
    {"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}}, status=503
)


def test_loading_server_is_waited_for(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, LOADING, stream(delta(content="Hi"), finish()))
    waits: list[float] = []
    model = OpenAICompatModel(server.info(), on_loading=waits.append)
    assert ask(model, question).text == "Hi"
    assert len(waits) == 1


def test_loading_for_ever_is_a_fault(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, LOADING)
    model = OpenAICompatModel(server.info(), loading_seconds=0.2)
    assert "still loading" in fail(model, question, ServerFault).what


def test_redirect_is_not_followed(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, answer("", status=307, headers={"Location": f"{server.base_url}/elsewhere"}))
    fail(model, question, RequestRefused)
    assert not server.asked("/v1/elsewhere")


OVERFLOWS = {
    "llama.cpp": {
        "error": {
            "code": 400,
            "message": "request (6030 tokens) exceeds the available context size (4096 tokens), try increasing it",
            "type": "exceed_context_size_error",
        }
    },
    "llama.cpp, older": {
        "error": {"message": "the request exceeds the available context size. try increasing it"}
    },
    "vllm": {
        "object": "error",
        "message": "This model's maximum context length is 4096 tokens. However, you requested 5030 tokens.",
    },
    "vllm, prompt": {
        "message": "The decoder prompt (length 5000) is longer than the maximum model length of 4096."
    },
    "ollama": {"error": {"message": "the input length exceeds the context length", "type": "api_error"}},
    "lmstudio": {
        "error": "The number of tokens to keep from the initial prompt is greater than the context length."
    },
    "openai": {
        "error": {
            "message": "This model's maximum context length is 8192 tokens.",
            "code": "context_length_exceeded",
        }
    },
}


@pytest.mark.parametrize("body", OVERFLOWS.values(), ids=OVERFLOWS.keys())
def test_context_overflow_is_recognised(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, body: object
) -> None:
    server.on(CHAT, answer(body, status=400))
    fail(model, question, ContextOverflow)


def test_context_overflow_inside_the_stream(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, raw(events(delta(content="a"), OVERFLOWS["llama.cpp"])))
    fail(model, question, ContextOverflow)


def test_error_inside_the_stream_keeps_what_had_come(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, raw(events(delta(content="so far"), {"error": {"message": "slot lost", "code": 500}})))
    error = fail(model, question, StreamBroken)
    assert "slot lost" in error.why
    assert error.partial.text == "so far"  # type: ignore[attr-defined]


def test_empty_answer_is_an_answer(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, stream(delta(role="assistant", content=""), finish()))
    reply = ask(model, question)
    assert (reply.text, reply.finish_reason, reply.native_calls) == ("", "stop", ())


def endless(handler: Handler) -> None:
    handler.start_stream()
    while not handler.server.fake.stop.is_set():
        handler.wfile.write(events(delta(content="again ")))


def test_endless_answer_ends_at_its_bound(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, endless)
    reply = ask(model, question)
    assert reply.finish_reason == "length"
    assert 32 <= reply.text.count("again") <= 200
    assert server.was_left.wait(2)


def test_endless_answer_ends_when_the_listener_has_heard_enough(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, endless)
    heard: list[Delta] = []

    def listen(piece: Delta) -> bool:
        heard.append(piece)
        return len(heard) < 3

    reply = model.ask(question, on_delta=listen, cancel=threading.Event())
    assert (reply.finish_reason, reply.text) == ("guard", "again again again ")
    assert server.was_left.wait(2)


def test_server_that_never_ends_after_its_last_word(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    def step(handler: Handler) -> None:
        handler.start_stream()
        handler.wfile.write(events(delta(content="Hi"), finish()))
        handler.wfile.flush()
        silent(handler)

    server.on(CHAT, step)
    reply = ask(model, question)
    assert (reply.text, reply.finish_reason) == ("Hi", "stop")


def talk_then_fall_silent(handler: Handler) -> None:
    handler.start_stream()
    handler.wfile.write(events(delta(content="Let me")))
    handler.wfile.flush()
    silent(handler)


@pytest.mark.parametrize(("step", "text"), [(silent, ""), (talk_then_fall_silent, "Let me")])
def test_cancel_while_the_server_is_silent(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, step: object, text: str
) -> None:
    server.on(CHAT, stream(delta(content="x"), finish()), step)  # type: ignore[arg-type]
    ask(model, question)  # the client is loaded now
    cancel = threading.Event()
    pressed: list[float] = []

    def press() -> None:
        while len(server.asked(CHAT)) < 2:
            sleep(0.01)
        sleep(0.15)
        pressed.append(monotonic())
        cancel.set()

    presser = threading.Thread(target=press)
    presser.start()
    reply = model.ask(question, on_delta=lambda _: True, cancel=cancel)
    waited = monotonic() - pressed[0]
    presser.join()

    assert waited < 0.2
    assert (reply.text, reply.finish_reason) == (text, "cancelled")
    assert server.was_left.wait(1), "the server was not told"


def test_cancelled_before_asking_sends_nothing(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    cancel = threading.Event()
    cancel.set()
    assert model.ask(question, on_delta=lambda _: True, cancel=cancel).finish_reason == "cancelled"
    assert server.received == []


def test_listener_that_raises_closes_the_stream(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, endless)

    def listen(_: Delta) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model.ask(question, on_delta=listen, cancel=threading.Event())
    assert server.was_left.wait(2)
