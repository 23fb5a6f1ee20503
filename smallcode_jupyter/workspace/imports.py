"""Imports that a Python file forgot, where there is no doubt what was meant. Small models forget them often."""

from __future__ import annotations

import ast
import builtins
import warnings
from dataclasses import dataclass

__all__ = ["ImportOutcome", "add_missing_imports"]

# fmt: off
_MODULES = frozenset((
    "abc", "argparse", "ast", "asyncio", "base64", "bisect", "collections", "contextlib", "copy", "csv",
    "dataclasses", "decimal", "enum", "fractions", "functools", "glob", "hashlib", "heapq", "html",
    "inspect", "io", "itertools", "json", "logging", "math", "operator", "os", "pathlib", "pickle",
    "random", "re", "shutil", "statistics", "string", "struct", "subprocess", "sys", "tempfile",
    "textwrap", "threading", "time", "traceback", "types", "typing", "unittest", "urllib", "uuid",
    "warnings", "zipfile",
))
# fmt: on
"""Meant where the name is followed by an attribute: `sys.exit`."""
_NAMES = {
    "abc": "ABC abstractmethod",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "contextlib": "contextmanager suppress",
    "dataclasses": "dataclass",
    "decimal": "Decimal",
    "enum": "Enum IntEnum",
    "fractions": "Fraction",
    "functools": "cached_property lru_cache partial reduce total_ordering wraps",
    "itertools": "accumulate chain combinations groupby islice pairwise permutations zip_longest",
    "pathlib": "Path",
    "typing": "Any Callable Dict Generator Iterable Iterator List Mapping NamedTuple Optional Sequence Set Tuple "
    "TypeVar Union",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """The text with its imports, and the lines that were added."""

    text: str
    added: tuple[str, ...] = ()


def add_missing_imports(text: str) -> ImportOutcome:
    """Add imports of the standard library for names that are used and bound nowhere in the file.

    Only where a name can mean one thing; a file that does not parse, or imports with a star, stays as it is.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ImportOutcome(text=text)
    bound = _bound_names(tree)
    if "*" in bound:
        return ImportOutcome(text=text)
    bases = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    loaded = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    missing = loaded - bound - set(dir(builtins))
    lines = [f"import {name}" for name in sorted(missing & bases & _MODULES)]
    homes: dict[str, list[str]] = {}
    for name in sorted(missing & _HOMES.keys()):
        homes.setdefault(_HOMES[name], []).append(name)
    lines += [f"from {module} import {', '.join(names)}" for module, names in sorted(homes.items())]
    if not lines:
        return ImportOutcome(text=text)
    return ImportOutcome(text=_inserted(text, tree, lines), added=tuple(lines))


def _bound_names(tree: ast.Module) -> set[str]:
    """Every name that any scope of the file binds."""
    bound: set[str] = {"__file__", "__name__", "__doc__", "__path__", "__all__"}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.arg(arg=name):
                bound.add(name)
            case ast.alias(name=name, asname=other):
                bound.add(other or name.partition(".")[0])
            case ast.ExceptHandler(name=str(name)):
                bound.add(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                bound |= set(names)
            case (
                ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name))
            ):
                bound.add(name)
    return bound


def _inserted(text: str, tree: ast.Module, lines: list[str]) -> str:
    """Below the last import at the top of the file, else below the docstring, else at the very top."""
    after, is_import = 0, False
    for index, node in enumerate(tree.body):
        is_docstring = index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_docstring and not isinstance(node, ast.Import | ast.ImportFrom):
            break
        after, is_import = node.end_lineno or node.lineno, not is_docstring
    rows = text.splitlines(keepends=True)
    if after == 0:
        while after < len(rows) and rows[after].startswith("#"):
            after += 1
    head = "".join(rows[:after])
    if head and not head.endswith("\n"):
        head += "\n"
    gap = "\n" if after and not is_import and not rows[0].startswith("#!") else ""
    rest = "".join(rows[after:])
    below = "" if is_import or rest.startswith("\n") or not rest else "\n\n"
    return head + gap + "\n".join(lines) + "\n" + below + rest
