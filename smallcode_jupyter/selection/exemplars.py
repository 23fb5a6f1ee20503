"""Calls that the task itself shows: in its words, in docstrings and in tests, whether or not their results are told."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from smallcode_jupyter.checks.extract import Step, docstring_groups, word_groups
from smallcode_jupyter.checks.prose import find_calls

__all__ = ["exemplars"]

Exemplar = tuple[Step, ...]
"""Steps that share their variables; those of kind `value` are looked at."""


def exemplars(
    *, words: str, texts: Sequence[str], tests: Sequence[str], names: frozenset[str]
) -> list[Exemplar]:
    """What is called with which arguments, each once, the task's words first.

    `texts`: the module before and after the change, for their docstrings. `tests`: test files' texts. `names`: what
    the module defines.
    """
    found: dict[Exemplar, None] = {}
    for group in [*word_groups(words, names), *(group for text in texts for group in docstring_groups(text))]:
        found[tuple(_looked_at(step) for step in group.steps)] = None
    for text in [words, *_docstrings(texts)]:
        for call in find_calls(text, names):
            found[(Step(kind="value", source=call),)] = None
    for text in tests:
        for steps in _test_bodies(text):
            found[steps] = None
    return [steps for steps in found if any(step.kind == "value" for step in steps)]


def _looked_at(step: Step) -> Step:
    """The step without what it expects."""
    if step.kind == "show":
        return Step(kind="value" if _is_expression(step.source) else "run", source=step.source.strip())
    return Step(kind="run" if step.kind == "run" else "value", source=step.source)


def _is_expression(source: str) -> bool:
    try:
        ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _docstrings(texts: Sequence[str]) -> Iterator[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for text in texts:
        for node in _walk(text):
            docstring = ast.get_docstring(node) if isinstance(node, documented) else None
            if docstring:
                yield docstring


def _walk(text: str) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def _test_bodies(text: str) -> Iterator[Exemplar]:
    """The body of every test function that needs nothing from outside, a step a statement."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    shared = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            parameters = [argument.arg for argument in node.args.args]
            if not set(parameters) <= {"self"}:
                continue
            steps = [Step(kind="run", source=ast.unparse(statement)) for statement in shared]
            yield (*steps, *(step for statement in node.body for step in _statement(statement)))


def _statement(node: ast.stmt) -> Iterator[Step]:
    match node:
        case ast.Assert(test=ast.Compare(left=left, comparators=comparators)):
            for side in (left, *comparators):
                if _calls(side):
                    yield Step(kind="value", source=ast.unparse(side))
        case ast.Assert(test=test):
            yield Step(kind="value", source=ast.unparse(test))
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name("self"), attr=name), args=args)):
            for side in args if name.startswith("assert") else []:
                if _calls(side):
                    yield Step(kind="value", source=ast.unparse(side))
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr(value=value):
            yield Step(kind="value", source=ast.unparse(value))
        case ast.With(body=body) if "raises" in ast.unparse(node.items[0]).lower():
            for statement in body:
                yield from _statement(statement)
        case _:
            yield Step(kind="run", source=ast.unparse(node))


def _calls(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Call | ast.Attribute | ast.Subscript) for part in ast.walk(node))
