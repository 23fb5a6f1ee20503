"""One call written as in Python: a name, brackets, literal arguments."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from smallcode_jupyter.agent.parsing.call_shapes import known_keys
from smallcode_jupyter.agent.parsing.lenient import read_arguments
from smallcode_jupyter.agent.parsing.names import ToolIndex
from smallcode_jupyter.agent.parsing.repair import parse_python, plain_json
from smallcode_jupyter.agent.parsing.source import RawCall
from smallcode_jupyter.protocol.tools import Json, ToolSpec

__all__ = ["NAME", "WrittenCall", "call_of", "read_written_call"]

_LONGEST = 32_768
"""Characters of one call."""
NAME = re.compile(r"(?:print\([ \t]*|await[ \t]+)?([A-Za-z_][\w.]{0,80})\(")
_TOKEN = re.compile(r"\"\"\"|'''|\"|'|[()\[\]{}]|\\.|\n", re.DOTALL)
_CALL_METHOD = re.compile(r"\.(?:call|invoke|run)\Z")
_PRINT_END = re.compile(r"\s{0,8}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCall:
    """A call that was read from the text."""

    call: RawCall
    end: int
    """Offset after its closing bracket."""
    repairs: tuple[str, ...] = ()
    is_whole: bool = True


def read_written_call(
    text: str, start: int, end: int, tools: ToolIndex, *, is_declared: bool = False
) -> WrittenCall | None:
    """The call of a known tool that begins here; None if it is none. Never raises.

    `is_declared`: a marker says that this is a call, so that its name may be any, its arguments broken or unfinished.
    """
    name = NAME.match(text, start, end)
    if name is None:
        return None
    tool = tools.find_distinct(_CALL_METHOD.sub("", name[1]))
    if tool is None and not is_declared:
        return None
    end = min(end, start + _LONGEST)
    stop = _closing(text, start, end)
    tree = parse_python(text[start:stop], mode="eval") if stop else None
    exact = call_of(tree.body, tools, is_declared=is_declared) if isinstance(tree, ast.Expression) else None
    if exact is not None and stop is not None:
        return WrittenCall(call=exact, end=stop)
    return _lenient(text, name, end, tools, tool)


def _lenient(
    text: str, name: re.Match[str], end: int, tools: ToolIndex, tool: ToolSpec | None
) -> WrittenCall | None:
    found = read_arguments(text, name.end(), end, keys=known_keys(tools))
    if found is None:
        return None
    after = found.end
    if name.group().startswith("print("):
        closing = _PRINT_END.match(text, after, end)
        after = closing.end() if closing else after
    arguments = _by_name(list(found.positional), dict(found.named), tool)
    call = RawCall(name=_CALL_METHOD.sub("", name[1]), arguments=arguments)
    return WrittenCall(call=call, end=after, repairs=found.repairs, is_whole=found.is_whole)


def call_of(node: ast.expr, tools: ToolIndex, *, is_declared: bool = False) -> RawCall | None:
    """The call of a known tool (of any, where declared) that this expression is, also inside `print(...)`."""
    if isinstance(node, ast.Await):
        node = node.value
    if not isinstance(node, ast.Call):
        return None
    name = _dotted(node.func)
    if name == "print" and len(node.args) == 1:
        return call_of(node.args[0], tools, is_declared=is_declared)
    tool = tools.find_distinct(name)
    if (tool is None and not is_declared) or any(keyword.arg is None for keyword in node.keywords):
        return None
    try:
        positional = [_literal(value) for value in node.args]
        named = {str(keyword.arg): _literal(keyword.value) for keyword in node.keywords}
    except (ValueError, RecursionError, MemoryError, TypeError):
        return None
    return RawCall(name=name, arguments=_by_name(positional, named, tool))


def _by_name(positional: list[Json], named: dict[str, Json], tool: ToolSpec | None) -> Json:
    """Positional arguments in the order of the tool's parameters; one object alone is all arguments."""
    if len(positional) == 1 and not named and isinstance(positional[0], dict):
        return positional[0]
    parameters = tool.parameters if tool is not None else ()
    arguments: dict[str, Json] = {}
    for index, value in enumerate(positional):
        key = parameters[index].name if index < len(parameters) else f"positional_{index + 1}"
        arguments[key] = value
    return {**arguments, **named}


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


def _dotted(node: ast.expr) -> str:
    """The name that is called, `brave_search` for `brave_search.call(...)`; empty for no name."""
    if isinstance(node, ast.Attribute):
        if node.attr in ("call", "invoke", "run") and isinstance(node.value, ast.Name):
            return node.value.id
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literal(node: ast.expr) -> Json:
    """The literal's value as JSON. Raises ValueError for anything else."""
    value = ast.literal_eval(node)
    plain = plain_json(value)
    if plain is None and value is not None:
        raise ValueError("not a JSON value")
    return plain
