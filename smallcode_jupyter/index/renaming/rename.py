"""Renaming by name: finding what is meant, and having it done by what knows the language."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Sequence

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.facts import Symbol, module_of
from smallcode_jupyter.index.renaming.calls import callee_of
from smallcode_jupyter.index.renaming.edits import Renames
from smallcode_jupyter.index.renaming.files import Project, PythonFile, refused
from smallcode_jupyter.index.renaming.go_names import rename_go
from smallcode_jupyter.index.renaming.members import rename_member
from smallcode_jupyter.index.renaming.module_names import rename_module_name
from smallcode_jupyter.index.renaming.outcome import Transformation, sites_of
from smallcode_jupyter.index.renaming.parameters import parameters_of, rename_parameter
from smallcode_jupyter.index.renaming.script_names import rename_script
from smallcode_jupyter.index.renaming.tokens import Target
from smallcode_jupyter.index.renaming.types import ClassRef, Types
from smallcode_jupyter.index.store import tail_of
from smallcode_jupyter.index.view import View
from smallcode_jupyter.protocol.errors import NotFound, WorkspaceError
from smallcode_jupyter.workspace.grammar import language_of

__all__ = ["find_function", "find_target", "rename"]

_SHOWN = 6
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*\Z")


def rename(index: CodeIndex, name: str, new_name: str, *, path: str = "") -> Transformation:
    """What renaming a function, class, method, attribute, variable or parameter changes, everywhere.

    `name` is written with its owner where it has one: `normal_reg`, `Vehicle.reg`, `FuelLog.fill.reg` for a parameter;
    `path` tells namesakes apart. The index must be up to date. Raises NotFound, or WorkspaceError, which says what
    stands in the way, where it cannot be done exactly.
    """
    old = name.rpartition(".")[2]
    _refuse_names(name, old, new_name)
    with index.view() as view:
        project = Project(index, view, old)
        for other in project.mentions(old):
            if other.endswith(".ipynb"):
                raise refused(old, f"{other} has the name in it, and notebooks are not renamed in.")
        target = find_target(index, name, path)
        if target is None:
            changes, what = _parameter(index, project, name, new_name, path)
        elif not target[0].endswith((".py", ".pyi")):
            return _by_tokens(index, view, Target(path=target[0], symbol=target[1], new=new_name))
        else:
            changes, what = _python(project, *target, new_name)
        return _transformation(index, project, changes, what=what, old=old)


def _by_tokens(index: CodeIndex, view: View, target: Target) -> Transformation:
    if target.path.endswith(".go"):
        return rename_go(index, view, target)
    if language_of(target.path) in ("javascript", "typescript", "tsx"):
        return rename_script(index, view, target)
    raise refused(target.old, f"{target.path} is in a language in which places cannot be proved.")


def _refuse_names(name: str, old: str, new: str) -> None:
    if not _NAME.match(name):
        raise WorkspaceError(
            f"`{name[:80]}` is no name.", hint="Write `name`, `Class.member` or `function.parameter`."
        )
    if not new.isidentifier() or keyword.iskeyword(new):
        raise WorkspaceError(f"`{new[:80]}` cannot be a name.", hint="Use letters, digits and `_`.")
    if old == new:
        raise WorkspaceError(f"It is called `{old}` already.", hint="Give another new name.")
    if old.startswith("__"):
        raise refused(old, "Names that begin with two underscores have a meaning of their own.")


def find_target(index: CodeIndex, name: str, path: str) -> tuple[str, Symbol] | None:
    """The one definition that a name means; None where there is none. Raises WorkspaceError where there are several."""
    module, _, inner = name.partition(".")
    found = [one for one in index.definitions(name) if not path or one[0] == path]
    if not found and inner:  # `rates.convert`, as code that imports the module writes it
        found = [one for one in index.definitions(inner) if tail_of(module_of(one[0])) == module]
    found = [one for one in found if one[1].kind not in ("id", "selector", "heading", "module", "impl")]
    if "." not in name and any(not one.owner for _, one in found):
        found = [one for one in found if not one[1].owner]
    places = {(where, one.owner): (where, one) for where, one in reversed(found)}
    if len(places) > 1:
        listed = ", ".join(f"{one.qualified} in {where}:{one.line}" for where, one in found[:_SHOWN])
        raise WorkspaceError(
            f"`{name}` may mean several things.",
            why=f"There are: {listed}.",
            hint="Write it with its owner, such as `Class.name`, or name the file, too.",
        )
    return next(iter(places.values())) if places else None


def find_function(
    index: CodeIndex, project: Project, name: str, path: str
) -> tuple[PythonFile, ast.FunctionDef | ast.AsyncFunctionDef]:
    """The Python function or method of this name. Raises NotFound, WorkspaceError."""
    target = find_target(index, name, path)
    if target is None:
        raise _not_found(index, name)
    where, symbol = target
    if not where.endswith((".py", ".pyi")):
        raise refused(name, f"It is defined in {where}: this can be done in Python only.")
    file = project.file(project.view.files_at([where])[0])
    for node in ast.walk(file.tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if node.name == symbol.name and node.lineno == symbol.line:
            return file, node
    raise refused(name, f"It is no function in {where}.")


def _not_found(index: CodeIndex, name: str) -> NotFound:
    near = ", ".join(f"{one.qualified} in {where}" for where, one in index.similar(name, limit=_SHOWN))
    hint = f"There are: {near}." if near else "Search for it first."
    return NotFound(f"Nothing here defines `{name}`.", hint=hint)


def _parameter(
    index: CodeIndex, project: Project, name: str, new: str, path: str
) -> tuple[list[Renames], str]:
    owner, _, old = name.rpartition(".")
    if not owner or find_target(index, owner, path) is None:
        raise _not_found(index, name)
    file, function = find_function(index, project, owner, path)
    if old not in {one.arg for one in parameters_of(function)}:
        raise NotFound(f"`{owner}` has no parameter `{old}`.", hint=f"It is: {ast.unparse(function.args)}.")
    callee = callee_of(project, Types(project), file, function)
    return rename_parameter(project, callee, old, new), f"parameter {name} of {file.path}"


def _python(project: Project, path: str, symbol: Symbol, new: str) -> tuple[list[Renames], str]:
    what = f"{symbol.kind} {symbol.qualified} of {path}"
    file = project.file(project.view.files_at([path])[0])
    if not symbol.owner:
        if hasattr(builtins, new):
            raise refused(symbol.name, f"`{new}` is a name of Python itself.")
        return rename_module_name(project, file, symbol.name, new), what
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ClassDef) and _qualified(file, node) == symbol.owner:
            return rename_member(project, Types(project), ClassRef(file, node), symbol.name, new), what
    raise refused(symbol.name, f"{path} does not parse.")


def _qualified(file: PythonFile, node: ast.ClassDef) -> str:
    names = [node.name]
    at = file.parents.get(node)
    while at is not None:
        if isinstance(at, ast.ClassDef):
            names.insert(0, at.name)
        at = file.parents.get(at)
    return ".".join(names)


def _transformation(
    index: CodeIndex, project: Project, changes: Sequence[Renames], *, what: str, old: str
) -> Transformation:
    texts = {one.file.path: one.text() for one in changes}
    sites = [site for path, text in sorted(texts.items()) for site in sites_of(path, index.text(path), text)]
    return Transformation(
        what=what, texts=texts, sites=tuple(sites), notes=tuple(left_notes(index, project, texts, old))
    )


def left_notes(index: CodeIndex, project: Project, texts: dict[str, str], old: str) -> list[str]:
    """Where the old name still stands: in strings, comments, other files, or as the name of something else."""
    word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
    paths = [*(file.path for file in project.using(old)), *project.mentions(old)]
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(texts.get(path, index.text(path)).split("\n"), 1)
        if word.search(line)
    ]
    more = [f"and {len(found) - _SHOWN} more lines"] if len(found) > _SHOWN else []
    return [*found[:_SHOWN], *more]
