"""Calls made up from signatures: argument values by annotation and name, method calls in random order."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smallcode_jupyter.checks.extract import Step
from smallcode_jupyter.checks.literals import read_at
from smallcode_jupyter.selection.literals import variations

__all__ = ["calls_with_text", "made_up_calls", "shown_values"]

_WORDS = ("a", "abc", "Hello World", "hello", "x-y z", "", "Ann", "  two  words ", "3", "A1 b2, c3")
_NUMBERS = ("0", "1", "2", "3", "5", "7", "10", "12", "100", "-1")
_FLOATS = ("0.0", "1.0", "2.5", "0.1", "10.0", "-3.5", "99.99")
_BY_NAME = (
    (("text", "name", "word", "line", "string", "title", "path", "key", "s"), "str"),
    (("numbers", "values", "nums", "scores", "prices", "amounts", "items", "xs", "arr"), "list[int]"),
    (("array", "lst", "integers", "elements", "sequence"), "list[int]"),
    (("words", "names", "lines", "texts", "tags", "strings"), "list[str]"),
    (("n", "count", "index", "size", "limit", "number", "k", "total", "x", "y", "a", "b", "width"), "int"),
    (("price", "rate", "ratio", "amount", "value", "factor"), "float"),
)
_MOST_STATEMENTS = 6
_MOST_SHOWN = 4
_MOST_VARIED = 6
_LONGEST_SHOWN = 200


@dataclass(slots=True)
class _Maker:
    """Makes values' source texts. One random source, so the same module gives the same calls."""

    rng: random.Random
    strings: Sequence[str]
    """Contents of strings worth trying, from the task."""
    classes: Mapping[str, ast.ClassDef]
    prose: str = ""
    """Where values of parameters may be shown: `arr = [1, 2], k = 1`."""
    depth: int = 0

    def value(self, annotation: ast.expr | None, name: str) -> str | None:
        """A value for a parameter, or None where nothing is known of its type."""
        if annotation is None:
            return self._by_name(name)
        if self.depth > 4:
            return None
        self.depth += 1
        try:
            return self._of(annotation)
        finally:
            self.depth -= 1

    def _by_name(self, name: str) -> str | None:
        if shown := shown_values(self.prose, name):
            near = (other for one in shown for other in variations(one, count=_MOST_VARIED, seed=name))
            return self.rng.choice([*shown, *near])
        plain = name.lower().rstrip("0123456789_")
        kind = next((kind for names, kind in _BY_NAME if plain in names), None)
        return self.value(ast.parse(kind, mode="eval").body, name) if kind else None

    def _of(self, annotation: ast.expr) -> str | None:
        match annotation:
            case ast.Constant(value=None):
                return "None"
            case ast.Constant(value=str() as text):
                return self._quoted(text)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self.value(self.rng.choice([left, right]), "")
            case ast.Subscript(value=base, slice=inside):
                parts = list(inside.elts) if isinstance(inside, ast.Tuple) else [inside]
                return self._generic(_last(base), parts)
            case ast.Name() | ast.Attribute():
                return self._plain(_last(annotation))
        return None

    def _quoted(self, text: str) -> str | None:
        try:
            return self.value(ast.parse(text, mode="eval").body, "")
        except SyntaxError:
            return None

    def _plain(self, kind: str) -> str | None:
        choose = self.rng.choice
        match kind:
            case "int":
                return choose(_NUMBERS)
            case "float":
                return choose(_FLOATS)
            case "bool":
                return choose(("True", "False"))
            case "str":
                return repr(choose((*_WORDS, *self.strings)))
            case "bytes":
                return repr(choose(_WORDS).encode())
            case "list" | "List" | "Sequence" | "Iterable":
                return self._list("[", "]", ast.Name(choose(("int", "str"))))
            case "dict" | "Dict":
                return self._dict(ast.Name("str"), ast.Name("int"))
            case "Any" | "object":
                return choose((*_NUMBERS[:4], "'abc'", "None", "[1, 2]"))
            case "None":
                return "None"
            case "date":
                return (
                    f"__import__('datetime').date(2024, {self.rng.randint(1, 12)}, {self.rng.randint(1, 28)})"
                )
            case "datetime":
                day = f"{self.rng.randint(1, 12)}, {self.rng.randint(1, 28)}"
                return f"__import__('datetime').datetime(2024, {day}, {self.rng.randint(0, 23)}, 30)"
            case "Decimal":
                return f"__import__('decimal').Decimal('{choose(_FLOATS)}')"
        return self._instance(kind)

    def _generic(self, kind: str, parts: list[ast.expr]) -> str | None:
        match kind:
            case "list" | "List" | "Sequence" | "Iterable" | "Iterator" | "Collection" | "MutableSequence":
                return self._list("[", "]", parts[0])
            case "set" | "Set" | "frozenset" | "AbstractSet":
                text = self._list("[", "]", parts[0])
                return None if text is None else f"set({text})"
            case "tuple" | "Tuple":
                if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis:
                    text = self._list("[", "]", parts[0])
                    return None if text is None else f"tuple({text})"
                return self._joined([self.value(part, "") for part in parts], "(", ",)")
            case "dict" | "Dict" | "Mapping" | "MutableMapping" if len(parts) == 2:
                return self._dict(parts[0], parts[1])
            case "Optional":
                return "None" if self.rng.random() < 0.3 else self.value(parts[0], "")
            case "Union":
                return self.value(self.rng.choice(parts), "")
            case "Literal":
                return ast.unparse(self.rng.choice(parts))
        return None

    def _list(self, opening: str, closing: str, item: ast.expr) -> str | None:
        length = self.rng.choice((0, 1, 2, 3, 3, 4, 6))
        return self._joined([self.value(item, "") for _ in range(length)], opening, closing)

    def _dict(self, key: ast.expr, value: ast.expr) -> str | None:
        pairs = []
        for _ in range(self.rng.choice((0, 1, 2, 3))):
            left, right = self.value(key, ""), self.value(value, "")
            pairs.append(None if left is None or right is None else f"{left}: {right}")
        return self._joined(pairs, "{", "}")

    def _joined(self, parts: Sequence[str | None], opening: str, closing: str) -> str | None:
        known = [part for part in parts if part is not None]
        return f"{opening}{', '.join(known)}{closing}" if len(known) == len(parts) else None

    def _instance(self, kind: str) -> str | None:
        node = self.classes.get(kind)
        if node is None:
            return None
        arguments = self.arguments(_constructor(node))
        return None if arguments is None else f"{kind}({arguments})"

    def arguments(self, parameters: Sequence[tuple[str, ast.expr | None, bool]]) -> str | None:
        """Arguments for all required parameters and some of the others, or None where one is not known."""
        parts = []
        for name, annotation, is_required in parameters:
            if not is_required and self.rng.random() < 0.5:
                continue
            value = self.value(annotation, name)
            if value is None and is_required:
                return None
            if value is not None:
                parts.append(f"{name}={value}")
        return ", ".join(parts)


def shown_values(prose: str, name: str) -> tuple[str, ...]:
    """The literals that a text gives a parameter, as Python: `arr = [1, 2]`, `arr: [1, 2]`, `arr [1, 2]`; each once."""
    found: dict[str, None] = {}
    for match in re.finditer(
        rf"(?<![\w.]){re.escape(name)}`?\s*(?:[=:]\s*|(?=[\[{{]))(?=[\[({{\"'\d-])", prose
    ):
        literal = read_at(prose, match.end())
        text = prose[match.end() : literal[1]] if literal else ""
        if text and len(text) <= _LONGEST_SHOWN and _is_literal(text):
            found[text] = None
    return tuple(found)[:_MOST_SHOWN]


def _is_literal(text: str) -> bool:
    try:
        ast.literal_eval(text)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[tuple[str, ast.expr | None, bool]]:
    """Name, annotation, and whether it must be given; without `self`."""
    ordinary = [*node.args.posonlyargs, *node.args.args]
    required = len(ordinary) - len(node.args.defaults)
    found = [(arg.arg, arg.annotation, index < required) for index, arg in enumerate(ordinary)]
    for arg, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        found.append((arg.arg, arg.annotation, default is None))
    return [parameter for parameter in found if parameter[0] not in ("self", "cls")]


def _constructor(node: ast.ClassDef) -> list[tuple[str, ast.expr | None, bool]]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            return _parameters(item)
    if not any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list):
        return []
    return [
        (item.target.id, item.annotation, item.value is None)
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    ]


def made_up_calls(
    text: str, *, wanted: frozenset[str], strings: Sequence[str], count: int, prose: str = ""
) -> Iterator[tuple[Step, ...]]:
    """Up to `count` calls of each function, and walks through each class, of `wanted` in a module's text.

    Nothing is called of which a required argument's type is unknown, neither annotated nor told by its name nor shown
    in `prose`, the task's words and docstrings. The same arguments give the same calls.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        if (
            not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            or node.name not in wanted
        ):
            continue
        maker = _Maker(rng=random.Random(node.name), strings=strings, classes=classes, prose=prose)
        for _ in range(count):
            if isinstance(node, ast.ClassDef):
                steps = _walk_through(node, maker)
            else:
                arguments = maker.arguments(_parameters(node))
                steps = () if arguments is None else (Step(kind="value", source=f"{node.name}({arguments})"),)
            if not steps:
                break
            yield steps


def calls_with_text(text: str, samples: Sequence[str], *, wanted: frozenset[str]) -> list[tuple[Step, ...]]:
    """Each sample of data given to each function of `wanted` that needs one text and nothing else."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [
        (Step(kind="value", source=f"{node.name}({sample!r})"),)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name in wanted and _takes_text(node)
        for sample in samples
    ]


def _takes_text(node: ast.FunctionDef) -> bool:
    required = [(name, annotation) for name, annotation, is_required in _parameters(node) if is_required]
    if len(required) != 1:
        return False
    name, annotation = required[0]
    if annotation is not None:
        return ast.unparse(annotation) == "str"
    return any(name.lower() in names for names, kind in _BY_NAME if kind == "str")


def _walk_through(node: ast.ClassDef, maker: _Maker) -> tuple[Step, ...]:
    """One instance, and some of its methods called in random order."""
    arguments = maker.arguments(_constructor(node))
    if arguments is None:
        return ()
    methods = [
        item
        for item in node.body
        if isinstance(item, ast.FunctionDef) and not item.name.startswith("_") and not item.decorator_list
    ]
    shown = [item.name for item in node.body if isinstance(item, ast.FunctionDef) and _is_property(item)]
    steps = [Step(kind="run", source=f"it = {node.name}({arguments})")]
    for _ in range(_MOST_STATEMENTS if methods else 0):
        method = maker.rng.choice(methods)
        given = maker.arguments(_parameters(method))
        if given is not None:
            steps.append(Step(kind="value", source=f"it.{method.name}({given})"))
    steps += [Step(kind="value", source=f"it.{name}") for name in shown]
    return tuple(steps)


def _is_property(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator) == "property" for decorator in node.decorator_list)
