"""Assignments to fields of frozen dataclasses, which fail as soon as they run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from smallcode_jupyter.checks.parsed import parsed
from smallcode_jupyter.checks.trim import first_few, trim_detail
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_frozen"]

_MOST_FILES = 200
"""That are looked through for dataclasses, the changed ones first."""


def check_frozen(
    changed: Sequence[str],
    *,
    paths: Sequence[str],
    read: Callable[[str], str | None],
    read_before: Callable[[str], str | None],
) -> CheckResult | None:
    """A failure where a changed file assigns to what only frozen dataclasses of the workspace have; else None.

    `read`, `read_before`: files of the workspace now and then. What stood there before is not this change's fault.
    """
    files = [path for path in changed if path.endswith(".py")]
    near = dict.fromkeys([*files, *(path for path in paths if path.endswith(".py"))])
    texts = [read(path) or "" for path in list(near)[:_MOST_FILES]] if files else []
    if not any("frozen" in text for text in texts):
        return None
    owners = _owners(tree for text in texts if (tree := parsed(text)) is not None)
    lines = []
    for path in files:
        known = {ast.unparse(node) for node, _ in _assigned(parsed(read_before(path) or ""))}
        for node, line in _assigned(parsed(read(path) or "")):
            owner = owners.get(node.attr)
            if owner and ast.unparse(node) not in known:
                what, value = ast.unparse(node), ast.unparse(node.value)
                lines.append(
                    f"{path}, line {line}: `{what} = ...` fails, because {owner} is frozen; "
                    f"make a changed copy: dataclasses.replace({value}, {node.attr}=...)"
                )
    if not lines:
        return None
    return CheckResult(
        name="names",
        status="failed",
        target=", ".join(files),
        failed=len(lines),
        detail=trim_detail(first_few(lines)),
        display="\n".join(lines),
    )


def _owners(trees: Iterable[ast.Module]) -> dict[str, str]:
    """Fields that only frozen dataclasses have, each with one of these."""
    frozen: dict[str, str] = {}
    others: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            if _is_frozen(node):
                frozen |= dict.fromkeys(_fields(node), node.name)
            else:
                others |= {*_fields(node), *_stored(node)}
    return {name: owner for name, owner in frozen.items() if name not in others}


def _is_frozen(node: ast.ClassDef) -> bool:
    return any(
        isinstance(one, ast.Call)
        and ast.unparse(one.func).rpartition(".")[2] == "dataclass"
        and any(key.arg == "frozen" and ast.unparse(key.value) == "True" for key in one.keywords)
        for one in node.decorator_list
    )


def _fields(node: ast.ClassDef) -> Iterator[str]:
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            yield one.target.id
        elif isinstance(one, ast.Assign):
            yield from (target.id for target in one.targets if isinstance(target, ast.Name))


def _stored(node: ast.ClassDef) -> Iterator[str]:
    """What its methods bind on themselves."""
    for attribute, _ in _assigned(node):
        if isinstance(attribute.value, ast.Name) and attribute.value.id == "self":
            yield attribute.attr


def _assigned(tree: ast.AST | None) -> Iterator[tuple[ast.Attribute, int]]:
    for node in ast.walk(tree) if tree is not None else ():
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AugAssign | ast.AnnAssign)
            else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute):
                yield target, target.lineno
