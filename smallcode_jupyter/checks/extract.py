"""The examples in docstrings and in the task's words, as steps that a process can run."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.checks.prose import (
    BUILTIN_NAMES,
    PYTHON,
    ProseExample,
    find_pair_examples,
    find_prose_examples,
    is_simple,
)
from smallcode_jupyter.checks.prose_labelled import find_labelled_examples

__all__ = [
    "Group",
    "Step",
    "assertion_step",
    "defined_names",
    "docstring_groups",
    "has_code",
    "lost_groups",
    "prose_step",
    "word_groups",
]

_FENCE = re.compile(r"^[ \t]*```[\w+-]*[ \t]*\n(.*?)^[ \t]*```[ \t]*$", re.MULTILINE | re.DOTALL)
_ASSERT_LINE = re.compile(r"^[ \t]*(?:[-*][ \t]+)?`?(assert[ \t(].*?)`?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to run, and what is to come of it."""

    kind: Literal["show", "run", "value", "equal"]
    """`show`: as at the prompt. `run`: only has to work. `value`: an expression. `equal`: two of them."""
    source: str
    right: str = ""
    """The other expression of `equal`."""
    want: str = ""
    """Of `show`: the text that the prompt would print. Of `value`: a literal; empty means any true value."""
    raises: str = ""
    """`ValueError`, or `ValueError: message`; empty if nothing is to be raised."""
    options: int = 0
    """doctest's option flags."""
    shown: str = ""
    """What a failure calls it; empty means its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Steps that share their variables and run in order."""

    steps: tuple[Step, ...]
    origin: str
    """Where it stands: empty for the task's words, else `docstring of NAME`."""


def defined_names(text: str) -> frozenset[str]:
    """What a module defines itself at its top. Empty where it cannot be parsed."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                names.add(name)
    return frozenset(names)


def has_code(text: str) -> bool:
    """Whether importing the module could run more than definitions and constants."""
    quiet = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Import,
        ast.ImportFrom,
        ast.Assign,
        ast.AnnAssign,
    )
    return not all(
        isinstance(node, quiet) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in ast.parse(text).body
    )


def docstring_groups(text: str) -> tuple[Group, ...]:
    """The examples in the docstrings of a module, its classes and functions, one group a docstring.

    Examples in prose are a group each. Empty where the text cannot be parsed.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    names = defined_names(text)
    groups: list[Group] = []
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if not isinstance(node, documented):
            continue
        docstring = ast.get_docstring(node)
        if not docstring:
            continue
        origin = f"docstring of {'the module' if isinstance(node, ast.Module) else node.name}"
        groups += _prompt_groups(docstring, origin)
        groups += _prose_groups(_without_prompts(docstring), names, origin)
        if isinstance(node, ast.FunctionDef) and node in tree.body:
            labelled = find_labelled_examples(docstring, node.name)
            groups += [Group(steps=(prose_step(example),), origin=origin) for example in labelled]
    return tuple(groups)


def lost_groups(before: str, text: str) -> tuple[Group, ...]:
    """The examples that a change took out of the docstring of something that is still there.

    A model that writes a function anew likes to shorten its docstring; that must not take its examples with it.
    Where a docstring has examples after the change, these count and the old ones are gone.
    """
    kept = {group.origin for group in docstring_groups(text)}
    return tuple(
        group
        for group in docstring_groups(before)
        if group.origin not in kept and _is_defined(group.origin.removeprefix("docstring of "), text)
    )


def _is_defined(name: str, text: str) -> bool:
    return re.search(rf"^\s*(?:async\s+def|def|class)\s+{re.escape(name)}\b", text, re.MULTILINE) is not None


def word_groups(words: str, names: frozenset[str]) -> tuple[Group, ...]:
    """The examples in the task's words that use one of `names`, which the module defines."""
    text = words.replace("\r\n", "\n")
    groups = [group for group in _prompt_groups(text, "") if _uses(group, names)]
    rest = _without_prompts(text)
    for fence in _FENCE.finditer(rest):
        block = _block_group(fence[1], names)
        if block is not None:
            groups.append(block)
            rest = rest.replace(fence[0], "\n")
    for line in _ASSERT_LINE.findall(rest):
        step = assertion_step(line, names)
        if step is not None:
            groups.append(Group(steps=(step,), origin=""))
            rest = rest.replace(line, "")
    groups += _prose_groups(rest, names, "")
    groups += [
        Group(steps=(prose_step(example),), origin="") for example in find_pair_examples(rest, names, PYTHON)
    ]
    return tuple(groups)


def _prompt_groups(text: str, origin: str) -> list[Group]:
    """The `>>>` examples of one text, together: later ones may use what earlier ones set."""
    import doctest

    if ">>>" not in text:
        return []
    # Small models leave out the space after the prompt, which doctest refuses.
    spaced = re.sub(r"^([ \t]*)>>>(?=\S)", r"\1>>> ", text, flags=re.MULTILINE)
    try:
        examples = doctest.DocTestParser().get_examples(spaced)
    except ValueError:
        return []  # misplaced prompts; doctest itself refuses such a docstring
    steps = tuple(
        Step(
            kind="show",
            source=example.source,
            want=example.want,
            raises=(example.exc_msg or "").strip(),
            options=sum(flag for flag, is_on in example.options.items() if is_on),
        )
        for example in examples
        if not example.options.get(doctest.SKIP)
    )
    return [Group(steps=steps, origin=origin)] if steps else []


def _without_prompts(text: str) -> str:
    return re.sub(r"^[ \t]*>>>.*(?:\n[ \t]*\S.*)*", "", text, flags=re.MULTILINE)


def _prose_groups(text: str, names: frozenset[str], origin: str) -> list[Group]:
    return [
        Group(steps=(prose_step(example),), origin=origin) for example in find_prose_examples(text, names)
    ]


def prose_step(example: ProseExample) -> Step:
    """The step of an example in prose."""
    return Step(kind="value", source=example.expression, want=example.expected, raises=example.raises)


def _uses(group: Group, names: frozenset[str]) -> bool:
    words = {word for step in group.steps for word in re.findall(r"[A-Za-z_]\w*", step.source)}
    return bool(words & names)


def _block_group(code: str, names: frozenset[str]) -> Group | None:
    """A block of code with assertions, unless it defines things of its own or uses what is not known."""
    try:
        tree = ast.parse(textwrap.dedent(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    nodes = list(ast.walk(tree))
    if any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in nodes):
        return None
    if not any(isinstance(node, ast.Assert) for node in tree.body):
        return None
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    imported = {
        alias.asname or alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    known = names | imported | BUILTIN_NAMES
    known |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    if not (loaded | imported) & names or not loaded <= known:
        return None
    return Group(steps=tuple(_steps(tree.body)), origin="")


def _steps(body: list[ast.stmt]) -> Iterator[Step]:
    for node in body:
        if isinstance(node, ast.Assert):
            yield _asserted(node.test)
        else:
            yield Step(kind="run", source=ast.unparse(node))


def assertion_step(line: str, names: frozenset[str]) -> Step | None:
    """The step of one `assert` statement that uses one of `names` and nothing unknown; None for others."""
    try:
        body = ast.parse(line.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if len(body) != 1 or not isinstance(body[0], ast.Assert):
        return None
    if not is_simple(ast.unparse(body[0].test), names):
        return None
    return _asserted(body[0].test)


def _asserted(test: ast.expr) -> Step:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return Step(kind="equal", source=ast.unparse(left), right=ast.unparse(right))
    return Step(kind="value", source=ast.unparse(test))
