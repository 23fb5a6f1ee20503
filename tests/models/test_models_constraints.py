"""Constrained answers: what each kind of server is told, and what happens where one refuses."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from models_fake_server import CHAT, FakeServer, answer, delta, finish, stream

from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.protocol.errors import ContextOverflow, RequestRefused
from smallcode_jupyter.protocol.model import Constraint, JsonSchema, ModelRequest, OneOf
from smallcode_jupyter.protocol.tools import Json, ToolSpec

WORDS = OneOf(choices=("read", 'say "no"'))
SCHEMA = JsonSchema(schema={"type": "object", "properties": {"n": {"type": "integer"}}})
READ = stream(delta(content="read"), finish())


def by_schema(schema: dict[str, Json]) -> dict[str, Json]:
    wrapped: Json = {"name": "answer", "strict": True, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": wrapped}}


def ask(model: OpenAICompatModel, question: ModelRequest, constraint: Constraint) -> str:
    request = replace(question, constraint=constraint)
    return model.ask(request, on_delta=lambda _: True, cancel=threading.Event()).text


@pytest.mark.parametrize(
    ("kind", "constraint", "fields"),
    [
        ("llama.cpp", WORDS, {"grammar": 'root ::= "read" | "say \\"no\\""'}),
        ("embedded", WORDS, {"grammar": 'root ::= "read" | "say \\"no\\""'}),
        ("llama.cpp", SCHEMA, by_schema({"type": "object", "properties": {"n": {"type": "integer"}}})),
        ("vllm", WORDS, by_schema({"type": "string", "enum": ["read", 'say "no"']})),
        ("ollama", WORDS, by_schema({"type": "string", "enum": ["read", 'say "no"']})),
        ("lmstudio", SCHEMA, by_schema({"type": "object", "properties": {"n": {"type": "integer"}}})),
        ("openai-compatible", WORDS, {}),
    ],
)
def test_each_kind_of_server_is_told_in_its_own_way(
    server: FakeServer, question: ModelRequest, kind: str, constraint: Constraint, fields: dict[str, Json]
) -> None:
    server.on(CHAT, READ)
    assert ask(OpenAICompatModel(server.info(server=kind)), question, constraint) == "read"
    body = server.asked(CHAT)[0].body
    assert {name: body[name] for name in ("grammar", "response_format") if name in body} == fields


def test_without_a_constraint_nothing_is_sent(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, READ)
    model = OpenAICompatModel(server.info(server="llama.cpp"))
    model.ask(question, on_delta=lambda _: True, cancel=threading.Event())
    assert not {"grammar", "response_format"} & server.asked(CHAT)[0].body.keys()


def test_a_constraint_is_not_sent_beside_tools(server: FakeServer, question: ModelRequest) -> None:
    server.on(CHAT, READ)
    tool = ToolSpec(name="look", category="read", description="Look.")
    ask(OpenAICompatModel(server.info(server="llama.cpp")), replace(question, tools=(tool,)), WORDS)
    assert "grammar" not in server.asked(CHAT)[0].body


def test_a_server_that_refuses_a_constraint_is_asked_without_it_from_then_on(
    server: FakeServer, question: ModelRequest
) -> None:
    refusal = answer({"error": {"message": "unknown field response_format"}}, status=400)
    server.on(CHAT, refusal, READ)
    model = OpenAICompatModel(server.info(server="ollama"))

    assert [ask(model, question, WORDS), ask(model, question, WORDS)] == ["read", "read"]
    assert ["response_format" in one.body for one in server.asked(CHAT)] == [True, False, False]


def test_other_refusals_are_not_blamed_on_the_constraint(server: FakeServer, question: ModelRequest) -> None:
    overflow = {"error": {"message": "the request exceeds the available context size", "code": 400}}
    server.on(CHAT, answer(overflow, status=400))
    with pytest.raises(ContextOverflow):
        ask(OpenAICompatModel(server.info(server="llama.cpp")), question, WORDS)
    assert len(server.asked(CHAT)) == 1


def test_a_request_that_is_wrong_anyway_is_refused_after_one_more_try(
    server: FakeServer, question: ModelRequest
) -> None:
    server.on(CHAT, answer({"error": {"message": "bad messages"}}, status=400))
    with pytest.raises(RequestRefused):
        ask(OpenAICompatModel(server.info(server="llama.cpp")), question, WORDS)
    assert len(server.asked(CHAT)) == 2
