"""What the parser makes of one raw answer, without a run: for looking at it from outside."""

from __future__ import annotations

import json
from dataclasses import replace

from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.models.chunks import NotAChunk, ReplyBuilder
from smallcode_jupyter.models.json_http import as_list, as_object, as_text
from smallcode_jupyter.protocol.model import ModelReply, NativeCall
from smallcode_jupyter.protocol.tools import Json
from smallcode_jupyter.tools.registry import TOOLS

__all__ = ["ParseReport", "explain_reply", "reply_of"]

ParseReport = Parsed
"""What an answer says: calls, words, mends and problems, as an event of a run tells them."""

_STREAM = "data:"
_MOST_TOKENS = 1_000_000


def explain_reply(raw: str, *, expected: str, is_cut: bool) -> ParseReport:
    """What the answer says, with the tools that a run offers.

    `raw` is the text of an answer, or what a server sent: a chat completion or its stream. `expected` is what was
    asked for: `answer` (code in it is no edit), `files`, or the path of the one file or cell in question.
    """
    expectation = Expectation(
        default_path=None if expected in ("answer", "files") else expected,
        accepts_blocks=expected != "answer",
        accepts_intent=expected == "answer",
    )
    reply = reply_of(raw)
    if is_cut:
        reply = replace(reply, finish_reason="length")
    return parse_reply(reply, specs=TOOLS, expectation=expectation)


def reply_of(raw: str) -> ModelReply:
    """The reply in this text: a stream of chunks, a chat completion, or else the text itself."""
    if raw.lstrip().startswith(_STREAM):
        return _streamed(raw) or ModelReply(text=raw)
    if raw.lstrip().startswith("{"):
        return _completed(raw) or ModelReply(text=raw)
    return ModelReply(text=raw)


def _streamed(raw: str) -> ModelReply | None:
    """The reply of a stream as servers send it, one `data:` a line; None if it is none."""
    builder = ReplyBuilder(max_tokens=_MOST_TOKENS)
    for line in raw.splitlines():
        data = line.strip().removeprefix(_STREAM).strip()
        if not data or data == "[DONE]" or data.startswith(":"):
            continue
        try:
            builder.add(json.loads(data))
        except (ValueError, NotAChunk):
            return None
    return builder.reply(finish_reason=builder.finish_reason or "stop", estimated_prompt=0, estimate=0)


def _completed(raw: str) -> ModelReply | None:
    """The reply of a chat completion that was not streamed; None if it is none."""
    try:
        body: Json = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    choices = as_list(as_object(body).get("choices"))
    if not choices:
        return None
    choice = as_object(choices[0])
    message = as_object(choice.get("message"))
    calls = [as_object(call) for call in as_list(message.get("tool_calls"))]
    functions = [as_object(call.get("function")) for call in calls]
    return ModelReply(
        text=as_text(message.get("content")),
        reasoning=as_text(message.get("reasoning_content")) or as_text(message.get("reasoning")),
        native_calls=tuple(
            NativeCall(
                id=as_text(call.get("id")) or f"native_{number}",
                name=as_text(function.get("name")),
                arguments=_arguments(function.get("arguments")),
            )
            for number, (call, function) in enumerate(zip(calls, functions, strict=True), start=1)
        ),
        finish_reason="length" if choice.get("finish_reason") == "length" else "stop",
    )


def _arguments(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value) if value is not None else ""
