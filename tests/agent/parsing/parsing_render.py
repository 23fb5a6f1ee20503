"""The same calls written in each dialect, the way that its models write them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from smallcode_jupyter.protocol.tools import Json, ToolCall

__all__ = ["RENDERINGS"]


def _object(call: ToolCall, key: str = "arguments") -> str:
    return json.dumps({"name": call.name, key: dict(call.arguments)}, ensure_ascii=False)


def _arguments(call: ToolCall) -> str:
    return json.dumps(dict(call.arguments), ensure_ascii=False)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _python(call: ToolCall) -> str:
    return f"{call.name}({', '.join(f'{key}={value!r}' for key, value in call.arguments.items())})"


def _gemma(value: Json) -> str:
    if isinstance(value, str):
        return f'<|"|>{value}<|"|>'
    if isinstance(value, list):
        return f"[{','.join(map(_gemma, value))}]"
    return json.dumps(value)


def _each(render: Callable[[ToolCall], str], between: str = "\n") -> Callable[[Sequence[ToolCall]], str]:
    return lambda calls: between.join(render(call) for call in calls)


def _qwen(call: ToolCall) -> str:
    inner = "".join(
        f"<parameter={key}>\n{_text(value)}\n</parameter>\n" for key, value in call.arguments.items()
    )
    return f"<tool_call>\n<function={call.name}>\n{inner}</function>\n</tool_call>"


def _glm(call: ToolCall) -> str:
    pairs = "".join(
        f"<arg_key>{key}</arg_key>\n<arg_value>\n{_text(value)}\n</arg_value>\n"
        for key, value in call.arguments.items()
    )
    return f"<tool_call>{call.name}\n{pairs}</tool_call>"


def _invoke(call: ToolCall) -> str:
    inner = "".join(
        f'<parameter name="{key}">\n{_text(value)}\n</parameter>\n' for key, value in call.arguments.items()
    )
    return f'<invoke name="{call.name}">\n{inner}</invoke>'


def _marked(call: ToolCall) -> str:
    inner = "".join(f"BEGIN_ARG: {key}\n{_text(value)}\nEND_ARG\n" for key, value in call.arguments.items())
    return f"```tool\nTOOL_NAME: {call.name}\n{inner}```"


def _gemma_call(call: ToolCall) -> str:
    inner = ",".join(f"{key}:{_gemma(value)}" for key, value in call.arguments.items())
    return f"<|tool_call>call:{call.name}{{{inner}}}<tool_call|>"


def _deepseek(call: ToolCall) -> str:
    body = f"function<｜tool▁sep｜>{call.name}\n```json\n{_arguments(call)}\n```"
    return f"<｜tool▁call▁begin｜>{body}<｜tool▁call▁end｜>"


RENDERINGS: dict[str, Callable[[Sequence[ToolCall]], str]] = {
    "hermes": _each(lambda call: f"<tool_call>\n{_object(call)}\n</tool_call>"),
    "qwen-xml": _each(_qwen),
    "glm": _each(_glm),
    "xml": _each(_invoke),
    "mistral": _each(lambda call: f"[TOOL_CALLS]{call.name}[ARGS]{_arguments(call)}", ""),
    "llama": _each(lambda call: f"<function={call.name}>{_arguments(call)}</function>"),
    "liquid": lambda calls: f"<|tool_call_start|>[{', '.join(map(_python, calls))}]<|tool_call_end|>",
    "gemma": _each(_gemma_call, ""),
    "deepseek": lambda calls: "".join(map(_deepseek, calls)).join(
        ("<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>")
    ),
    "harmony": _each(
        lambda call: (
            f"<|channel|>commentary to=functions.{call.name} <|constrain|>json<|message|>{_arguments(call)}<|call|>"
        )
    ),
    "marked-arguments": _each(_marked),
    "tool-fence": lambda calls: f"```tool_code\n{chr(10).join(map(_python, calls))}\n```",
    "labelled": _each(lambda call: f"Action: {call.name}\nAction Input: {_arguments(call)}"),
    "python-call": _each(_python),
    "json": _each(_object),
}
"""By the name of the dialect that reads it."""
