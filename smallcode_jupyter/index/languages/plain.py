"""Text without a grammar: its headings, where it has any."""

from __future__ import annotations

import re
import tomllib

from smallcode_jupyter.index.facts import FileFacts, Symbol, shortened

__all__ = ["extract", "extract_package"]

_HEADING = re.compile(r"^(#{1,4})[ \t]+(\S[^\n]*?)[ \t#]*$", re.MULTILINE)
_PACKAGE = re.compile(r'"name"\s*:\s*"([^"\n]+)"')
_MOST = 200


def extract(path: str, text: str) -> FileFacts:
    """The headings of Markdown; of other text nothing but its length."""
    symbols: list[Symbol] = []
    if path.endswith((".md", ".markdown")):
        for found in _HEADING.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            symbols.append(Symbol(name=shortened(found[2], 80), kind="heading", line=line, end=line))
    return FileFacts(language="text", symbols=tuple(symbols[:_MOST]), lines=text.count("\n") + 1)


def extract_package(path: str, text: str) -> FileFacts:
    """The name of the package that a `package.json` or `Cargo.toml` declares: by it others import the folder."""
    name = ""
    if path.endswith(".json"):
        found = _PACKAGE.search(text)
        name = found[1] if found else ""
    else:
        try:
            package = tomllib.loads(text).get("package")
        except (tomllib.TOMLDecodeError, ValueError, RecursionError):
            package = None
        given = package.get("name") if isinstance(package, dict) else None
        name = given.replace("-", "_") if isinstance(given, str) else ""
    symbols = (Symbol(name=name, kind="module", line=1, end=1),) if name else ()
    return FileFacts(language="text", symbols=symbols, lines=text.count("\n") + 1)
