"""The client against a server that behaves."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from models_fake_server import CHAT, FakeServer, answer, delta, finish, stream

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.port import Delta
from smallcode_jupyter.models.profiles import profile_for
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest, NativeCall
from smallcode_jupyter.protocol.tools import Parameter, ToolCall, ToolSpec

HI = stream(delta(role="assistant", content=None), delta(content="Hel"), delta(content="lo"), finish())


def ask(model: OpenAICompatModel, request: ModelRequest) -> ModelReply:
    return model.ask(request, on_delta=lambda _: True, cancel=threading.Event())


def test_answer_streams_piece_by_piece(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, HI)
    heard: list[Delta] = []

    def listen(piece: Delta) -> bool:
        heard.append(piece)
        return True

    reply = model.ask(question, on_delta=listen, cancel=threading.Event())

    assert heard == [Delta(text="Hel"), Delta(text="lo")]
    assert (reply.text, reply.finish_reason) == ("Hello", "stop")


def test_request_has_the_sampler_and_the_messages(server: FakeServer, model: OpenAICompatModel) -> None:
    server.on(CHAT, HI)
    ask(
        model,
        ModelRequest(
            messages=(Message(role="system", content="Be brief."), Message(role="user", content="Hi")),
            temperature=0.5,
            top_p=0.9,
            max_tokens=7,
            stop=("END",),
            seed=3,
        ),
    )

    assert server.asked(CHAT)[0].body == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "temperature": 0.5,
        "top_p": 0.9,
        "max_tokens": 7,
        "stop": ["END"],
        "seed": 3,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def test_system_words_go_to_the_person_where_there_is_no_system_role(server: FakeServer) -> None:
    server.on(CHAT, HI)
    model = OpenAICompatModel(server.info(name="gemma-2-2b", profile=profile_for("gemma-2-2b")))
    ask(
        model,
        ModelRequest(
            messages=(
                Message(role="system", content="Be brief."),
                Message(role="user", content="Hi"),
                Message(role="assistant", content="Hello"),
                Message(role="user", content="Go on"),
            )
        ),
    )

    assert server.asked(CHAT)[0].body["messages"] == [
        {"role": "user", "content": "Be brief.\n\nHi"},
        {"role": "assistant", "content": "Hello"},
        {"role": "user", "content": "Go on"},
    ]


def test_native_tools_and_earlier_calls_are_sent(server: FakeServer, model: OpenAICompatModel) -> None:
    server.on(CHAT, HI)
    tool = ToolSpec(
        name="read_file",
        category="read",
        description="Read.",
        parameters=(Parameter(name="path", kind="string", description="Which"),),
    )
    call = ToolCall(id="call_1", name="read_file", arguments={"path": "a.py"})
    ask(
        model,
        ModelRequest(
            messages=(
                Message(role="user", content="Read a.py"),
                Message(role="assistant", content="", calls=(call,)),
                Message(role="tool", content="x = 1", call_id="call_1"),
            ),
            tools=(tool,),
        ),
    )

    body = server.asked(CHAT)[0].body
    assert body["tools"] == [tool.schema()]
    assert body["messages"][1:] == [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [
                {
                    "id": "0000call1",
                    "type": "function",
                    "function": {"name": "read_file", "arguments": '{"path": "a.py"}'},
                }
            ],
        },
        {"role": "tool", "content": "x = 1", "tool_call_id": "0000call1"},
    ]


def call_piece(index: int, arguments: str, **more: str) -> dict[str, object]:
    name = {"name": more["name"]} if "name" in more else {}
    head = {"id": more["id"]} if "id" in more else {}
    return {"index": index, **head, "function": {**name, "arguments": arguments}}


def test_fragments_of_native_calls_are_joined(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(
        CHAT,
        stream(
            delta(tool_calls=[call_piece(0, "", id="a", name="read_file")]),
            delta(tool_calls=[call_piece(0, '{"path"')]),
            delta(tool_calls=[call_piece(1, "{}", id="b", name="outline")]),
            delta(tool_calls=[call_piece(0, ': "x"}')]),
            finish("tool_calls"),
        ),
    )
    reply = ask(model, question)

    assert reply.finish_reason == "tool_calls"
    assert reply.native_calls == (
        NativeCall(id="a", name="read_file", arguments='{"path": "x"}'),
        NativeCall(id="b", name="outline", arguments="{}"),
    )


def test_calls_that_share_an_index_but_not_an_id_are_two(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(
        CHAT,
        stream(
            delta(tool_calls=[call_piece(0, '{"path": "x"}', id="a", name="read_file")]),
            delta(tool_calls=[call_piece(0, '{"path": "y"}', id="b", name="read_file")]),
            finish("tool_calls"),
        ),
    )

    assert [call.arguments for call in ask(model, question).native_calls] == [
        '{"path": "x"}',
        '{"path": "y"}',
    ]


def test_reasoning_is_kept_apart(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, stream(delta(reasoning_content="Hm."), delta(content="Yes"), finish()))
    heard: list[Delta] = []
    reply = model.ask(question, on_delta=lambda piece: heard.append(piece) or True, cancel=threading.Event())

    assert (reply.reasoning, reply.text) == ("Hm.", "Yes")
    assert heard == [Delta(text="Hm.", is_reasoning=True), Delta(text="Yes")]


COUNTS = {"prompt_tokens": 30, "completion_tokens": 2}


@pytest.mark.parametrize(
    "counts",
    [
        {"usage": {**COUNTS, "prompt_tokens_details": {"cached_tokens": 20}}},
        {"usage": COUNTS, "timings": {"cache_n": 20}},
        {"timings": {"cache_n": 20, "prompt_n": 10, "predicted_n": 2}},
    ],
    ids=["openai", "both", "llama.cpp"],
)
def test_counts_of_the_server_are_reported(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest, counts: dict[str, object]
) -> None:
    server.on(CHAT, stream(delta(content="Hi"), finish(), {"choices": [], **counts}))
    usage = ask(model, question).usage

    assert (usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens) == (30, 2, 20)
    assert not usage.is_estimated
    assert 0 < usage.first_token_seconds <= usage.seconds


def test_missing_counts_are_estimated_and_said_to_be(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, HI)
    usage = ask(model, question).usage

    assert usage.is_estimated
    assert usage.prompt_tokens > 0 < usage.completion_tokens


def test_llama_servers_are_asked_to_keep_the_prompt(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, HI)
    ask(OpenAICompatModel(server.info(server="llama.cpp")), question)

    assert server.asked(CHAT)[0].body["cache_prompt"] is True


def test_server_tokenizer_is_asked_once_for_a_text(server: FakeServer) -> None:
    server.on("/tokenize", answer({"tokens": [1, 2, 3]}))
    model = OpenAICompatModel(server.info(server="llama.cpp"))

    assert model.count(("a b", "a b", "")) == (3, 3, 0)
    assert [one.body for one in server.asked("/tokenize")] == [{"content": "a b"}]


def test_whole_prompt_is_counted_with_the_template(server: FakeServer, question: ModelRequest) -> None:
    server.on("/apply-template", answer({"prompt": "<user>Say hi."}))
    server.on("/tokenize", answer({"tokens": list(range(9))}))
    model = OpenAICompatModel(server.info(server="llama.cpp"))

    assert model.count_request(question) == 9
    assert server.asked("/tokenize")[0].body["content"] == "<user>Say hi."


def test_vllm_counts_messages_itself(server: FakeServer, question: ModelRequest) -> None:
    server.on("/tokenize", answer({"count": 11, "max_model_len": 4096, "tokens": []}))
    model = OpenAICompatModel(server.info(server="vllm"))

    assert model.count_request(question) == 11
    assert server.asked("/tokenize")[0].body["messages"] == [{"role": "user", "content": "Say hi."}]


def test_without_a_tokenizer_counts_are_cautious(server: FakeServer, question: ModelRequest) -> None:
    model = OpenAICompatModel(server.info(server="llama.cpp"))  # this one answers 404

    assert model.count(("def f(x): return x + 1",))[0] >= 9
    assert model.count_request(question) >= 31  # Qwen's template makes it 32 with its own system prompt


def test_window_is_learned_with_the_first_answer(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, HI)
    model = OpenAICompatModel(server.info(is_window_known=False), find_window=lambda: 2048)
    ask(model, question)

    assert (model.info.context_window, model.info.is_window_known) == (2048, True)


def test_secrets_of_the_environment_stay_here(
    server: FakeServer, question: ModelRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "secret-of-another-program")
    server.on(CHAT, HI)
    ask(OpenAICompatModel(server.info(), api_key="mine"), question)

    headers = server.asked(CHAT)[0].headers
    assert "secret-of-another-program" not in str(headers)
    assert headers["authorization"] == "Bearer mine"


def test_proxies_of_the_environment_are_not_used(
    server: FakeServer, question: ModelRequest, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port}")
    server.on(CHAT, HI)
    server.on("/tokenize", answer({"tokens": [1]}))
    model = OpenAICompatModel(server.info(server="llama.cpp"))

    assert ask(model, question).text == "Hello"
    assert model.count(("one two three",)) == (1,)


def test_warming_loads_the_client_and_asks_nothing(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, HI)
    model = OpenAICompatModel(server.info())
    model.warm()
    assert ask(model, question).text == "Hello"
    assert len(server.received) == 1


def test_importing_the_package_loads_no_client() -> None:
    code = (
        "import sys, smallcode_jupyter.models.openai_compat, smallcode_jupyter.models.discovery\n"
        "print([n for n in ('openai', 'pydantic', 'httpx', 'httpx2', 'xllamacpp') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_closing_twice_is_fine_and_the_model_opens_again(
    server: FakeServer, model: OpenAICompatModel, question: ModelRequest
) -> None:
    server.on(CHAT, HI)
    ask(model, question)
    model.close()
    model.close()
    assert ask(model, question).text == "Hello"
