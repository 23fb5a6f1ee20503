"""Which file imports which: written imports resolved to files, when they are asked for.

Nothing of this is stored, so a file that comes or goes changes at once what the imports of all others lead to.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.index.facts import Import
from smallcode_jupyter.index.store import FileRow, tail_of
from smallcode_jupyter.index.view import View

__all__ = ["Edge", "importers_of", "imports_of", "resolve"]

_MOST_EDGES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One file imports another."""

    importer: FileRow
    imported: FileRow
    names: tuple[str, ...]
    """What is taken from it; empty where the module itself is bound."""
    line: int


def imports_of(view: View, files: Sequence[FileRow]) -> list[Edge]:
    """What these files import from the workspace."""
    by_id = {row.id: row for row in files}
    return _resolved(view, [(by_id[file], one) for file, one in view.imports_of(list(by_id))])


def importers_of(view: View, files: Sequence[FileRow]) -> list[Edge]:
    """Who imports these files."""
    wanted = {row.id for row in files}
    found = view.imports_from(target for row in files for target in _names_of(view, row))[:_MOST_EDGES]
    rows = {row.id: row for row in view.files(sorted({file for file, _ in found}))}
    edges = _resolved(view, [(rows[file], one) for file, one in found if file in rows])
    return [edge for edge in edges if edge.imported.id in wanted]


def resolve(view: View, importer: FileRow, one: Import) -> list[FileRow]:
    """The files that one import of a file may lead to."""
    return [edge.imported for edge in _resolved(view, [(importer, one)])]


def _names_of(view: View, row: FileRow) -> list[str]:
    """Every way in which an import could name the file, or the folder that it is taken from."""
    module = row.module
    parts = module.split("/")
    names = ["/".join(parts[at:]) for at in range(len(parts))]
    names += ["/".join(parts[at:-1]) for at in range(len(parts) - 1)]
    for package in view.packages:
        inside = _below(package.folder, module)
        if inside is not None:
            names += [f"{package.name}/{inside}".rstrip("/"), package.name]
            source = inside.removeprefix("src").removeprefix("/")
            names += [f"{package.name}/{source}".rstrip("/"), f"{package.name}/{source}".rpartition("/")[0]]
    return names


def _below(folder: str, module: str) -> str | None:
    """The module's path in the folder; None where it is not in it."""
    if not folder:
        return module
    if module == folder:
        return ""
    return module.removeprefix(folder + "/") if module.startswith(folder + "/") else None


def _resolved(view: View, found: Sequence[tuple[FileRow, Import]]) -> list[Edge]:
    """The files that these imports lead to. All are looked up at once."""
    exact: set[str] = set()
    loose: set[str] = set()
    plans = [(importer, one, _plan(view, importer, one)) for importer, one in found]
    for _, one, modules in plans:
        exact |= set(modules)
        if not one.is_exact and not modules:
            loose |= {tail_of(module) for module in _written(one)}
    by_module: dict[str, list[FileRow]] = {}
    for row in view.files_of_module(sorted(exact)):
        by_module.setdefault(row.module, []).append(row)
    candidates = _candidates(view, sorted(loose))
    edges: list[Edge] = []
    for importer, one, modules in plans:
        hits = _of_modules(by_module, modules) if modules else _nearest(candidates, importer, one)
        edges += [
            Edge(importer=importer, imported=row, names=one.names, line=one.line)
            for row in hits
            if row.id != importer.id
        ]
    return edges


def _written(one: Import) -> list[str]:
    """The modules that an import may mean: each name that it takes may be a module, too."""
    base = f"{one.target}/" if one.target else ""
    names = [f"{base}{name}" for name in one.names if name not in ("*", "default")]
    return [*names, one.target] if one.target else names


def _plan(view: View, importer: FileRow, one: Import) -> list[str]:
    """The modules' full paths, where they can be told; empty where any file with a fitting end may be meant."""
    if one.is_exact:
        modules = _written(one)
        if importer.language == "rust":
            modules.append(one.target.rpartition("/")[0])
        return modules
    if importer.language not in ("go", "rust", "javascript", "typescript"):
        return []
    modules = []
    for package in view.packages:
        if one.target != package.name and not one.target.startswith(package.name + "/"):
            continue
        inside = one.target.removeprefix(package.name).removeprefix("/")
        for folder in (package.folder, f"{package.folder}/src".lstrip("/")):
            base = "/".join(part for part in (folder, inside) if part)
            modules += (
                [base] if importer.language == "go" else [base, *(f"{base}/{name}" for name in one.names)]
            )
    return modules or ["\0"] * (importer.language in ("go", "rust"))


def _of_modules(by_module: dict[str, list[FileRow]], modules: Sequence[str]) -> list[FileRow]:
    found = {row.id: row for module in modules for row in by_module.get(module, ())}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Files by the last part of their module, and the folders that are Python packages."""

    by_tail: dict[str, list[FileRow]]
    packages: frozenset[str]


def _candidates(view: View, tails: Sequence[str]) -> _Candidates:
    by_tail: dict[str, list[FileRow]] = {}
    folders: set[str] = set()
    for row in view.files_ending(tails) if tails else ():
        by_tail.setdefault(tail_of(row.module), []).append(row)
        parts = row.path.split("/")
        folders |= {"/".join(parts[:depth]) for depth in range(1, len(parts))}
    found = view.files_at([f"{folder}/__init__.py" for folder in sorted(folders)])
    return _Candidates(by_tail, frozenset(row.module for row in found))


def _nearest(candidates: _Candidates, importer: FileRow, one: Import) -> list[FileRow]:
    """The files whose paths end as it is written; of several those nearest to the importer."""
    hits: dict[int, FileRow] = {}
    for module in _written(one):
        fitting = [
            row
            for row in candidates.by_tail.get(tail_of(module), ())
            if row.language != "text" and _is_importable(row, module, importer, candidates.packages)
        ]
        nearest = max((_shared(row.path, importer.path) for row in fitting), default=0)
        hits |= {row.id: row for row in fitting if _shared(row.path, importer.path) == nearest}
    return list(hits.values())


def _is_importable(row: FileRow, module: str, importer: FileRow, packages: frozenset[str]) -> bool:
    """Whether this name leads to the file: `shop/json.py` in a package is `shop.json`, never `json`."""
    if row.module == module:
        root = ""
    elif row.module.endswith("/" + module):
        root = row.module.removesuffix("/" + module)
    else:
        return False
    if root in packages:
        return False
    return module not in sys.stdlib_module_names or importer.path.rpartition("/")[0] == root


def _shared(path: str, other: str) -> int:
    """How many folders two paths have in common."""
    count = 0
    for mine, theirs in zip(path.split("/")[:-1], other.split("/")[:-1], strict=False):
        if mine != theirs:
            break
        count += 1
    return count
