"""The gateway before a model server, asked by the client that students have."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from models_fake_server import CHAT, FakeServer, Handler, answer, delta, events, finish, silent, stream

from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.gateway.fair import Rules
from smallcode_jupyter.models.gateway.keys import key_for, user_of
from smallcode_jupyter.models.gateway.server import Answered, Gateway, GatewayOptions
from smallcode_jupyter.models.json_http import ask_json
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import AccessDenied, RateLimited, ServerFault, StreamBroken
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest

SECRET = "a secret of at least sixteen"
USAGE = {"usage": {"prompt_tokens": 70, "completion_tokens": 30}}


class Class:
    """A gateway on a thread of its own."""

    def __init__(self, server: FakeServer, rules: Rules) -> None:
        self.answered: list[Answered] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        options = GatewayOptions(
            upstream=server.base_url,
            secret=SECRET,
            upstream_key="the server's own",
            rules=rules,
            answer_tokens=100,
            on_answer=self.answered.append,
        )
        self.base_url = self.run(self._open(options))

    async def _open(self, options: GatewayOptions) -> str:
        self.gateway = Gateway(options)
        return self.gateway.open()

    def run(self, work):  # type: ignore[no-untyped-def]
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def close(self) -> None:
        self.run(self.gateway.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def ask(self, user: str, words: str = "Hello?", cancel: threading.Event | None = None) -> ModelReply:
        model = OpenAICompatModel(self.info, api_key=key_for(user, secret=SECRET))
        request = ModelRequest(messages=(Message(role="user", content=words),), max_tokens=50)
        try:
            return model.ask(request, on_delta=lambda _: True, cancel=cancel or threading.Event())
        finally:
            model.close()


def until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        threading.Event().wait(0.005)


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def school(server: FakeServer, rules: Rules) -> Iterator[Class]:
    server.on(CHAT, stream(delta(content="Hello."), finish(**USAGE)))
    school = Class(server, rules)
    school.info = server.info(base_url=school.base_url)  # type: ignore[attr-defined]
    yield school
    school.close()


def test_a_student_gets_the_servers_answer_and_its_facts(server: FakeServer, school: Class) -> None:
    rows = {"data": [{"id": "tiny", "owned_by": "llamacpp", "meta": {"n_ctx": 4096}}]}
    server.on("/v1/models", answer(rows))
    server.on("/props", answer({"default_generation_settings": {"n_ctx": 2048}}))
    server.on("/tokenize", answer({"tokens": [1, 2, 3]}))
    model = discover(ModelSettings(base_url=school.base_url, api_key=key_for("ada", secret=SECRET)))
    assert (model.info.server, model.info.context_window, model.count(("one two",))) == (
        "llama.cpp",
        2048,
        (3,),
    )
    assert school.ask("ada").text == "Hello."
    until(lambda: bool(school.answered))
    told = school.answered[0]
    assert (told.user, told.tokens, told.status) == ("ada", 100, 200)
    assert {one.headers["authorization"] for one in server.received} == {"Bearer the server's own"}


def test_without_a_key_of_this_class_nothing_is_told(server: FakeServer, school: Class) -> None:
    server.on("/v1/models", answer({"data": []}))
    forged = key_for("ada", secret="another secret, as long as that")
    assert ask_json(f"{school.base_url}/models", timeout=5).status == 401
    assert ask_json(f"{school.base_url}/models", timeout=5, api_key=forged).status == 401
    with pytest.raises(AccessDenied, match="not one of this class"):
        discover(ModelSettings(base_url=school.base_url, api_key=forged))
    assert server.received == []


def test_what_is_not_for_students_is_not_there(server: FakeServer, school: Class) -> None:
    for path in ("/slots", "/metrics", "/v1/completions", "/models/load"):
        url = school.base_url.removesuffix("/v1") + path
        assert ask_json(url, {}, timeout=5, api_key=key_for("ada", secret=SECRET)).status == 404
    assert server.received == []


def test_the_work_of_one_question_is_bounded(server: FakeServer, school: Class) -> None:
    server.on(CHAT, answer({"choices": [], **USAGE}))
    key = key_for("ada", secret=SECRET)
    body = {"messages": [], "max_tokens": 9_000, "n": 20, "n_predict": -1, "id_slot": 0, "temperature": 0.5}
    assert ask_json(f"{school.base_url}/chat/completions", body, timeout=5, api_key=key).is_ok
    assert server.asked(CHAT)[0].body == {"messages": [], "max_tokens": 100, "temperature": 0.5}


@pytest.mark.parametrize("rules", [Rules(requests=1)])
def test_too_much_is_refused_in_plain_words_with_when_to_come_back(school: Class) -> None:
    school.ask("ada")
    with pytest.raises(RateLimited, match="may ask 1 questions a minute") as caught:
        school.ask("ada")
    assert caught.value.retry_after is not None
    assert 20 < caught.value.retry_after <= 60
    assert school.ask("bob").text == "Hello."


def test_one_after_the_other_and_nobody_twice_while_another_waits(server: FakeServer, school: Class) -> None:
    busy, gate, first = [], threading.Event(), threading.Event()
    order: list[str] = []

    def step(handler: Handler) -> None:
        busy.append(1)
        assert len(busy) == 1
        order.append(server.received[-1].body["messages"][0]["content"])
        first.set()
        assert gate.wait(20)
        handler.start_stream()
        handler.wfile.write(events(delta(content="Hello."), finish(**USAGE), "[DONE]"))
        busy.pop()

    server.on(CHAT, step)
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(school.ask, "greedy", "greedy")]
        assert first.wait(10)
        asked += [pool.submit(school.ask, "greedy", "greedy") for _ in range(2)]
        until(lambda: len(school.gateway._turns) == 3)
        asked += [pool.submit(school.ask, user, user) for user in ("ada", "bob")]
        until(lambda: len(school.gateway._turns) == 5)
        gate.set()
        assert [one.result(20).text for one in asked] == ["Hello."] * 5
    assert order[0] == "greedy"
    assert set(order[1:3]) == {"ada", "bob"}


def test_who_stops_frees_the_server_and_the_queue(server: FakeServer, school: Class) -> None:
    server.on(CHAT, silent, stream(delta(content="Hello."), finish(**USAGE)))
    stops = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(school.ask, "ada", "long", stops[0])
        until(lambda: bool(server.asked(CHAT)))
        waiting = pool.submit(school.ask, "bob", "never asked", stops[1])
        until(lambda: len(school.gateway._turns) == 2)
        stops[1].set()
        assert waiting.result(10).finish_reason == "cancelled"
        stops[0].set()
        assert running.result(10).finish_reason == "cancelled"
    assert server.was_left.wait(10)
    assert school.ask("cyd").text == "Hello."
    assert [request.body["messages"][0]["content"] for request in server.asked(CHAT)] == ["long", "Hello?"]
    until(lambda: len(school.answered) == 3)
    assert sorted((one.user, one.status) for one in school.answered) == [
        ("ada", 499),
        ("bob", 499),
        ("cyd", 200),
    ]


def test_who_closes_after_the_last_piece_has_not_gone_away(server: FakeServer, school: Class) -> None:
    closed = threading.Event()

    def slow_to_end(handler: Handler) -> None:
        handler.start_stream()
        handler.wfile.write(events(delta(content="Hello."), finish(**USAGE), "[DONE]"))
        assert closed.wait(20)

    server.on(CHAT, slow_to_end)
    assert school.ask("ada").text == "Hello."
    until(lambda: bool(school.answered))
    closed.set()
    assert [(one.status, one.tokens) for one in school.answered] == [(200, 100)]


def test_a_server_that_is_gone_or_breaks_off_is_told(server: FakeServer, school: Class) -> None:
    def cut(handler: Handler) -> None:
        handler.start_stream()
        handler.wfile.write(events(delta(content="Hel")))
        handler.reset()

    server.on(CHAT, cut)
    with pytest.raises(StreamBroken) as caught:
        school.ask("ada")
    assert caught.value.partial.text == "Hel"
    school.gateway.root = "http://127.0.0.1:9"
    with pytest.raises(ServerFault, match="does not answer"):
        school.ask("ada")
    until(lambda: len(school.answered) == 2)
    assert [one.status for one in school.answered] == [502, 502]


def test_keys_are_of_one_person_and_one_secret() -> None:
    key = key_for("ada.l@school", secret=SECRET)
    assert user_of(key, secret=SECRET) == "ada.l@school"
    assert user_of(key.replace("ada", "eve"), secret=SECRET) is None
    assert user_of(key, secret="other") is None
    assert (user_of("", secret=SECRET), user_of(".", secret=SECRET), user_of("ä.é", secret=SECRET)) == (
        None,
    ) * 3
    assert json.dumps(key).isascii()
