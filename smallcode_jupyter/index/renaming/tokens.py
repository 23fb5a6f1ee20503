"""Renaming in languages that are known by their syntax trees alone: where a name can only mean one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.index.facts import Symbol
from smallcode_jupyter.index.renaming.files import refused
from smallcode_jupyter.index.renaming.outcome import Transformation, sites_of
from smallcode_jupyter.index.store import FileRow
from smallcode_jupyter.index.view import View
from smallcode_jupyter.workspace.grammar import Edit, Source, edited, language_of, read_source, walk

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Target", "Token", "TokenFile", "rename_tokens", "tokens_of"]

_MOST_FILES = 2_000
_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be renamed."""

    path: str
    symbol: Symbol
    new: str

    @property
    def old(self) -> str:
        return self.symbol.name

    @property
    def is_member(self) -> bool:
        return bool(self.symbol.owner)


@dataclass(frozen=True, slots=True)
class Token:
    """A place where the name stands as an identifier."""

    file: TokenFile
    node: Node

    @property
    def at(self) -> str:
        """`path:line`, for messages."""
        return f"{self.file.row.path}:{self.node.start_point[0] + 1}"


@dataclass(frozen=True, slots=True)
class TokenFile:
    """A parsed file."""

    row: FileRow
    source: Source


Decide = Callable[[Token], str | None]
"""What stands in a token's place afterwards; None where it stays. Raises WorkspaceError where that is not sure."""


def tokens_of(file: TokenFile, name: str) -> Iterator[Token]:
    """The identifiers of this name in a file."""
    data = name.encode()
    for node in walk(file.source.root):
        if not node.child_count and "identifier" in node.type and node.text == data:
            yield Token(file, node)


def rename_tokens(
    index: CodeIndex,
    view: View,
    target: Target,
    *,
    languages: frozenset[str],
    plan: Callable[[list[TokenFile], list[Token]], Decide],
) -> Transformation:
    """Rename in all files of these languages as the plan decides. Raises WorkspaceError where it is not exact."""
    word = re.compile(rf"(?<!\w){re.escape(target.old)}(?!\w)")
    rows = sorted(
        view.files(view.files_using(target.old.lstrip("#"), limit=_MOST_FILES)), key=lambda row: row.path
    )
    rows = [row for row in rows if word.search(index.text(row.path))]
    for row in rows:
        if row.language == "html" and languages & {"javascript"}:
            raise refused(target.old, f"{row.path} has the name in it, and pages are not renamed in.")
    files = [_parsed(index, row, target.old) for row in rows if row.language in languages]
    tokens = [token for file in files for token in tokens_of(file, target.old)]
    decide = plan(files, tokens)
    texts: dict[str, str] = {}
    for file in files:
        edits: list[Edit] = [
            (token.node.start_byte, token.node.end_byte, after)
            for token in tokens
            if token.file is file and (after := decide(token)) is not None
        ]
        if not edits:
            continue
        for taken in tokens_of(file, target.new):
            raise refused(target.old, f"{taken.at} already has a name `{target.new}`.")
        texts[file.row.path] = edited(file.source.data, edits)
    sites = [site for path, text in sorted(texts.items()) for site in sites_of(path, index.text(path), text)]
    left = [
        f"{row.path}:{number}: {line.strip()[:100]}"
        for row in rows
        for number, line in enumerate(texts.get(row.path, index.text(row.path)).split("\n"), 1)
        if word.search(line)
    ]
    more = [f"and {len(left) - _SHOWN} more lines"] if len(left) > _SHOWN else []
    return Transformation(
        what=f"{target.symbol.kind} {target.symbol.qualified} of {target.path}",
        texts=texts,
        sites=tuple(sites),
        notes=(*left[:_SHOWN], *more),
    )


def _parsed(index: CodeIndex, row: FileRow, name: str) -> TokenFile:
    language = language_of(row.path)
    if language is None:
        raise refused(name, f"{row.path} has the name in it and cannot be parsed.")
    source = read_source(index.text(row.path), language)
    if source.has_error:
        raise refused(name, f"{row.path} has the name in it and syntax errors.", hint="Mend that file first.")
    return TokenFile(row, source)
