"""Whole functions and classes put into a Python file, the rest of which stays byte for byte."""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.workspace.definitions import (
    DEFINITIONS,
    GUARD,
    Source,
    before,
    key_of,
    name_of,
    parse_source,
    split_statements,
    unit_of,
    units_of,
)
from smallcode_jupyter.workspace.docstrings import with_docstrings
from smallcode_jupyter.workspace.mends import Mend
from smallcode_jupyter.workspace.splice import Splice, aliases_of, lacks_methods, loose_of, target_of
from smallcode_jupyter.workspace.trials import left_out

__all__ = ["MergeOutcome", "merge_definitions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOutcome:
    """What came of a merge. Exactly one of `text` and `problem` is set."""

    text: str | None = None
    """The whole new file; None where nothing was changed."""
    problem: Problem | None = None
    replaced: tuple[str, ...] = ()
    """Names that became different, members as `Class.name`."""
    added: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()
    """Small faults of the new code that were mended."""


def merge_definitions(old: str, new: str, *, keeps_statements: bool = False) -> MergeOutcome:
    """Put the functions, classes, assignments and imports of `new` into the Python file `old`.

    A name that `old` has is replaced, another one added; a class that misses old methods is merged member by member.
    Other statements of `new` are left out, unless it is plainly the whole file, or `keeps_statements` says that they
    are asked for: then they come at the end. Never raises.
    """
    fresh = parse_source(new) or parse_source(textwrap.dedent(new))
    if fresh is None:
        return MergeOutcome(problem=_syntax_problem(new))
    if not fresh[1].body:
        return _refuse("no_definitions", "The new code is empty.")
    known = parse_source(old)
    if known is None:
        return _result(old, "".join(fresh[0]), (), [unit.name for unit in units_of(*fresh)])
    fresh = split_statements(fresh)
    wanted = {unit.key for unit in units_of(*fresh)}
    if not aliases_of(fresh[1]) and not wanted - ({GUARD} - {unit.key for unit in units_of(*known)}):
        return _refuse("no_definitions", "The new code has no function or class.")
    seen = {ast.dump(node) for node in ast.walk(known[1])}
    touched = {key_of(node) for node in ast.walk(fresh[1]) if ast.dump(node) not in seen} - {""}
    known = split_statements(known, touched)
    if _is_whole(known[1], fresh[1]):
        return _whole(old, known, fresh)
    known = _opened(known, fresh)
    splice = Splice(known, fresh)
    splice.merge()
    text = "".join(splice.lines())
    if not old.endswith("\n") and not splice.is_longer:
        text = text.removesuffix("\n")
    if not keeps_statements:
        return _result(old, text, splice.replaced, splice.added, [left_out(node) for node in splice.left_out])
    units = [unit_of(fresh[0], node) for node in splice.left_out]
    last = "".join("".join(fresh[0][unit.above : unit.end]) for unit in units)
    return _result(old, f"{text.rstrip()}\n\n\n{last}" if last else text, splice.replaced, splice.added)


def _syntax_problem(text: str) -> Problem:
    what, why = "The new code is not valid Python.", ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        what = f"Line {error.lineno or 1} of the new code is not valid Python: {error.msg}."
        line = (error.text or "").strip()
        why = f"The line is `{line[:100]}`." if line else ""
    except (ValueError, RecursionError, MemoryError) as error:
        why = f"{error}."
    hint = "Write each function or class again, whole and correctly indented."
    return Problem(code="syntax_error", what=what, why=why, hint=hint)


def _refuse(code: str, what: str) -> MergeOutcome:
    hint = "Write each function or class to change, whole."
    return MergeOutcome(problem=Problem(code=code, what=what, hint=hint))


def _result(
    old: str, text: str, replaced: Iterable[str], added: Iterable[str], mends: Iterable[Mend] = ()
) -> MergeOutcome:
    text, restored = with_docstrings(old, text)
    if text == old:
        return _refuse("no_change", "The new code is the same as what the file already has.")
    names = tuple(dict.fromkeys(replaced)), tuple(dict.fromkeys(added))
    return MergeOutcome(text=text, replaced=names[0], added=names[1], mends=(*mends, *restored))


def _is_whole(old: ast.Module, new: ast.Module) -> bool:
    """Whether nothing of the old file would be missing if the new text took its place."""
    has = {name_of(node): node for node in new.body}
    for node in old.body:
        there = has.get(name_of(node))
        if name_of(node) and there is None:
            return False
        if isinstance(node, ast.ClassDef) and isinstance(there, ast.ClassDef) and lacks_methods(node, there):
            return False
    loose = loose_of(old), loose_of(new)
    any_definition = any(isinstance(node, DEFINITIONS) for node in old.body)
    return any_definition and len(loose[0]) <= len(loose[1]) and bool(loose[0]) == bool(loose[1])


def _whole(old: str, known: Source, fresh: Source) -> MergeOutcome:
    """The new text, with what it left out above the definitions."""
    before_names = {unit.key: ast.dump(unit.node) for unit in units_of(*known)}
    units = units_of(*fresh)
    lines = list(fresh[0])
    first = known[1].body[0]
    if ast.get_docstring(known[1]) is not None and ast.get_docstring(fresh[1]) is None:
        lines = [*known[0][: first.end_lineno], "\n", *lines]
    elif not lines[0].startswith("#"):
        count = next(at for at, line in enumerate(known[0]) if not line.startswith("#"))
        lines = [*known[0][:count], *(["\n"] if count and not known[0][count].strip() else []), *lines]
    splice = Splice(parse_source("".join(lines)) or fresh, known)
    splice.add_imports()
    changed = [unit for unit in units if before_names.get(unit.key) != ast.dump(unit.node)]
    return _result(
        old,
        "".join(splice.lines()),
        [unit.name for unit in changed if unit.key in before_names],
        [unit.name for unit in changed if unit.key not in before_names],
    )


def _opened(known: Source, fresh: Source) -> Source:
    """With a class of one line, such as `class A: pass`, opened up where a method goes into it."""
    lines, old = known[0], units_of(*known)
    for owner in [target_of(unit, old) for unit in units_of(*fresh)]:
        if owner is None or not isinstance(owner.node, ast.ClassDef):
            continue
        body = owner.node.body[0]
        lead = before(lines, body)
        if lead.strip():
            lines[body.lineno - 1] = f"{lead.rstrip()}\n    {lines[body.lineno - 1][len(lead) :]}"
            return parse_source("".join(lines)) or known
    return known
