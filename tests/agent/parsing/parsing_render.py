"""The same calls written in each dialect, the way that its models write them, and with the defects that they have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from smallcode_jupyter.protocol.tools import Json, ToolCall

__all__ = ["CALLS", "DEFECTS", "RENDERINGS", "Meant", "spoilt_replies"]

Meant = tuple[tuple[str, dict[str, Json]], ...]
"""Calls by name and arguments."""


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

FUNCTION = 'def greet(name):\n    """Say hello."""\n    print("hello", name)\n    return {"name": name}\n'
PAGE_TEXT = '<!DOCTYPE html>\n<p class="a">"Hi" &amp; bye</p>\n'
CALLS: tuple[Meant, ...] = (
    (("read_file", {"path": "src/app.py"}),),
    (("read_file", {"path": "src/app.py", "start": 10, "end": 40}),),
    (("search_text", {"query": 'name = "x"', "ignore_case": True}),),
    (("run_command", {"command": 'grep -rn "TODO" src | sort', "timeout": 30}),),
    (("write_file", {"path": "greet.py", "content": FUNCTION}),),
    (("write_file", {"path": "index.html", "content": PAGE_TEXT}),),
    (("edit_file", {"path": "src/app.py", "old": 'print("a")\n', "new": 'print("b", end="")\n'}),),
    (("update_plan", {"steps": ["read the file", 'fix "total"', "run the tests"]}),),
    (("read_file", {"path": "src/app.py"}), ("run_tests", {"path": "tests/test_app.py"})),
)


def dropped_end(text: str) -> str:
    """The last closing bracket or mark missing."""
    return re.sub(r"(?:[}\])]|</\w+>|<\|?/?\w+\|?>|END_ARG\n`*|```)\s*\Z", "", text, count=1)


STRING = r'"(?:[^"\\]|\\.)*"'
DEFECTS: dict[str, Callable[[str], str]] = {
    "none": lambda text: text,
    "words around": lambda text: f"Sure, I will do that.\n\n{text}\n\nThat should do it.",
    "a fence around": lambda text: text if "```" in text else f"```\n{text}\n```",
    "another's names": lambda text: text,
    "the end missing": dropped_end,
    "raw line breaks": lambda text: re.sub(r"(?<!\\)\\n", "\n", text),
    "unescaped quotes": lambda text: re.sub(r'(?<!\\)\\"', '"', text),
    "both of these": lambda text: DEFECTS["unescaped quotes"](DEFECTS["raw line breaks"](text)),
    "both, words around": lambda text: DEFECTS["words around"](DEFECTS["both of these"](text)),
    "both, the end missing": lambda text: dropped_end(DEFECTS["both of these"](text)),
    "single quotes": lambda text: re.sub(f"({STRING})(:)?", _single, text),
    "trailing commas": lambda text: re.sub(
        f"({STRING})|(?<![A-Z])([}}\\]])", lambda m: m[1] or f",{m[2]}", text
    ),
}
IN_JSON = ("json", "hermes", "mistral", "llama", "deepseek", "harmony", "labelled")
IN_STRINGS = (*IN_JSON, "liquid", "tool-fence", "python-call")
ONLY_IN = {
    **dict.fromkeys(("single quotes", "trailing commas", "unescaped quotes"), IN_JSON),
    **dict.fromkeys(("both of these", "both, words around", "both, the end missing"), IN_JSON),
    "raw line breaks": IN_STRINGS,
}
"""Where a defect is one: elsewhere it would change what is meant."""
NAMES = {
    **{"path": "file_path", "content": "text", "query": "pattern", "command": "cmd"},
    **{"old": "old_string", "new": "new_string", "steps": "todos"},
}
"""Other agents' names of arguments."""


def _single(found: re.Match[str]) -> str:
    """A key in single quotes; values stay as they are."""
    return f"'{found[1][1:-1]}':" if found[2] else found[1]


def spoil_less(defect: str, text: str) -> str:
    """The text with only the second of two defects; a reply in which the first changes nothing is counted once."""
    second = {"both, words around": "words around", "both, the end missing": "the end missing"}.get(defect)
    return DEFECTS[second](text) if second is not None else text


def spoilt_replies(
    more: Sequence[Meant] = (),
) -> list[tuple[str, str, str, list[tuple[str, dict[str, Json]]]]]:
    """Dialect, defect, text and what was meant, for each reply in which the defect makes a difference.

    `more`: calls to write beside `CALLS`.
    """
    made = []
    for dialect, render in RENDERINGS.items():
        for meant in (*CALLS, *more):
            text = render(as_calls(meant, {}))
            for defect, spoil in DEFECTS.items():
                if dialect not in ONLY_IN.get(defect, RENDERINGS):
                    continue
                spoilt = render(as_calls(meant, NAMES)) if defect == "another's names" else spoil(text)
                is_same = spoilt in (text, spoil_less(defect, text))
                if defect == "none" or not is_same:
                    made.append((dialect, defect, spoilt, list(meant)))
    return made


def as_calls(meant: Sequence[tuple[str, dict[str, Json]]], names: dict[str, str]) -> list[ToolCall]:
    """The calls, their arguments under these names."""
    return [
        ToolCall(
            id=f"call_{number}",
            name=name,
            arguments={names.get(key, key): arguments[key] for key in arguments},
        )
        for number, (name, arguments) in enumerate(meant, 1)
    ]
