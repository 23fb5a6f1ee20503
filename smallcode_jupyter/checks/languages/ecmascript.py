"""JavaScript and TypeScript files: which module system they are in, and who imports whom."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from smallcode_jupyter.checks.tree import Tree

__all__ = [
    "SCRIPT_SUFFIXES",
    "TYPED_SUFFIXES",
    "importers",
    "is_module",
    "nearest_package",
    "outside_imports",
    "read_package",
    "without_comments",
]

TYPED_SUFFIXES = (".ts", ".tsx", ".mts", ".cts")
SCRIPT_SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", *TYPED_SUFFIXES)
_TRIED = ("", *SCRIPT_SUFFIXES, *(f"/index{suffix}" for suffix in SCRIPT_SUFFIXES))
_COMPILED = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}
"""What an import may call by the name that it will have once compiled."""
_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/""", re.DOTALL
)
_MOST_READ = 1_500
"""Files that are searched for imports; of a larger workspace only the folders with changes are."""
_IMPORT = re.compile(
    r"""\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"\n]+)['"]|\bimport\s*['"]([^'"\n]+)['"]"""
    r"""|\b(?:require|import)\s*\(\s*['"]([^'"\n]+)['"]\s*\)"""
)
_MODULE_SYNTAX = re.compile(r"^\s*(?:import\b(?!\s*\()|export\b)", re.MULTILINE)


def without_comments(text: str) -> str:
    """The text with each comment as a blank; strings stay."""
    return _COMMENT.sub(lambda found: found[1] or " ", text)


def _imported(text: str) -> tuple[str, ...]:
    """What a text imports, as written there."""
    found = _IMPORT.findall(without_comments(text))
    return tuple(dict.fromkeys(name for names in found for name in names if name))


def outside_imports(text: str) -> tuple[str, ...]:
    """The packages that a text imports, without what comes with Node: `lodash`, `@types/x`."""
    names = [name for name in _imported(text) if not name.startswith((".", "/", "node:", "#"))]
    parts = [name.split("/") for name in names]
    return tuple(dict.fromkeys("/".join(part[: 2 if part[0].startswith("@") else 1]) for part in parts))


def importers(tree: Tree, changed: Iterable[str]) -> frozenset[str]:
    """The changed files and all that import one of them, however indirectly."""
    sources = tree.of_kind(SCRIPT_SUFFIXES)
    found = set(changed)
    known = frozenset(sources) | found
    if len(sources) > _MOST_READ:
        folders = {posixpath.dirname(path) for path in found}
        sources = tuple(path for path in sources if posixpath.dirname(path) in folders)
    imports = {path: _resolved(path, tree.text(path), known) for path in sources}
    fresh = set(found)
    while fresh:
        fresh = {path for path, targets in imports.items() if targets & fresh} - found
        found |= fresh
    return frozenset(found)


def _resolved(path: str, text: str, known: frozenset[str]) -> frozenset[str]:
    """The files among `known` that a file imports."""
    folder = posixpath.dirname(path)
    found = set()
    for name in _imported(text):
        if not name.startswith("."):
            continue
        target = posixpath.normpath(posixpath.join(folder, name))
        stem, suffix = posixpath.splitext(target)
        tried = [target + ending for ending in _TRIED]
        tried += [stem + ending for ending in _COMPILED.get(suffix, ())]
        found.update([one for one in tried if one in known][:1])
    return frozenset(found)


def read_package(text: str) -> Mapping[str, object]:
    """A package.json as an object; empty where it is not one."""
    try:
        package = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}


def nearest_package(tree: Tree, path: str) -> Mapping[str, object]:
    """The package.json that Node would go by for a file; empty where there is none."""
    found = tree.nearest(path, "package.json")
    return read_package(tree.text(found)) if found else {}


def is_module(path: str, text: str, package: Callable[[], Mapping[str, object]]) -> bool:
    """Whether Node takes the file for an ES module; `package` gives the package.json nearest to it."""
    suffix = PurePosixPath(path).suffix
    if suffix in (".mjs", ".mts"):
        return True
    if suffix in (".cjs", ".cts"):
        return False
    kind = package().get("type")
    if kind in ("module", "commonjs"):
        return kind == "module"
    return bool(_MODULE_SYNTAX.search(without_comments(text)))
