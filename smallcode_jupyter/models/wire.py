"""Requests as the JSON of the chat completions interface, in a shape that strict chat templates take."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelProfile, ModelRequest
from smallcode_jupyter.protocol.tools import Json, ToolCall

__all__ = ["messages_json", "request_json", "tools_json"]

_ID_LENGTH = 9


def request_json(
    request: ModelRequest, *, model: str, profile: ModelProfile, samplers: Collection[str] = ()
) -> dict[str, Json]:
    """The body of a streaming request. `samplers` are the fields of the profile that the server knows as such."""
    body: dict[str, Json] = {
        "model": model,
        "messages": messages_json(request.messages, profile=profile),
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    optional: dict[str, Json] = {"top_p": request.top_p, "top_k": profile.top_k, "min_p": profile.min_p}
    for name, value in optional.items():
        if value is not None and (name == "top_p" or name in samplers):
            body[name] = value
    if request.stop:
        body["stop"] = list(request.stop)
    if request.seed is not None:
        body["seed"] = request.seed
    if request.tools:
        body["tools"] = tools_json(request)
    return body


def tools_json(request: ModelRequest) -> list[Json]:
    """The native tools of a request."""
    return [tool.schema() for tool in request.tools]


def messages_json(messages: Sequence[Message], *, profile: ModelProfile) -> list[Json]:
    """The messages in roles that the model's template has: system first, then user and assistant by turns."""
    if not profile.has_system_role:
        messages = [
            replace(message, role="user") if message.role == "system" else message for message in messages
        ]
    if not profile.has_tool_role:
        messages = [_in_words(message) for message in messages]
    elif not profile.has_parallel_calls:
        messages = _one_call_each(messages)
    joined: list[Message] = []
    for message in messages:
        # The templates of Gemma and Mistral answer HTTP 400 to two messages of the person in a row.
        if joined and message.role == joined[-1].role and message.role in ("system", "user"):
            joined[-1] = replace(joined[-1], content=f"{joined[-1].content}\n\n{message.content}")
        else:
            joined.append(message)
    return [_message_json(message) for message in joined]


def _in_words(message: Message) -> Message:
    """A call as the text that a model without native calls writes, and its result as the person's words."""
    if message.role == "tool":
        return replace(message, role="user", content=f"Result:\n{message.content}", call_id=None)
    lines = [json.dumps({"name": call.name, "arguments": dict(call.arguments)}) for call in message.calls]
    content = "\n".join([message.content, *lines] if message.content else lines)
    return replace(message, content=content, calls=()) if lines else message


def _one_call_each(messages: Sequence[Message]) -> list[Message]:
    """Each call in a message of its own, with its result after it."""
    results = {message.call_id: message for message in messages if message.role == "tool"}
    apart: list[Message] = []
    answered: set[str] = set()
    for message in messages:
        if len(message.calls) < 2:
            apart += [message] if message.call_id not in answered else []
            continue
        for number, call in enumerate(message.calls):
            apart.append(replace(message, content="" if number else message.content, calls=(call,)))
            apart += [results[call.id]] if call.id in results else []
            answered.add(call.id)
    return apart


def _message_json(message: Message) -> dict[str, Json]:
    value: dict[str, Json] = {"role": message.role, "content": message.content}
    if message.calls:
        value["tool_calls"] = [_call_json(call) for call in message.calls]
    if message.call_id is not None:
        value["tool_call_id"] = _id(message.call_id)
    return value


def _call_json(call: ToolCall) -> dict[str, Json]:
    function: dict[str, Json] = {"name": call.name, "arguments": json.dumps(dict(call.arguments))}
    return {"id": _id(call.id), "type": "function", "function": function}


def _id(call_id: str) -> str:
    """Nine letters and digits: Mistral's templates answer HTTP 400 to any other id."""
    return re.sub(r"[^A-Za-z0-9]", "", call_id)[-_ID_LENGTH:].rjust(_ID_LENGTH, "0")
