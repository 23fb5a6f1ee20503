"""The classes of a file, and the types with methods: what a story of several steps can be about."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from smallcode_jupyter.checks.languages.ecmascript import without_comments
from smallcode_jupyter.checks.scenarios import Subject

__all__ = ["LET", "python_subjects", "subjects_of"]

LET = {
    "python": "{name} = {value}",
    "javascript": "const {name} = {value}",
    "go": "{name} := {value}",
    "rust": "let mut {name} = {value}",
}
"""How a variable is bound in each language."""
_SCRIPT_CLASS = re.compile(
    r"^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+([\w$]+)[^{]*\{", re.MULTILINE
)
_SCRIPT_METHOD = re.compile(
    r"^[ \t]+(?:(?:public|static|async|get|readonly|override)\s+|\*\s*)*([A-Za-z_$][\w$]*)\s*(?:<[^>\n]*>)?\(([^)]*)\)",
    re.MULTILINE,
)
_SCRIPT_WORDS = frozenset(
    {"if", "for", "while", "switch", "catch", "return", "function", "constructor", "super"}
)


def python_subjects(text: str) -> tuple[Subject, ...]:
    """The classes of a Python file. Empty where it does not parse."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_python_subject(node) for node in body if isinstance(node, ast.ClassDef))


def _python_subject(node: ast.ClassDef) -> Subject:
    functions = {
        item.name: item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    is_plain = not node.bases and not node.decorator_list
    makes = functions.get("__init__")
    needed = 0
    if makes is not None:
        given = [*makes.args.posonlyargs, *makes.args.args]
        without = [item for item in makes.args.kw_defaults if item is None]
        needed = len(given) - 1 - len(makes.args.defaults) + len(without)
    can_default = makes is not None or is_plain
    return Subject(
        name=node.name,
        methods=frozenset(name for name in functions if not name.startswith("_")),
        makers=frozenset(),
        default=f"{node.name}()" if can_default and needed == 0 else "",
    )


def _script_subjects(text: str) -> Iterator[Subject]:
    plain = without_comments(text)
    for found in _SCRIPT_CLASS.finditer(plain):
        body = plain[found.end() : _end_of_block(plain, found.end() - 1)]
        methods = dict(_SCRIPT_METHOD.findall(body))
        parameters = [part for part in methods.get("constructor", "").split(",") if part.strip()]
        needs_none = all("=" in part or "?" in part for part in parameters)
        is_child = " extends " in found[0]
        yield Subject(
            name=found[1],
            methods=frozenset(methods) - _SCRIPT_WORDS,
            makers=frozenset(),
            default=f"new {found[1]}()" if needs_none and not is_child else "",
        )


def _go_subjects(text: str) -> Iterator[Subject]:
    for name in re.findall(r"^type\s+(\w+)(?:\[[^\]]*\])?\s+struct\b", text, re.MULTILINE):
        methods = re.findall(rf"^func\s+\(\w+\s+\*?{name}(?:\[[^\]]*\])?\)\s+(\w+)\(", text, re.MULTILINE)
        makers = dict(re.findall(rf"^func\s+(\w+)\(([^)]*)\)\s+\*?{name}\b", text, re.MULTILINE))
        simple = [maker for maker, parameters in makers.items() if not parameters.strip()]
        default = f"{simple[0]}()" if simple else "" if makers else f"&{name}{{}}"
        yield Subject(
            name=name,
            methods=frozenset(methods),
            makers=frozenset(makers),
            default=default if methods else "",
        )


def _rust_subjects(text: str) -> Iterator[Subject]:
    for found in re.finditer(r"^impl(?:<[^>]*>)?\s+(\w+)(?:<[^>]*>)?\s*\{", text, re.MULTILINE):
        body = text[found.end() : _end_of_block(text, found.end() - 1)]
        functions = dict(
            re.findall(r"^\s*pub\s+(?:const\s+)?fn\s+(\w+)(?:<[^>]*>)?\(([^)]*)\)", body, re.MULTILINE)
        )
        methods = {
            name
            for name, parameters in functions.items()
            if re.match(r"\s*&?\s*(?:mut\s+)?self\b", parameters)
        }
        has_new = "new" in functions and not functions["new"].strip()
        yield Subject(
            name=found[1],
            methods=frozenset(methods),
            makers=frozenset(),
            default=f"{found[1]}::new()" if has_new else "",
        )


def _end_of_block(text: str, position: int) -> int:
    """Where the brace that opens here is closed, strings and comments not looked into."""
    depth = 0
    for found in re.finditer(r"[{}]", text[position:]):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return position + found.start()
    return len(text)


_FINDERS: dict[str, Callable[[str], Iterator[Subject]]] = {
    "javascript": _script_subjects,
    "go": _go_subjects,
    "rust": _rust_subjects,
}


def subjects_of(language: str, text: str) -> tuple[Subject, ...]:
    """The classes and types with methods of a file in JavaScript (TypeScript), Go or Rust."""
    return tuple(_FINDERS[language](text))
