"""What a server can and cannot do, found out by asking it a dozen short questions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from smallcode_jupyter.models.json_http import Answer, as_int, as_list, as_object, as_text, ask_json
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.servers import ServerFacts
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply, ModelRequest
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Finding", "Verdict", "examine"]

Verdict = Literal["yes", "no", "handled", "unknown"]
"""`handled`: the server does not, and SmallCode asks it in another way. `unknown`: it did not come to the question."""

_SECONDS = 60.0
_FEW, _SOME = 8, 48
"""Tokens of an answer."""
_NO_SUCH_MODEL = "smallcode-no-such-model"
_TOOL: dict[str, Json] = {
    "type": "function",
    "function": {
        "name": "add",
        "description": "Add two numbers.",
        "parameters": {
            "type": "object",
            "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
            "required": ["a", "b"],
        },
    },
}
_CALL: dict[str, Json] = {
    "role": "assistant",
    "content": "",
    "tool_calls": [
        {"id": "call00001", "type": "function", "function": {"name": "add", "arguments": '{"a": 2, "b": 3}'}}
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing about a server."""

    about: str
    verdict: Verdict
    said: str = ""
    """What was seen, and what follows for the person; empty where there is nothing to add."""


@dataclass(slots=True, kw_only=True)
class _Server:
    facts: ServerFacts
    model: OpenAICompatModel
    api_key: str | None
    reply: ModelReply | None = None
    """To the first question, streamed."""
    reasoned: bool = False
    plain: dict[str, Json] = field(default_factory=dict)
    """The answer to the first question that was not streamed."""

    def post(self, messages: list[Json], **more: Json) -> Answer:
        """A whole answer, not streamed. Raises OSError where there is none."""
        body: dict[str, Json] = {
            "model": self.model.info.name,
            "messages": messages,
            "max_tokens": _FEW,
            "temperature": 0.0,
            **more,
        }
        url = f"{self.model.info.base_url}/chat/completions"
        return ask_json(url, body, timeout=_SECONDS, api_key=self.api_key)


def examine(facts: ServerFacts, model: OpenAICompatModel, *, api_key: str | None = None) -> Iterator[Finding]:
    """Ask, one question after another; each finding comes when it is known. Raises ModelError if nothing is answered.

    About 15 questions with answers of at most 48 tokens. `model` is opened on the server that `facts` are of.
    """
    server = _Server(facts=facts, model=model, api_key=api_key)
    yield _streams(server)
    yield _window(server)
    for look in _LOOKS:
        try:
            yield look(server)
        except OSError as error:
            yield Finding(about=_ABOUT[look], verdict="unknown", said=f"No answer: {error}.")


def _streams(server: _Server) -> Finding:
    """The first question, as every run asks it."""
    request = ModelRequest(messages=(_user("Say hello in one short sentence."),), max_tokens=_SOME)
    deltas: list[bool] = []

    def on_delta(delta: object) -> bool:
        deltas.append(bool(getattr(delta, "is_reasoning", False)))
        return True

    server.reply = server.model.ask(request, on_delta=on_delta, cancel=threading.Event())
    server.reasoned = any(deltas)
    pieces = f"{len(deltas)} pieces, {server.reply.usage.seconds:.1f} s"
    if learned := server.model.quirks:
        return Finding(
            about="streamed answers", verdict="handled", said=f"{pieces}; asked with: {', '.join(learned)}."
        )
    return Finding(about="streamed answers", verdict="yes" if len(deltas) > 1 else "no", said=pieces)


def _window(server: _Server) -> Finding:
    info = server.model.info
    if info.is_window_known:
        return Finding(
            about="tells its context window", verdict="yes", said=f"{info.context_window:,} tokens"
        )
    said = f"{info.context_window:,} tokens are assumed; a longer prompt may be cut silently. Set context_window."
    return Finding(about="tells its context window", verdict="no", said=said)


def _counts(server: _Server) -> Finding:
    usage = server.reply.usage if server.reply else None
    if usage is not None and not usage.is_estimated:
        cached = f", {usage.cached_tokens} from its cache" if usage.cached_tokens else ""
        return _yes(_counts, f"{usage.prompt_tokens} read, {usage.completion_tokens} written{cached}")
    return _handled(_counts, "Tokens are estimated, on the cautious side.")


def _tokenizes(server: _Server) -> Finding:
    if server.model.info.has_tokenizer:
        return _yes(_tokenizes, "Prompts are counted before they are sent.")
    return _handled(_tokenizes, "Tokens are estimated, and compared with what it counts afterwards.")


def _keeps_name(server: _Server) -> Finding:
    answer = server.post([_message("Say hello.")])
    server.plain = as_object(answer.body)
    said, asked = as_text(server.plain.get("model")), server.model.info.name
    if not answer.is_ok:
        return _no(_keeps_name, _refusal(answer))
    if said and said != asked and said not in asked and asked not in said:
        return _no(_keeps_name, f"Asked for {asked}, it answered as {said}.")
    return _yes(_keeps_name, f"as {said}" if said else "It does not say which.")


def _knows_models(server: _Server) -> Finding:
    answer = server.post([_message("Say hello.")], model=_NO_SUCH_MODEL, max_tokens=1)
    if answer.is_ok:
        return _no(_knows_models, "It answers to any name: look for yourself which model is loaded.")
    return _yes(_knows_models, f"HTTP {answer.status}")


def _obeys_limit(server: _Server) -> Finding:
    usage = as_object(server.plain.get("usage"))
    choice = as_object((as_list(server.plain.get("choices")) or [None])[0])
    written = as_int(usage.get("completion_tokens"))
    if written > _FEW:
        return _handled(_obeys_limit, f"{written} tokens for {_FEW}: answers are cut off here.")
    if not written and not choice:
        return Finding(about=_ABOUT[_obeys_limit], verdict="unknown")
    return _yes(_obeys_limit, f"{written} of at most {_FEW} tokens" if written else "")


def _takes_system(server: _Server) -> Finding:
    answer = server.post([_message("Answer in one word.", role="system"), _message("Say hello.")])
    return (
        _yes(_takes_system)
        if answer.is_ok
        else _handled(_takes_system, f"{_refusal(answer)} It is put first.")
    )


def _takes_any_order(server: _Server) -> Finding:
    answer = server.post([_message("Say hello."), _message("Now.")])
    if answer.is_ok:
        return _yes(_takes_any_order)
    return _handled(_takes_any_order, f"{_refusal(answer)} Messages are joined.")


def _takes_no_tools(server: _Server) -> Finding:
    answer = server.post([_message("Say hello.")], tools=[])
    if answer.is_ok:
        return _yes(_takes_no_tools)
    return _handled(_takes_no_tools, f"{_refusal(answer)} It is never sent.")


def _calls_tools(server: _Server) -> Finding:
    answer = server.post([_message("Use the tool to add 2 and 3.")], tools=[_TOOL], max_tokens=_SOME)
    if not answer.is_ok:
        return _handled(_calls_tools, f"{_refusal(answer)} Calls are written as text.")
    choice = as_object((as_list(as_object(answer.body).get("choices")) or [None])[0])
    if as_list(as_object(choice.get("message")).get("tool_calls")):
        return _yes(_calls_tools)
    return _handled(_calls_tools, "The model wrote text instead; calls in text are understood.")


def _takes_results(server: _Server) -> Finding:
    result: dict[str, Json] = {"role": "tool", "content": "5", "tool_call_id": "call00001"}
    answer = server.post([_message("Add 2 and 3."), _CALL, result], tools=[_TOOL])
    return (
        _yes(_takes_results)
        if answer.is_ok
        else _handled(_takes_results, f"{_refusal(answer)} Sent as text.")
    )


def _stops(server: _Server) -> Finding:
    answer = server.post(
        [_message("Write the numbers from 1 to 9, with blanks.")], stop=["4"], max_tokens=_SOME
    )
    if not answer.is_ok:
        return _handled(_stops, _refusal(answer))
    choice = as_object((as_list(as_object(answer.body).get("choices")) or [None])[0])
    text = as_text(as_object(choice.get("message")).get("content"))
    if "4" in text:
        return _no(_stops, "It went on after the stop word.")
    return (
        _yes(_stops)
        if "3" in text
        else Finding(about=_ABOUT[_stops], verdict="unknown", said="It did not count.")
    )


def _holds_schema(server: _Server) -> Finding:
    schema: Json = {"type": "string", "enum": ["blue"]}
    wrapped: Json = {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": schema},
    }
    answer = server.post([_message("Say hello.")], response_format=wrapped)
    choice = as_object((as_list(as_object(answer.body).get("choices")) or [None])[0])
    text = as_text(as_object(choice.get("message")).get("content")).strip()
    if answer.is_ok and text == '"blue"':
        return _yes(_holds_schema)
    return _handled(
        _holds_schema, "Answers are read with care instead." if answer.is_ok else _refusal(answer)
    )


def _shows_reasoning(server: _Server) -> Finding:
    text = server.reply.text if server.reply else ""
    if server.reasoned:
        return _yes(_shows_reasoning, "It reasons, in a field of its own.")
    tag = next((tag for tag in server.model.info.profile.reasoning_tags if f"<{tag}>" in text), "")
    if tag:
        return _handled(_shows_reasoning, f"It reasons inside the answer, in <{tag}>: that is taken out.")
    return _yes(_shows_reasoning, "It does not reason before it answers.")


_ABOUT: dict[Callable[[_Server], Finding], str] = {
    _counts: "counts tokens",
    _tokenizes: "has a tokenizer to ask",
    _keeps_name: "answers as the model that was asked",
    _knows_models: "refuses models that it has not",
    _obeys_limit: "keeps to the length allowed",
    _takes_system: "takes messages of the system",
    _takes_any_order: "takes two messages of a person in a row",
    _takes_no_tools: "takes an empty list of tools",
    _calls_tools: "calls tools",
    _takes_results: "takes results of tools",
    _stops: "stops at a stop word",
    _holds_schema: "holds an answer to a schema",
    _shows_reasoning: "keeps reasoning apart",
}
_LOOKS = tuple(_ABOUT)


def _yes(look: Callable[[_Server], Finding], said: str = "") -> Finding:
    return Finding(about=_ABOUT[look], verdict="yes", said=said)


def _no(look: Callable[[_Server], Finding], said: str) -> Finding:
    return Finding(about=_ABOUT[look], verdict="no", said=said)


def _handled(look: Callable[[_Server], Finding], said: str) -> Finding:
    return Finding(about=_ABOUT[look], verdict="handled", said=said)


def _refusal(answer: Answer) -> str:
    return f"It refuses (HTTP {answer.status})."


def _user(text: str) -> Message:
    return Message(role="user", content=text)


def _message(text: str, *, role: str = "user") -> dict[str, Json]:
    return {"role": role, "content": text}
