"""The proxy that counts and limits what an attempt spends."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
from models_fake_server import CHAT, FakeServer, Handler, Step, answer, delta, events, finish, silent, stream

from smallcode_jupyter.bench.meter import Meter
from smallcode_jupyter.models.usage import Tally, Usage

QUESTION = {"messages": [{"role": "user", "content": "Say hi."}], "temperature": 0.8}
WHOLE = {
    "choices": [{"message": {"content": "hi"}}],
    "usage": {"prompt_tokens": 30, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 20}},
}


def ask(
    meter: Meter, body: object = None, path: str = "/chat/completions"
) -> tuple[int, Mapping[str, str], str]:
    parts = urlsplit(meter.base_url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    target = path if path.startswith("/v1") or body is None else parts.path + path
    content = None if body is None else json.dumps(body)
    connection.request(
        "GET" if body is None else "POST", target, content, {"Content-Type": "application/json"}
    )
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, dict(response.headers), text


def until(claim: object, seconds: float = 5) -> bool:
    assert callable(claim)
    end = monotonic() + seconds
    while not claim() and monotonic() < end:
        sleep(0.01)
    return bool(claim())


def test_a_whole_answer_goes_through_and_is_counted(server: FakeServer, tmp_path: Path) -> None:
    server.on(CHAT, answer(WHOLE))
    log = tmp_path / "log.jsonl"
    with Meter(server.base_url, tokens=1_000, defaults={"seed": 7}, log=log) as meter:
        status, _, text = ask(meter, QUESTION)
    reading = meter.reading
    assert (status, json.loads(text)) == (200, WHOLE)
    assert (reading.prompt_tokens, reading.cached_tokens, reading.completion_tokens) == (30, 20, 5)
    assert (reading.requests, reading.is_used_up) == (1, False)
    assert reading.sampler == {"temperature": 0.8, "seed": 7, "max_tokens": 1_000}
    assert server.asked(CHAT)[0].body["seed"] == 7
    assert reading.transcript == sha256(log.read_bytes()).hexdigest()


def test_fields_of_the_client_win_over_the_defaults(server: FakeServer) -> None:
    server.on(CHAT, answer(WHOLE))
    with Meter(server.base_url, tokens=1_000, defaults={"seed": 7}) as meter:
        ask(meter, {**QUESTION, "seed": 3, "max_tokens": 50})
    assert (server.asked(CHAT)[0].body["seed"], server.asked(CHAT)[0].body["max_tokens"]) == (3, 50)


@pytest.mark.parametrize("wants_usage", [True, False])
def test_a_stream_is_counted_and_shows_only_what_was_asked_for(server: FakeServer, wants_usage: bool) -> None:
    last = {"choices": [], "usage": WHOLE["usage"]}
    server.on(CHAT, stream(delta(content="h"), delta(content="i"), finish(), last))
    question = {**QUESTION, "stream": True} | (
        {"stream_options": {"include_usage": True}} if wants_usage else {}
    )
    with Meter(server.base_url, tokens=1_000) as meter:
        _, headers, text = ask(meter, question)
    assert headers["Content-Type"] == "text/event-stream"
    assert server.asked(CHAT)[0].body["stream_options"] == {"include_usage": True}
    assert ('"usage"' in text) == wants_usage
    assert text.rstrip().endswith("data: [DONE]")
    assert (meter.reading.tokens, meter.reading.cached_tokens) == (35, 20)


def test_a_stream_arrives_as_it_comes(server: FakeServer) -> None:
    goes_on = threading.Event()

    def step(handler: Handler) -> None:
        handler.start_stream()
        handler.wfile.write(events(delta(content="first")))
        goes_on.wait(10)
        handler.wfile.write(events(finish(), "[DONE]"))

    server.on(CHAT, step)
    with Meter(server.base_url, tokens=1_000) as meter:
        connection = http.client.HTTPConnection(urlsplit(meter.base_url).netloc, timeout=10)
        connection.request("POST", CHAT, json.dumps({**QUESTION, "stream": True}))
        response = connection.getresponse()
        assert b"first" in response.readline()
        goes_on.set()
        assert b"[DONE]" in response.read()
        connection.close()


def test_beyond_the_budget_questions_are_refused(server: FakeServer) -> None:
    server.on(CHAT, answer(WHOLE))
    with Meter(server.base_url, tokens=40) as meter:
        statuses = [ask(meter, QUESTION)[0] for _ in range(3)]
        status, headers, text = ask(meter, QUESTION)
        free = ask(meter, {"content": "x"}, path="/v1/tokenize")[0]
    assert (statuses, status) == ([200, 200, 429], 429)
    assert json.loads(text)["error"]["code"] == "insufficient_quota"
    assert int(headers["Retry-After"]) > 60
    assert (meter.reading.requests, meter.reading.refused, meter.reading.is_used_up) == (2, 2, True)
    assert [one.body["max_tokens"] for one in server.asked(CHAT)] == [40, 5]
    assert free == 404


def test_other_paths_go_to_the_same_root_and_cost_nothing(server: FakeServer) -> None:
    server.on("/health", answer({"status": "ok"}))
    server.on("/v1/models", answer({"data": []}))
    server.on("/tokenize", answer({"tokens": [1, 2]}))
    with Meter(server.base_url, tokens=1) as meter:
        root = urlsplit(meter.base_url).netloc
        connection = http.client.HTTPConnection(root, timeout=10)
        connection.request("POST", "/tokenize", json.dumps({"content": "a b"}))
        assert json.loads(connection.getresponse().read()) == {"tokens": [1, 2]}
        connection.close()
        assert json.loads(ask(meter, path="/health")[2]) == {"status": "ok"}
        assert json.loads(ask(meter, path="/v1/models")[2]) == {"data": []}
    assert (meter.reading.requests, meter.reading.tokens, meter.reading.transcript) == (0, 0, "")


@pytest.mark.parametrize("says_timings", [True, False])
def test_a_client_that_leaves_in_mid_stream_ends_the_servers_work(
    server: FakeServer, says_timings: bool
) -> None:
    def step(handler: Handler) -> None:
        handler.start_stream()
        for number in range(1, 10_000):
            if handler.server.fake.stop.wait(0.01):
                return
            timings = {"timings": {"prompt_n": 10, "cache_n": 4, "predicted_n": number}}
            handler.wfile.write(events({**delta(content="x"), **(timings if says_timings else {})}))
            handler.wfile.flush()

    server.on(CHAT, step)
    with Meter(server.base_url, tokens=100_000) as meter:
        connection = http.client.HTTPConnection(urlsplit(meter.base_url).netloc, timeout=10)
        connection.request("POST", CHAT, json.dumps({**QUESTION, "stream": True}))
        response = connection.getresponse()
        for _ in range(6):
            response.readline()
        connection.close()
        response.close()
        assert server.was_left.wait(5)
        assert until(lambda: meter.reading.tokens > 0)
    reading = meter.reading
    assert reading.completion_tokens >= 3
    assert reading.prompt_tokens == 14 if says_timings else reading.prompt_tokens > 0
    assert reading.cached_tokens == (4 if says_timings else 0)


def headers_only(handler: Handler) -> None:
    """Begin a stream and say nothing, as a server does that reads a long prompt."""
    handler.start_stream()
    handler.wfile.flush()
    silent(handler)


@pytest.mark.parametrize("step", [silent, headers_only])
def test_a_client_that_leaves_before_the_first_word_ends_the_servers_work(
    server: FakeServer, step: Step
) -> None:
    server.on(CHAT, step)
    with Meter(server.base_url, tokens=100_000) as meter:
        connection = http.client.HTTPConnection(urlsplit(meter.base_url).netloc, timeout=10)
        connection.request("POST", CHAT, json.dumps(QUESTION))
        assert until(lambda: server.asked(CHAT))
        connection.close()
        assert server.was_left.wait(5)
    assert meter.reading.prompt_tokens > 0
    assert meter.reading.completion_tokens == 0


@pytest.mark.parametrize("step", [silent, headers_only])
def test_closing_the_meter_ends_what_is_being_answered(server: FakeServer, step: Step) -> None:
    server.on(CHAT, step)
    with Meter(server.base_url, tokens=100_000) as meter:
        connection = http.client.HTTPConnection(urlsplit(meter.base_url).netloc, timeout=10)
        connection.request("POST", CHAT, json.dumps(QUESTION))
        assert until(lambda: server.asked(CHAT))
    assert server.was_left.wait(5)
    assert len(meter.reading.transcript) == 64
    assert meter.reading.prompt_tokens > 0
    connection.close()


def test_errors_of_the_server_go_through_and_cost_nothing(server: FakeServer) -> None:
    server.on(CHAT, answer({"error": {"message": "too long"}}, status=400))
    with Meter(server.base_url, tokens=1_000) as meter:
        assert ask(meter, QUESTION)[0] == 400
    assert meter.reading.tokens == 0
    assert meter.reading.failures == ('HTTP 400: {"error": {"message": "too long"}}',)


def test_a_server_that_is_gone_is_a_bad_gateway(closed: str) -> None:
    with Meter(closed, tokens=1_000) as meter:
        assert ask(meter, QUESTION)[0] == 502
    assert meter.reading.tokens == 0


@pytest.mark.parametrize(
    "pieces",
    [
        [{"type": "response.completed", "response": {"usage": {"input_tokens": 9, "output_tokens": 2}}}],
        [
            {"type": "message_start", "message": {"usage": {"input_tokens": 9, "output_tokens": 1}}},
            {"type": "message_delta", "usage": {"output_tokens": 2}},
        ],
        [{"choices": [], "timings": {"prompt_n": 6, "cache_n": 3, "predicted_n": 2}}],
    ],
)
def test_counts_come_in_several_shapes(pieces: list[dict[str, object]]) -> None:
    tally = Tally(estimated_prompt=100)
    for piece in pieces:
        tally.add(json.loads(json.dumps(piece)))
    assert (tally.usage.prompt_tokens, tally.usage.completion_tokens) == (9, 2)


def test_an_answer_without_counts_is_estimated() -> None:
    tally = Tally(estimated_prompt=100)
    for _ in range(3):
        tally.add({"choices": [{"delta": {"content": "x"}}]})
    assert tally.usage == Usage(prompt_tokens=100, completion_tokens=3)
