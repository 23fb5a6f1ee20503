"""Reading a description such as `package tally: count_words(text: str) -> int: How many words.`"""

from __future__ import annotations

import ast
import keyword
import re
from dataclasses import dataclass
from typing import Literal, get_args

from smallcode_jupyter.protocol.errors import UsageError

__all__ = ["KINDS", "Description", "Field", "FunctionPart", "ModelPart", "PagePart", "read_description"]

Kind = Literal["package", "api", "site"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_HEAD = re.compile(r"\s*(\w+)\s+([\w-]+)\s*(?:-\s*([^:\n]*?)\s*)?(?::|\n|\Z)")
_FORMS: dict[Kind, str] = {
    "package": "package tally: count_words(text: str) -> int: How many words. [count_words('a b') == 2]",
    "api": "api library: Book(title: str, year: int = 2000)",
    "site": "site bakery: Home; Menu; Opening hours",
}
_SIMPLE = ("str", "int", "float", "bool")
_MOST_PARTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter of a function, or a field of a model."""

    name: str
    type: str
    """As Python writes it."""
    default: str
    """As Python writes it; empty where it must be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionPart:
    """A function of a package."""

    name: str
    fields: tuple[Field, ...]
    returns: str
    about: str
    examples: tuple[str, ...]
    """Comparisons that must hold: `count_words('a b') == 2`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPart:
    """A kind of thing that an API keeps."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """A page of a site."""

    title: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is to be made."""

    kind: Kind
    name: str
    """A name that Python can import."""
    about: str
    functions: tuple[FunctionPart, ...] = ()
    models: tuple[ModelPart, ...] = ()
    pages: tuple[PagePart, ...] = ()


def read_description(text: str) -> Description:
    """`KIND NAME - ABOUT: PART; PART` (or a part a line). Raises UsageError, which shows how one is written."""
    head = _HEAD.match(text)
    kind = next((one for one in KINDS if head is not None and one == head[1].lower()), None)
    if head is None or kind is None:
        hint = f"Write, for example, `{_FORMS['package']}`."
        raise UsageError(f"A description begins with one of {', '.join(KINDS)} and a name.", hint=hint)
    name = head[2].replace("-", "_").lower()
    if not name.isidentifier() or keyword.iskeyword(name):
        raise UsageError(f"`{head[2]}` cannot be the name of a project.", hint="Use letters, digits and `_`.")
    parts = _split(text[head.end() :])
    if not parts or len(parts) > _MOST_PARTS:
        raise UsageError(f"It has {len(parts)} parts.", hint=f"Write, for example, `{_FORMS[kind]}`.")
    about = (head[3] or "").strip()
    if kind == "package":
        return Description(kind=kind, name=name, about=about, functions=tuple(map(_function, parts)))
    if kind == "api":
        return Description(kind=kind, name=name, about=about, models=tuple(map(_model, parts)))
    return Description(kind=kind, name=name, about=about, pages=tuple(map(_page, parts)))


def _split(text: str) -> list[str]:
    """The parts: separated by line ends and semicolons outside of brackets and quotes."""
    parts, depth, quote, start = [], 0, "", 0
    for at, character in enumerate(f"{text}\n"):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and depth:
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character in ";\n" and depth <= 0:
            parts.append(text[start:at].strip().lstrip("-* ").strip())
            start, depth = at + 1, 0
    return [part for part in parts if part]


def _function(part: str) -> FunctionPart:
    signature, about = _signature(part, "package")
    bracket = about.rfind("[")
    shown = about[bracket + 1 : about.rfind("]")] if bracket >= 0 and about.rstrip().endswith("]") else ""
    examples = [one.strip() for one in shown.split(";") if one.strip()]
    node = _parsed(signature, "package")
    for example in examples:
        _check_example(example, node.name)
    return FunctionPart(
        name=node.name,
        fields=_fields(node, "package"),
        returns=ast.unparse(node.returns) if node.returns else "str",
        about=_sentence(about[:bracket] if shown else about),
        examples=tuple(examples),
    )


def _model(part: str) -> ModelPart:
    signature, _ = _signature(part, "api")
    node = _parsed(signature, "api")
    fields = _fields(node, "api")
    if not fields or not node.name[0].isupper():
        raise UsageError(
            f"`{part[:60]}` is no model with fields.", hint=f"Write, for example, `{_FORMS['api']}`."
        )
    for one in fields:
        if one.type not in _SIMPLE or one.name == "id":
            raise UsageError(
                f"`{one.name}: {one.type}` cannot be kept.", hint=f"Types are {', '.join(_SIMPLE)}."
            )
    return ModelPart(name=node.name, fields=fields)


def _page(part: str) -> PagePart:
    title, _, about = part.partition(":")
    if not re.search(r"\w", title):
        raise UsageError(
            f"`{part[:60]}` is no title of a page.", hint=f"Write, for example, `{_FORMS['site']}`."
        )
    return PagePart(title=title.strip(), about=about.strip())


def _signature(part: str, kind: Kind) -> tuple[str, str]:
    """What stands up to the colon behind the parentheses, and what follows."""
    found = re.match(r"(?:def\s+)?(\w+\s*\()", part)
    if found is None:
        raise UsageError(f"`{part[:60]}` has no parameters.", hint=f"Write, for example, `{_FORMS[kind]}`.")
    depth = 0
    for at in range(found.start(1), len(part)):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(part[at], 0)
        if part[at] == ":" and depth == 0:
            return part[found.start(1) : at], part[at + 1 :].strip()
    return part[found.start(1) :], ""


def _parsed(signature: str, kind: Kind) -> ast.FunctionDef:
    try:
        body = ast.parse(f"def {signature}: pass").body
    except (SyntaxError, ValueError):
        body = []
    match body:
        case [
            ast.FunctionDef(
                args=ast.arguments(vararg=None, kwarg=None, kwonlyargs=[]), body=[ast.Pass()]
            ) as node
        ]:
            return node
    raise UsageError(f"`{signature[:60]}` is no signature.", hint=f"Write, for example, `{_FORMS[kind]}`.")


def _fields(node: ast.FunctionDef, kind: Kind) -> tuple[Field, ...]:
    arguments = [*node.args.posonlyargs, *node.args.args]
    missing = len(arguments) - len(node.args.defaults)
    fields = []
    for at, one in enumerate(arguments):
        default = ast.unparse(node.args.defaults[at - missing]) if at >= missing else ""
        hint = ast.unparse(one.annotation) if one.annotation else "str"
        fields.append(Field(name=one.arg, type=hint, default=default))
    return tuple(fields)


def _check_example(example: str, name: str) -> None:
    try:
        node = ast.parse(example, mode="eval").body
    except (SyntaxError, ValueError):
        node = None
    if not isinstance(node, ast.Compare) or not any(
        isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node)
    ):
        hint = f"Write, for example, `[{name}(...) == 2]`."
        raise UsageError(f"`{example[:60]}` is no comparison with `{name}`.", hint=hint)


def _sentence(text: str) -> str:
    text = " ".join(text.split()).replace('"""', "'''").replace("\\", "/")
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
