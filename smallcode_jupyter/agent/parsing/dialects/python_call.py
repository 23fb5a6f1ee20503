"""Calls written as Python: `read_file("a.py")` on a line of its own, or alone in a fence."""

from __future__ import annotations

import ast
import re

from smallcode_jupyter.agent.parsing.names import ToolIndex
from smallcode_jupyter.agent.parsing.repair import parse_python, plain_json
from smallcode_jupyter.agent.parsing.source import Dialect, Finding, RawCall, Source, outside, without
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = ["PYTHON_CALL", "is_only_calls"]

_LONGEST = 32_768
"""Characters of one call."""
_MOST_TRIES = 20
"""Lines that begin like a call and turn out not to be one."""
_MOST_LINES = 2_000
"""Lines that look like any call."""

_CALL = re.compile(r"^[ \t]{0,3}(?:>>> ?)?`{0,2}((?:print\()?([A-Za-z_][\w.]{0,80})\()", re.MULTILINE)
_FIRST = re.compile(r"\s*(?:[A-Za-z_]\w{0,40} *= *)?(?:print\()?([A-Za-z_][\w.]{0,80})\(")
_TOKEN = re.compile(r"\"\"\"|'''|\"|'|[()\[\]{}]|\\.|\n", re.DOTALL)
_AFTER = re.compile(r"`{0,2}[;.]?[ \t]*(?=\n|\Z)")


def read(source: Source) -> Finding | None:
    """Calls of known tools with literal arguments; positional ones in the order of the tool's parameters."""
    found: list[tuple[int, int, RawCall]] = []
    for start, end in outside(source):
        found += _in_text(source, start, end)
    for fence in source.fences:
        if fence.is_closed or not source.is_cut:
            found += [(fence.start, fence.end, call) for call in _only_calls(fence.content, source.tools)]
    if not found:
        return None
    found.sort(key=lambda item: item[0])
    text = without(source.text, [(start, end) for start, end, _ in found])
    return Finding(calls=tuple(call for _, _, call in found), text=text)


def is_only_calls(code: str, tools: ToolIndex) -> bool:
    """Whether the code does nothing but call tools: then it is no file."""
    return bool(_only_calls(code, tools))


def _only_calls(code: str, tools: ToolIndex) -> list[RawCall]:
    first = _FIRST.match(code)
    if first is None or _tool(first[1], tools) is None:
        return []
    tree = parse_python(code)
    if not isinstance(tree, ast.Module):
        return []
    calls: list[RawCall] = []
    for node in tree.body:
        call = _call(node.value, tools) if isinstance(node, ast.Expr | ast.Assign) else None
        if call is None:
            return []
        calls.append(call)
    return calls


def _in_text(source: Source, start: int, end: int) -> list[tuple[int, int, RawCall]]:
    found: list[tuple[int, int, RawCall]] = []
    position, tries = start, 0
    for _ in range(_MOST_LINES):
        match = _CALL.search(source.text, position, end)
        if match is None or tries > _MOST_TRIES:
            break
        position = match.end()
        if _tool(match[2], source.tools) is None:
            continue
        stop = _closing(source.text, match.start(1), min(end, match.start(1) + _LONGEST))
        after = _AFTER.match(source.text, stop, end) if stop else None
        tree = parse_python(source.text[match.start(1) : stop], mode="eval") if after else None
        call = _call(tree.body, source.tools) if isinstance(tree, ast.Expression) else None
        if call is None or after is None:
            tries += 1
            continue
        found.append((match.start(), after.end(), call))
        position = after.end()
    return found


def _closing(text: str, start: int, end: int) -> int | None:
    """The offset after the bracket that closes the call which begins here, or None."""
    depth, quote = 0, ""
    for token in _TOKEN.finditer(text, start, end):
        mark = token.group()
        if quote:
            if mark == quote or (mark == "\n" and len(quote) == 1):
                quote = ""
        elif mark in ('"""', "'''", '"', "'"):
            quote = mark
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
            if depth <= 0:
                return token.end()
    return None


def _call(node: ast.expr, tools: ToolIndex) -> RawCall | None:
    """The call of a known tool that this expression is, also inside `print(...)`."""
    if not isinstance(node, ast.Call):
        return None
    name = _dotted(node.func)
    if name == "print" and len(node.args) == 1:
        return _call(node.args[0], tools)
    tool = _tool(name, tools)
    if tool is None or any(keyword.arg is None for keyword in node.keywords):
        return None
    parameters = tool.parameters
    arguments: dict[str, Json] = {}
    try:
        for index, value in enumerate(node.args):
            key = parameters[index].name if index < len(parameters) else f"positional_{index + 1}"
            arguments[key] = _literal(value)
        for keyword in node.keywords:
            arguments[str(keyword.arg)] = _literal(keyword.value)
    except (ValueError, RecursionError, MemoryError, TypeError):
        return None
    return RawCall(name=name, arguments=arguments)


def _tool(name: str, tools: ToolIndex) -> ToolSpec | None:
    """The tool of this name; none by an alias that is a plain word (`test`, `dir`): people have such functions."""
    found = tools.find(name, may_be_misspelled=False)
    if found is None:
        return None
    last = name.rpartition(".")[2]
    return found.spec if last == found.spec.name or not last.islower() or "_" in last else None


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literal(node: ast.expr) -> Json:
    """The literal's value as JSON. Raises ValueError for anything else."""
    value = ast.literal_eval(node)
    plain = plain_json(value)
    if plain is None and value is not None:
        raise ValueError("not a JSON value")
    return plain


PYTHON_CALL = Dialect(name="python-call", read=read)
