"""Names that are used but bound nowhere: what small models forget to import."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterable, Iterator

from smallcode_jupyter.checks.trim import first_few, trim_detail
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["check_names", "undefined_names"]

_ALWAYS_BOUND = frozenset(dir(builtins)) | {
    "__annotations__",
    "__builtins__",
    "__cached__",
    "__class__",
    "__dict__",
    "__doc__",
    "__file__",
    "__loader__",
    "__module__",
    "__name__",
    "__package__",
    "__path__",
    "__qualname__",
    "__spec__",
    "WindowsError",
    "_",
    "copyright",
    "credits",
    "exit",
    "license",
    "quit",
}
_BINDS_BY_NAME = frozenset({"exec", "globals", "locals", "vars", "builtins", "__builtins__"})
_BINDS_BY_METHOD = frozenset({"global_enum", "_convert_", "_simple_enum"})
_VERSION_WORDS = frozenset({"version_info", "hexversion", "PY2", "PY3", "TYPE_CHECKING"})
_CAUGHT = frozenset({"NameError", "Exception", "BaseException"})


def check_names(path: str, text: str, *, before: str | None) -> CheckResult | None:
    """A failure if the text uses names that are bound nowhere, else None: good names alone prove nothing.

    `before` is the text on disk, or None; what was undefined there already is not this change's fault.
    """
    known = undefined_names(before) if before is not None else {}
    missing = {name: line for name, line in undefined_names(text).items() if name not in known}
    if not missing:
        return None
    lines = text.split("\n")
    faults = [
        f"{path}, line {line}: name {name!r} is not defined or imported: {lines[line - 1].strip()[:160]}"
        for name, line in missing.items()
    ]
    return CheckResult(
        name="names",
        status="failed",
        target=path,
        failed=len(faults),
        detail=trim_detail(first_few(faults)),
        display="\n".join(faults),
    )


def undefined_names(text: str) -> dict[str, int]:
    """Each such name with the line of its first use, in order of lines.

    Empty where the text cannot be parsed, or where it binds names in ways that cannot be seen from outside
    (star imports, `exec`, `globals()`).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
            table = symtable.symtable(text, "<staged>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    if _binds_unseen(tree):
        return {}
    bound = _module_names(table) | _ALWAYS_BOUND
    uses = _certain_uses(tree)
    found: dict[str, int] = {}
    for name, first in _global_uses(table):
        if name in bound:
            continue
        line = min((at for at in uses.get(name, ()) if at >= first), default=None)
        if line is not None:
            found[name] = min(line, found.get(name, line))
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _binds_unseen(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                return True
            case ast.Name(id=name) if name in _BINDS_BY_NAME:
                return True
            case ast.Import(names=names) if any(alias.name == "builtins" for alias in names):
                return True
            case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
                return True
            case ast.Attribute(attr=name) if name in _BINDS_BY_METHOD:
                return True
    return False


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _is_bound_here(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace() or symbol.is_annotated()


def _module_names(table: symtable.SymbolTable) -> set[str]:
    names = {symbol.get_name() for symbol in table.get_symbols() if _is_bound_here(symbol)}
    for scope in _tables(table):
        names |= {
            symbol.get_name()
            for symbol in scope.get_symbols()
            if symbol.is_declared_global() and _is_bound_here(symbol)
        }
    return names


def _global_uses(table: symtable.SymbolTable) -> Iterator[tuple[str, int]]:
    """Names that a scope looks up in the module, with the scope's first line."""
    for scope in _tables(table):
        is_module = scope.get_type() == "module"
        for symbol in scope.get_symbols():
            if is_module:
                is_sought = not _is_bound_here(symbol)
            else:
                # Python 3.11 takes a function called `top` for the module, and its parameters for globals.
                is_sought = symbol.is_global() and not symbol.is_local()
            if symbol.is_referenced() and is_sought:
                yield symbol.get_name(), 0 if is_module else scope.get_lineno()


def _certain_uses(tree: ast.Module) -> dict[str, list[int]]:
    """Lines that load a name when they run, without annotations and without tries that expect it to be missing."""
    skipped = {id(node) for part in _uncertain_parts(tree) for node in ast.walk(part)}
    uses: dict[str, list[int]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in skipped:
            uses.setdefault(node.id, []).append(node.lineno)
    return uses


def _uncertain_parts(tree: ast.Module) -> Iterator[ast.AST]:
    is_lazy = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )
    for node in ast.walk(tree):
        match node:
            case ast.Try(body=body, handlers=handlers) | ast.TryStar(body=body, handlers=handlers):
                if any(_expects_missing_name(handler.type) for handler in handlers):
                    yield from body
            case ast.If(test=test) | ast.IfExp(test=test) if _asks_for_version(test):
                yield node
            case ast.AnnAssign(annotation=annotation):
                yield annotation
            case ast.FunctionDef() | ast.AsyncFunctionDef() if is_lazy:
                yield from _annotations(node)


def _asks_for_version(test: ast.expr) -> bool:
    """Whether a branch may be for a Python that is not this one."""
    return any(
        (isinstance(node, ast.Name) and node.id in _VERSION_WORDS)
        or (isinstance(node, ast.Attribute) and node.attr in _VERSION_WORDS)
        for node in ast.walk(test)
    )


def _expects_missing_name(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    kinds: Iterable[ast.expr] = kind.elts if isinstance(kind, ast.Tuple) else (kind,)
    return any(isinstance(item, ast.Name) and item.id in _CAUGHT for item in kinds)


def _annotations(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    if function.returns is not None:
        yield function.returns
    arguments = function.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    yield from (item.annotation for item in every if item is not None and item.annotation is not None)
