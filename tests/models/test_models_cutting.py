"""Servers that cut prompts silently, as Ollama does: noticed, told, and planned for from then on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models_fake_server import CHAT, FakeServer, Handler, Step, delta, finish, stream

from smallcode_jupyter.models.cutting import CutWatch, least_tokens
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.scripted import split_words
from smallcode_jupyter.protocol.events import ContextReplanned, Envelope, Notice, TurnStarted
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import CutPrompt, ModelReply, ModelRequest, Usage
from smallcode_jupyter.session.session import Session

LINE = "def total(order_line, rate): return order_line.amount * rate  # as agreed"


def prompt(lines: int, *more: str) -> ModelRequest:
    texts = [f"{LINE}\n" * lines, *more]
    roles = ("user", "assistant")
    messages = tuple(
        Message(role=roles[number % 2], content=text)  # type: ignore[arg-type]  # one of its words
        for number, text in enumerate(texts)
    )
    return ModelRequest(messages=messages, max_tokens=64)


def tokens(text: str) -> int:
    return len(split_words(text))


def keeps_the_end(window: int) -> Callable[[list[str]], int]:
    """Tokens of a prompt that the server reads: as many of the last as its window holds."""
    return lambda texts: min(window, sum(map(tokens, texts)))


def drops_messages(window: int) -> Callable[[list[str]], int]:
    """The last messages that fit whole, at least one of them."""

    def read(texts: list[str]) -> int:
        kept = 0
        for text in reversed(texts):
            if kept and kept + tokens(text) > window:
                break
            kept += tokens(text)
        return min(kept, window)

    return read


def server_that(read: Callable[[list[str]], int]) -> Step:
    def step(handler: Handler) -> None:
        messages = handler.server.fake.received[-1].body["messages"]
        usage = {"prompt_tokens": read([message["content"] for message in messages]), "completion_tokens": 2}
        stream(delta(content="It adds up."), finish(), {"choices": [], "usage": usage})(handler)

    return step


def ask(model: OpenAICompatModel, request: ModelRequest) -> ModelReply:
    return model.ask(request, on_delta=lambda _: True, cancel=threading.Event())


def opened(server: FakeServer, kind: str = "ollama", window: int = 8_192) -> OpenAICompatModel:
    return OpenAICompatModel(server.info(server=kind, context_window=window))


def test_a_prompt_cut_to_the_window_is_noticed_and_the_window_known(server: FakeServer) -> None:
    server.on(CHAT, server_that(keeps_the_end(2_048)))
    model = opened(server)
    cut = ask(model, prompt(400)).cut
    assert cut is not None
    assert (cut.window, model.info.context_window) == (2_048, 2_048)
    assert cut.problem.what == "The server read only 2,048 tokens of the prompt, and did not say so."
    assert "about 2,048 tokens, not 8,192" in cut.problem.why
    assert "num_ctx" in cut.problem.hint


def test_a_prompt_that_grew_and_was_read_no_further_is_noticed(server: FakeServer) -> None:
    server.on(CHAT, server_that(keeps_the_end(4_096)))
    model = opened(server)
    assert ask(model, prompt(190)).cut is None
    cut = ask(model, prompt(190, "It adds up.", f"{LINE}\n" * 60)).cut
    assert cut is not None
    assert cut.window == 4_096


@pytest.mark.parametrize("window", [2_048, 4_096])
def test_dropped_messages_are_noticed(server: FakeServer, window: int) -> None:
    server.on(CHAT, server_that(drops_messages(window)))
    model = opened(server)
    lines = window // 24
    assert ask(model, prompt(lines)).cut is None
    cut = ask(model, prompt(lines, "It adds up.", f"{LINE}\n" * (lines // 2))).cut
    assert cut is not None
    assert 2_048 <= cut.window <= window


def test_a_window_that_is_no_usual_one_is_found_in_two_steps(server: FakeServer) -> None:
    server.on(CHAT, server_that(keeps_the_end(2_500)))
    model = opened(server)
    windows = []
    for lines in (400, 390):
        cut = ask(model, prompt(lines)).cut
        assert cut is not None
        windows.append(cut.window)
    assert windows == [3_072, 2_500]


def test_other_servers_get_a_hint_of_their_own(server: FakeServer) -> None:
    server.on(CHAT, server_that(keeps_the_end(2_048)))
    hints = []
    for kind in ("lmstudio", "openai-compatible"):
        cut = ask(opened(server, kind), prompt(400)).cut
        assert cut is not None
        hints.append(cut.problem.hint)
    assert hints == [
        "Load the model in LM Studio with a larger context length.",
        "Start the server with a larger context.",
    ]


def test_a_server_that_reads_everything_is_never_blamed(server: FakeServer) -> None:
    server.on(CHAT, server_that(keeps_the_end(100_000)))
    model = opened(server)
    turns: list[str] = []
    for _ in range(12):
        assert ask(model, prompt(100, *turns)).cut is None
        turns += ["It adds up.", f"{LINE}\n" * 20]
    assert ask(model, prompt(3)).cut is None
    assert model.info.context_window == 8_192


def test_a_server_that_counts_only_what_was_not_cached_is_not_blamed(server: FakeServer) -> None:
    before: list[str] = []

    def uncached(texts: list[str]) -> int:
        new = [text for text in texts if text not in before]
        before[:] = texts
        return sum(map(tokens, new))

    server.on(CHAT, server_that(uncached))
    model = opened(server)
    turns: list[str] = []
    for _ in range(12):
        assert ask(model, prompt(40, *turns)).cut is None
        turns += ["It adds up.", f"{LINE}\n" * 30]


def test_a_reply_without_counts_says_nothing(server: FakeServer) -> None:
    server.on(CHAT, stream(delta(content="Hi"), finish()))
    assert ask(opened(server), prompt(400)).cut is None


@given(st.text(max_size=400), st.integers(1, 2_000_000))
def test_what_was_read_whole_is_never_called_cut(text: str, window: int) -> None:
    watch = CutWatch(hint="")
    request = ModelRequest(messages=(Message(role="user", content=text * 20),))
    read = max(1, least_tokens(request.messages))
    assert watch.judge(request, Usage(prompt_tokens=read), window=window) is None


def test_a_cut_is_never_larger_than_what_was_believed() -> None:
    watch = CutWatch(hint="")
    assert watch.judge(prompt(400), Usage(prompt_tokens=2_900), window=2_048) is None
    cut = watch.judge(prompt(400), Usage(prompt_tokens=2_900), window=3_072)
    assert isinstance(cut, CutPrompt)
    assert cut.window == 2_900


def test_a_run_says_so_and_asks_again_with_what_fits(server: FakeServer, tmp_path: Path) -> None:
    root = tmp_path / "work"
    root.mkdir()
    (root / "orders.py").write_text(f"{LINE}\n" * 380)
    server.on(CHAT, server_that(keeps_the_end(2_048)))
    model = opened(server, window=16_384)
    session = Session(root=root, model=model, state=tmp_path / "state")
    seen: list[Envelope] = []
    result = session.run("What does total in orders.py do?", surface="files", on_event=seen.append)
    session.close()

    assert result.finished.answer == "It adds up."
    notices = [one.event for one in seen if isinstance(one.event, Notice)]
    assert [notice.problem.code for notice in notices] == ["cut_prompt"]
    plans = [one.event.plan for one in seen if isinstance(one.event, TurnStarted | ContextReplanned)]
    assert [plan.window for plan in plans] == [16_384, 2_048]
    sent = [sum(tokens(m["content"]) for m in one.body["messages"]) for one in server.asked(CHAT)]
    assert sent[0] > 2_048 >= sent[1]
    assert plans[-1].prompt_tokens + plans[-1].answer_tokens <= 2_048
