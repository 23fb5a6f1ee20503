"""Small wrong changes to working code, to see whether tests notice them. Pure."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "javascript_mutants", "python_mutants"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed place."""

    line: int
    """From 1."""
    before: str
    """The line as it was, without indentation."""
    after: str
    text: str
    """The whole module with this change."""


_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_JAVASCRIPT = {
    "===": "!==",
    "!==": "===",
    "<=": "<",
    ">=": ">",
    "<": "<=",
    ">": ">=",
    "&&": "||",
    "||": "&&",
    "+": "-",
    "-": "+",
    "*": "+",
    "true": "false",
    "false": "true",
}
_JAVASCRIPT_TOKEN = re.compile(
    r"""(?P<skip>//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`
        |=>|\+\+|--|[-+*/]=|<<|>>|^\s*(?:import|export\s*\{)[^\n]*)
      | (?P<change>===|!==|<=|>=|&&|\|\||(?<=\s)[<>*](?=\s)|(?<=\s)[-+](?=\s)|\b(?:true|false)\b|(?<![\w.])\d+(?![\w.]))
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)

_JAVASCRIPT_LINES = (
    (re.compile(r"^([ \t]+)return [^;\n]+;$", re.MULTILINE), r"\1return undefined;"),
    (
        re.compile(
            r"^([ \t]+)(?!return\b|throw\b|const\b|let\b|var\b)[\w.$]+(?:\[[^\]\n]*\])?(?:\(| [-+*]?= )[^\n]*;$",
            re.MULTILINE,
        ),
        r"\1;",
    ),
    (re.compile(r"^([ \t]+)throw [^;\n]+;$", re.MULTILINE), r"\1;"),
)
"""What is returned, done or thrown on a line of its own, and what stands there instead."""
_JAVASCRIPT_METHODS = re.compile(
    r"(?<=\.)(?:push|unshift|pop|shift|some|every|min|max|startsWith|endsWith|toLowerCase)(?=\()"
)
_OTHER_METHOD = {
    "push": "unshift",
    "unshift": "push",
    "pop": "shift",
    "shift": "pop",
    "some": "every",
    "every": "some",
    "min": "max",
    "max": "min",
    "startsWith": "endsWith",
    "endsWith": "startsWith",
    "toLowerCase": "toUpperCase",
}


def python_mutants(text: str, *, count: int) -> tuple[Mutant, ...]:
    """At most `count` mutants of a module's functions, spread evenly over them. Empty where it cannot be parsed."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return _spread([list(_of_function(node, text)) for node in functions], count)


def javascript_mutants(text: str, *, count: int) -> tuple[Mutant, ...]:
    """At most `count` mutants of a module, spread evenly over its lines."""
    found = []
    for match in _JAVASCRIPT_TOKEN.finditer(text):
        token = match["change"]
        if token is not None:
            new = _JAVASCRIPT.get(token) or str(int(token) + 1)
            found.append(_replaced(text, match.start(), match.end(), new))
    for pattern, new in _JAVASCRIPT_LINES:
        found += [_replaced(text, m.start(), m.end(), m.expand(new)) for m in pattern.finditer(text)]
    for match in _JAVASCRIPT_METHODS.finditer(text):
        found.append(_replaced(text, match.start(), match.end(), _OTHER_METHOD[match[0]]))
    found.sort(key=lambda mutant: mutant.line)
    return _spread([[mutant] for mutant in found if mutant.text != text], count)


def _spread(groups: list[list[Mutant]], count: int) -> tuple[Mutant, ...]:
    """From every group in turn, its first, its last, and so on inwards; too many groups are thinned out evenly."""
    groups = [_outside_in(group) for group in groups if group]
    if len(groups) > count:
        groups = [groups[index * len(groups) // count] for index in range(count)]
    found: dict[str, Mutant] = {}
    for depth in range(max(map(len, groups), default=0)):
        for group in groups:
            if depth < len(group) and len(found) < count:
                found.setdefault(group[depth].text, group[depth])
    return tuple(found.values())


def _outside_in(group: list[Mutant]) -> list[Mutant]:
    half = (len(group) + 1) // 2
    pairs = zip(group[:half], reversed(group), strict=False)
    return list(dict.fromkeys(mutant for pair in pairs for mutant in pair))


def _of_function(function: ast.FunctionDef | ast.AsyncFunctionDef, text: str) -> Iterator[Mutant]:
    starts = _line_starts(text)
    for statement in function.body:
        for node in ast.walk(statement):
            for changed in _changes(node):
                start = _offset(text, starts, node.lineno, node.col_offset)  # type: ignore[attr-defined]
                end = _offset(text, starts, node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
                yield _replaced(text, start, end, changed)


def _changes(node: ast.AST) -> Iterator[str]:
    """Other source texts for this expression or statement."""
    match node:
        case ast.Compare(ops=[op], comparators=[_]) if type(op) in _COMPARISONS:
            yield _with(node, "ops", [_COMPARISONS[type(op)]()])
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            yield f"({_with(node, 'op', _OPERATORS[type(op)]())})"
        case ast.AugAssign(op=op) if type(op) in _OPERATORS:
            yield _with(node, "op", _OPERATORS[type(op)]())
        case ast.BoolOp(op=ast.And()):
            yield f"({_with(node, 'op', ast.Or())})"
        case ast.BoolOp(op=ast.Or()):
            yield f"({_with(node, 'op', ast.And())})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"bool({ast.unparse(operand)})"
        case ast.Constant(value=bool() as value):
            yield repr(not value)
        case ast.Constant(value=int() as number):
            yield repr(number + 1)
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield "return None"
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield "pass"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: ast.AST, field: str, value: object) -> str:
    changed = copy.copy(node)
    setattr(changed, field, value)
    return ast.unparse(changed)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _offset(text: str, starts: list[int], line: int, column: int) -> int:
    """The place in `text` of a column that `ast` counts in UTF-8 bytes."""
    start = starts[line - 1]
    row = text[start : starts[line]] if line < len(starts) else text[start:]
    return start + len(row.encode()[:column].decode(errors="ignore"))


def _replaced(text: str, start: int, end: int, new: str) -> Mutant:
    changed = text[:start] + new + text[end:]
    line = text.count("\n", 0, start)
    return Mutant(
        line=line + 1,
        before=text.split("\n")[line].strip(),
        after=changed.split("\n")[line].strip(),
        text=changed,
    )
