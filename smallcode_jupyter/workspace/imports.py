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
    "bisect": "bisect_left bisect_right insort",
    "collections": "Counter OrderedDict defaultdict deque namedtuple",
    "contextlib": "contextmanager suppress",
    "copy": "deepcopy",
    "dataclasses": "asdict dataclass field",
    "datetime": "timedelta timezone",
    "decimal": "Decimal",
    "enum": "Enum IntEnum StrEnum auto",
    "fractions": "Fraction",
    "functools": "cache cached_property cmp_to_key lru_cache partial reduce total_ordering wraps",
    "heapq": "heapify heappop heappush nlargest nsmallest",
    "io": "BytesIO StringIO",
    "itertools": "accumulate chain combinations groupby islice pairwise permutations product zip_longest",
    "math": "ceil floor gcd isclose sqrt",
    "pathlib": "Path",
    "typing": "Any Callable Dict Generator Iterable Iterator List Literal Mapping NamedTuple Optional Protocol "
    "Sequence Set Tuple TypeVar TypedDict Union",
    "urllib.parse": "parse_qs quote unquote urlencode urljoin urlparse",
}
_DATETIME = frozenset(("combine", "fromisoformat", "fromtimestamp", "now", "strptime", "today", "utcnow"))
"""What is asked of the classes `date` and `datetime`, never of the module."""
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
    asked: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            asked.setdefault(node.value.id, set()).add(node.attr)
    loaded = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    missing = loaded - bound - set(dir(builtins))
    lines = [f"import {name}" for name in sorted(missing & asked.keys() & _MODULES)]
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    dates = {name for name in ("date", "datetime") if name in called or asked.get(name, set()) & _DATETIME}
    lines += ["import datetime"] if "datetime" in missing & asked.keys() - dates else []
    homes: dict[str, list[str]] = {}
    for name in sorted(missing & (_HOMES.keys() | dates)):
        homes.setdefault(_HOMES.get(name, "datetime"), []).append(name)
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
