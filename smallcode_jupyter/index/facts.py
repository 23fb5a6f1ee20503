"""What is known of one file: the values that extractors make and the store keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["FileFacts", "Import", "Symbol", "SymbolKind", "is_test_path", "module_of", "shortened"]

SymbolKind = Literal[
    "function", "method", "class", "interface", "type", "constant", "variable", "field", "module", "heading",
    "id", "selector", "impl",
]  # fmt: skip
_SIGNATURE = 240
_TEST = re.compile(
    r"(?:^|/)(?:test_[^/]*\.(?:py|[cm]?[jt]sx?)|[^/]*_test\.(?:py|go)|[^/]*\.(?:test|spec)\.[cm]?[jt]sx?)$"
    r"|(?:^|/)(?:tests|__tests__)/(?:[^/]+/)*(?!__init__\.py$|conftest\.py$)[^/]+\.(?:py|rs|[cm]?[jt]sx?)$"
)
_MODULE_SUFFIXES = re.compile(r"\.(?:pyi?|ipynb|d\.ts|[cm]?[jt]sx?|rs)$")
_FOLDER_MODULES = frozenset({"__init__", "index", "mod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """One thing that a file defines."""

    name: str
    kind: SymbolKind
    line: int
    """Its first line, from 1; in a notebook counted through the code cells' sources."""
    end: int
    """Its last line."""
    owner: str = ""
    """The class, type or block that it is a member of, dotted; empty at the top level."""
    signature: str = ""
    """As it is written, without its body, on one line."""
    doc: str = ""
    """The first sentence of what is said about it."""
    calls: tuple[str, ...] = ()
    """Names that are called in it, each once, as written last: `rate` for `table.rate()`."""
    bases: tuple[str, ...] = ()
    """Names of what it extends or implements."""

    @property
    def qualified(self) -> str:
        """With its owner: `RateTable.rate`."""
        return f"{self.owner}.{self.name}" if self.owner else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One place where a file uses another."""

    target: str
    """The module's path with `/`, without suffix: from the root where `is_exact`, else the end of one."""
    names: tuple[str, ...] = ()
    """What is taken from it; `*` for all; empty where the module itself is bound."""
    is_exact: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """All that is known of one file."""

    language: str
    symbols: tuple[Symbol, ...] = ()
    imports: tuple[Import, ...] = ()
    lines: int = 0
    note: str = ""
    """Why less is known than could be: `does not parse`; empty where all is."""


def is_test_path(path: str) -> bool:
    """Whether a file of this name holds tests."""
    return _TEST.search(path) is not None


def module_of(path: str) -> str:
    """The name under which others import the file: its path without suffix, the folder for what stands for one.

    A Go file is a part of its folder; a file of another kind is imported by its whole path.
    """
    folder, _, name = path.rpartition("/")
    if path.endswith(".go"):
        return folder
    stem = _MODULE_SUFFIXES.sub("", name)
    if stem == name:
        return path
    if stem in _FOLDER_MODULES and folder:
        return folder
    if path.endswith("src/lib.rs") or path.endswith("src/main.rs"):
        return folder
    return f"{folder}/{stem}" if folder else stem


def shortened(text: str, limit: int = _SIGNATURE) -> str:
    """On one line, with single blanks, and cut with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
