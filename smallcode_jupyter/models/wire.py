"""Requests as the JSON of the chat completions interface."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelRequest
from smallcode_jupyter.protocol.tools import Json

__all__ = ["messages_json", "request_json", "tools_json"]


def request_json(request: ModelRequest, *, model: str, has_system_role: bool) -> dict[str, Json]:
    """The body of a streaming request."""
    body: dict[str, Json] = {
        "model": model,
        "messages": messages_json(request.messages, has_system_role=has_system_role),
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request.top_p is not None:
        body["top_p"] = request.top_p
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


def messages_json(messages: Sequence[Message], *, has_system_role: bool) -> list[Json]:
    """The messages, in a shape that strict chat templates take: user and assistant by turns, system first."""
    folded = messages if has_system_role else [_without_system(message) for message in messages]
    joined: list[Message] = []
    for message in folded:
        # The templates of Gemma and Mistral answer HTTP 400 to two messages of the person in a row.
        if joined and message.role == joined[-1].role and message.role in ("system", "user"):
            joined[-1] = replace(joined[-1], content=f"{joined[-1].content}\n\n{message.content}")
        else:
            joined.append(message)
    return [_message_json(message) for message in joined]


def _without_system(message: Message) -> Message:
    return replace(message, role="user") if message.role == "system" else message


def _message_json(message: Message) -> dict[str, Json]:
    value: dict[str, Json] = {"role": message.role, "content": message.content}
    if message.calls:
        value["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))},
            }
            for call in message.calls
        ]
    if message.call_id is not None:
        value["tool_call_id"] = message.call_id
    return value
