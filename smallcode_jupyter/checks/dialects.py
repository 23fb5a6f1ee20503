"""How examples are written in JavaScript, TypeScript, Go and Rust, and what a file in one of them defines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from smallcode_jupyter.checks.languages.ecmascript import SCRIPT_SUFFIXES, without_comments
from smallcode_jupyter.checks.literals import read_at
from smallcode_jupyter.checks.prose import Dialect

__all__ = ["Language", "comment_text", "language_of"]

_STRINGS = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'")
_GENERICS = re.compile(r"(?<=\w)<[\w\s,|\[\]\"]+>(?=\()")
_IDENTIFIER = re.compile(r"(?<![\w$.])(?<!::)[A-Za-z_$][\w$]*")
_REFUSED = re.compile(r"=>|;|(?<![=!<>])=(?!=)|\.\.\.|`|\bfunction\b|\bfunc\b|\|")
_PRINTED = re.compile(r"(?:map)?\[[^\n\"'`]*?\](?=[\s.,;:)]|$)")
"""As Go prints lists and maps: `[{8080 tcp}]`, `map[a:1]`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SCRIPT_WORDS = _words(
    "new await true false null undefined NaN Infinity Map Set Date Array Number String Object Math JSON BigInt RegExp"
    " Error Boolean parseInt parseFloat"
)
_GO_WORDS = _words(
    "true false nil map string int int8 int16 int32 int64 uint uint8 uint32 uint64 float32 float64 bool byte rune error"
    " any interface struct len append make time errors strings"
)
_RUST_WORDS = _words(
    "true false None Some Ok Err String vec Vec Box mut u8 u16 u32 u64 i8 i16 i32 i64 usize isize f32 f64 str from new"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One of them."""

    name: str
    suffixes: tuple[str, ...]
    dialect: Dialect
    defined: Callable[[str], frozenset[str]]
    """The functions, types and constants that a file defines for others to use."""
    comment_line: str
    """Before what a line of a comment says, as a regular expression."""


def _is_simple(words: frozenset[str]) -> Callable[[str, frozenset[str]], bool]:
    """Whether a text is a call with literals: every name in it is known, a key, or a part of something known."""

    def check(code: str, names: frozenset[str]) -> bool:
        plain = _GENERICS.sub("", _STRINGS.sub('""', code))
        if _REFUSED.search(plain):
            return False
        used = set()
        for found in _IDENTIFIER.finditer(plain):
            is_key = re.match(r"\s*:(?!:)", plain[found.end() :]) is not None
            if not is_key:
                used.add(found[0])
        return bool(used & names) and used <= names | words

    return check


def _literal_at(text: str, position: int) -> tuple[str, int] | None:
    found = read_at(text, position)
    if found is None or (found[1] < len(text) and (text[found[1]].isalnum() or text[found[1]] in "_%")):
        return None
    return text[position : found[1]], found[1]


def _go_literal_at(text: str, position: int) -> tuple[str, int] | None:
    """One literal, several with commas between them, or what Go prints of a value."""
    first = _literal_at(text, position)
    if first is None:
        printed = _PRINTED.match(text, position)
        return (printed[0], printed.end()) if printed else None
    end = first[1]
    while (comma := re.compile(r",[ \t]*").match(text, end)) and (more := _literal_at(text, comma.end())):
        end = more[1]
    return text[position:end], end


_SCRIPT_EXPORTS = re.compile(
    r"^export\s+(?:default\s+)?(?:async\s+)?(?:abstract\s+)?(?:function\*?|class|const|let|var|enum)\s+([\w$]+)",
    re.MULTILINE,
)
_SCRIPT_LISTS = re.compile(r"(?:module\.exports\s*=\s*|^export\s*)\{([^{}]*)\}", re.MULTILINE)
_SCRIPT_SINGLE = re.compile(
    r"^(?:module\.)?exports\.([\w$]+)\s*=(?!=)|^module\.exports\s*=\s*([\w$]+)\s*;?\s*$|^export\s+default\s+([\w$]+)\s*;",
    re.MULTILINE,
)
_SCRIPT_PLAIN = re.compile(
    r"^(?:async\s+)?(?:function\*?|class)\s+([\w$]+)|^(?:const|let|var)\s+([\w$]+)\s*=", re.MULTILINE
)


def _script_names(text: str) -> frozenset[str]:
    """What a module exports; of a script without exports, what it defines."""
    plain = without_comments(text)
    names = set(_SCRIPT_EXPORTS.findall(plain))
    for listed in _SCRIPT_LISTS.findall(plain):
        for part in listed.split(","):
            words = re.findall(
                r"[\w$]+", part.rpartition(" as ")[2] if " as " in part else part.partition(":")[0]
            )
            names.update(words[:1])
    names.update(name for found in _SCRIPT_SINGLE.findall(plain) for name in found if name)
    if not names and not re.search(r"^\s*(?:export\b|module\.exports|exports\.)", plain, re.MULTILINE):
        names.update(name for found in _SCRIPT_PLAIN.findall(plain) for name in found if name)
    return frozenset(names) - {"default"}


def _go_names(text: str) -> frozenset[str]:
    found = re.findall(r"^func\s+(\w+)\s*[\[(]|^type\s+(\w+)|^(?:var|const)\s+(\w+)", text, re.MULTILINE)
    return frozenset(name for names in found for name in names if name) - {"main", "init", "_"}


def _rust_names(text: str) -> frozenset[str]:
    outside = re.sub(r"#\[cfg\(test\)\].*", "", text, flags=re.DOTALL)
    found = re.findall(
        r"^(?:pub(?:\([^)]*\))?\s+)?(?:(?:const|async|unsafe)\s+)*(?:fn|struct|enum|const|static)\s+(\w+)",
        outside,
        re.MULTILINE,
    )
    return frozenset(found) - {"main"}


_LANGUAGES = (
    Language(
        name="javascript",
        suffixes=SCRIPT_SUFFIXES,
        dialect=Dialect(
            comment="//",
            before=r"(?:await\s+)?(?:new\s+)?",
            after=r"(?:<[\w\s,|\[\]\"']+>)?",
            error=r"(?:[A-Z]\w*)?(?:Error|Exception)",
            literal_at=_literal_at,
            is_simple=_is_simple(_SCRIPT_WORDS),
        ),
        defined=_script_names,
        comment_line=r"(?:/\*\*?|\*(?!/)|//+)",
    ),
    Language(
        name="go",
        suffixes=(".go",),
        dialect=Dialect(
            comment="//",
            before="",
            after=r"(?:\[[\w, ]+\])?",
            error=r"(?!)",
            literal_at=_go_literal_at,
            is_simple=_is_simple(_GO_WORDS),
        ),
        defined=_go_names,
        comment_line="//+",
    ),
    Language(
        name="rust",
        suffixes=(".rs",),
        dialect=Dialect(
            comment="//",
            before="",
            after=r"(?:::\w+)?",
            error=r"(?!)",
            literal_at=_literal_at,
            is_simple=_is_simple(_RUST_WORDS),
        ),
        defined=_rust_names,
        comment_line="//[/!]?",
    ),
)


def language_of(path: str) -> Language | None:
    """The language of a file with one of the endings; None for others, and for Python."""
    if path.endswith((".d.ts", ".jsx", ".tsx")):
        return None
    return next((language for language in _LANGUAGES if path.endswith(language.suffixes)), None)


def comment_text(language: Language, text: str) -> str:
    """What the comments of a file say, without their marks; other lines are left empty."""
    return "\n".join(_said(language, text))


def _said(language: Language, text: str) -> Iterator[str]:
    mark = re.compile(rf"^\s*{language.comment_line}[ \t]?(.*?)(?:\*/)?\s*$")
    is_block = False
    for line in text.split("\n"):
        stripped = line.strip()
        starts = stripped.startswith("/*")
        found = mark.match(line) if starts or is_block or not stripped.startswith("*") else None
        yield found[1] if found else line.partition("*/")[0] if is_block else ""
        is_block = (is_block or starts) and "*/" not in stripped
