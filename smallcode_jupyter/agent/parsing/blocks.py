"""Fenced blocks as files: where each says it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from smallcode_jupyter.agent.parsing.fences import Fence
from smallcode_jupyter.agent.parsing.languages import (
    COMMENTS,
    OUTPUT,
    SHELL,
    as_path,
    language_of,
    language_of_path,
)
from smallcode_jupyter.agent.parsing.parsed import Expectation
from smallcode_jupyter.agent.parsing.repair import read_json_at

__all__ = ["FileBlock", "file_blocks", "has_markers", "heading_path", "info_path"]

_INFO_KEY = re.compile(r"""\b(?:title|path|file|filename|name)\s*[=:]\s*("[^"\n]*"|'[^'\n]*'|[^\s,}]+)""")
_LABEL = re.compile(
    r"(?:(?:new |updated |modified |complete )?(?:file|filename|file ?name|path|file ?path)(?: \d{1,2})?\s*[:=]\s*"
    r"|(?:create|update|edit|modify|save as|in)\s+(?=[`*]))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|[-*+])\s+")
_TAIL = re.compile(
    r"\s{0,4}(?:\((?:new|updated|modified|created|new file|unchanged|full|complete)[^)\n]{0,20}\))?\s{0,4}:?\s{0,4}\Z",
    re.I,
)
_QUOTED = re.compile(r"`([^`\s]{1,200})`|\*\*([^*\s]{1,200})\*\*")
_ABOUT_USE = re.compile(
    r"\b(?:us(?:e|es|ing|age)|example|runs?|running|tests? (?:it|the)|outputs?|prints?|imports?|call(?:s|ing)?|"
    r"install|execut\w+)\b",
    re.IGNORECASE,
)
_MARKS = ("#", "//", "/*", "<!--", "--", ";", "%", '"""')
_ENDS = ("*/", "-->", '"""')
_MARKER = re.compile(
    r"^[ \t]{0,8}(?:<{5,9}|>{5,9})(?: ?(?:SEARCH|REPLACE|ORIGINAL|UPDATED)\b[^\n]{0,200})?[ \t]{0,20}$", re.M
)
_MOST_SPLITS = 50
_SPLIT = re.compile(r"^(?:#|//) ?([^\s]{1,200})[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBlock:
    """A fenced block that may be a file."""

    fence: Fence
    start: int
    """Offset in the text from which on it is the block's: the line with its path, or its fence."""
    language: str
    content: str
    """Without a first line that only names the path."""
    lead: str
    """The line of text before it."""
    path: str | None = None
    """Where the model says it goes; None where it does not."""
    repair: str = ""
    """How it was read where that was not plain to see: `path-in-sentence`, `split-block`, `echoed-json`."""


def file_blocks(text: str, fences: tuple[Fence, ...], expectation: Expectation) -> list[FileBlock]:
    """Every block that is not empty, with its path if it has one; diffs and search-and-replace blocks are no files."""
    blocks: list[FileBlock] = []
    position = 0
    for fence in fences:
        between = text[max(position, fence.start - 1_000) : fence.start]
        position = fence.end
        is_diff = fence.info.partition(" ")[0].lower() in ("diff", "patch", "udiff")
        if fence.content.strip() and not is_diff and not has_markers(fence.content):
            blocks += _located(fence, between, expectation)
    return blocks


def _located(fence: Fence, between: str, expectation: Expectation) -> list[FileBlock]:
    lead, lead_length = _last_line(between)
    tag = re.split(r"[\s:,{}=]+", fence.info.strip("{ "), maxsplit=1)[0]
    language = language_of(tag)
    block = FileBlock(fence=fence, start=fence.start, language=language, content=fence.content, lead=lead)
    path = info_path(fence.info, expectation)
    if path is not None:
        known = language if language in (SHELL, OUTPUT) else language_of_path(path)
        return [_without_comment(replace(block, path=path, language=known), expectation)]
    path, repair = heading_path(lead, expectation)
    if path is not None and _may_be(path, language, is_sentence=bool(repair)):
        placed = replace(block, path=path, repair=repair, start=fence.start - (0 if repair else lead_length))
        return [_without_comment(placed, expectation)]
    code = _after_json(fence.content) if language == "json" else None
    if code is not None:
        return [replace(block, language="", content=code, repair="echoed-json")]
    return _split(block, expectation)


def _after_json(content: str) -> str | None:
    """The code in a block called JSON that follows some JSON: a model repeats one file before it writes another."""
    start = len(content) - len(content.lstrip())
    exact = read_json_at(content, start)
    rest = content[exact.end :] if exact is not None else ""
    is_code = rest.startswith("\n\n") and rest.strip()[:1] not in ("", "{", "[", '"')
    return rest.lstrip("\n") if is_code else None


def _last_line(between: str) -> tuple[str, int]:
    """The last line with text, at most one empty line before the fence, and how many characters back it begins."""
    trimmed = between.rstrip()
    if between[len(trimmed) :].count("\n") > 2:
        return "", 0
    line = trimmed.rpartition("\n")[2]
    return line.strip(), len(between) - len(trimmed) + len(line)


def info_path(info: str, expectation: Expectation) -> str | None:
    """The path that follows a fence's marker, as a word, after a colon, or as an attribute; None if there is none."""
    keyed = _INFO_KEY.search(info)
    if keyed:
        value = keyed[1].strip("\"'")
        return as_path(value, expectation) or (value if " " in value and language_of_path(value) else None)
    words = info.strip("{}").split()
    for word in words[:4]:
        path = as_path(word, expectation)
        if path is None and ":" in word:
            path = as_path(word.partition(":")[2], expectation)
        if path is not None:
            return path
    return None


def heading_path(line: str, expectation: Expectation) -> tuple[str | None, str]:
    """The path that a line of its own gives, plainly or in a sentence that announces it, and the repair's name."""
    if not line or len(line) > 300:
        return None, ""
    words = _NUMBER.sub("", line.strip().lstrip("#>").strip().strip("* "), count=1).strip("* ")
    words = _LABEL.sub("", words, count=1) if _LABEL.match(words) else words
    words = _TAIL.sub("", words.rstrip("* :")) or words
    path = as_path(words.strip("* :"), expectation)
    if path is not None:
        return path, ""
    if not line.rstrip().endswith(":") or _ABOUT_USE.search(line):
        return None, ""
    found = {path for match in _QUOTED.finditer(line) if (path := as_path(match[1] or match[2], expectation))}
    return (found.pop(), "path-in-sentence") if len(found) == 1 else (None, "")


def _may_be(path: str, language: str, *, is_sentence: bool) -> bool:
    """Whether a block of this language can be that file: shell and output blocks only where the path says so."""
    wanted = language_of_path(path)
    if is_sentence:
        return language in ("", wanted)
    if language == SHELL:
        return wanted in (SHELL, "make", "docker", "ini")
    if language == OUTPUT:
        return wanted in ("text", "csv", "markdown")
    return True


def _heads(content: str, start: int, path: str, expectation: Expectation) -> list[tuple[int, int, str]]:
    """Comment lines after an empty line that are nothing but another file's path."""
    heads: list[tuple[int, int, str]] = []
    for found in islice(_SPLIT.finditer(content, start), _MOST_SPLITS):
        other = as_path(found[1], expectation)
        if other and other != path and content.startswith("\n\n", found.start() - 2):
            heads.append((found.start(), found.end(), other))
    return heads


def has_markers(content: str) -> bool:
    """Whether these are search-and-replace blocks rather than a file."""
    return _MARKER.search(content) is not None


def _without_comment(block: FileBlock, expectation: Expectation) -> FileBlock:
    """The block without a first line that repeats the path."""
    path, length = _comment_path(block.content, block.path or "", expectation)
    same = path is not None and block.path is not None and path.split("/")[-1] == block.path.split("/")[-1]
    return replace(block, content=block.content[length:].lstrip("\n")) if same and length else block


def _comment_path(content: str, path: str, expectation: Expectation) -> tuple[str | None, int]:
    """The path in the first line's comment, and the length of that line if it says nothing else, else 0.

    A known path needs no comment mark: small models write it bare where it belongs after the language.
    """
    line = content[:400].partition("\n")[0]
    mark = next((mark for mark in _MARKS if line.lstrip().startswith(mark)), None)
    if len(line) > 300:
        return None, 0
    if mark is None:
        bare = line.strip()
        is_known = bare == expectation.default_path or bare in expectation.known_paths
        return (bare, len(line) + 1) if is_known and len(content) > len(line) + 1 else (None, 0)
    words = line.strip().removeprefix(mark)
    for end in _ENDS:
        words = words.removesuffix(end)
    words = words.strip()
    bare = _LABEL.sub("", words, count=1).strip() if _LABEL.match(words) else words
    found = as_path(bare, expectation)
    length = min(len(line) + 1, len(content))
    if found is None:
        head, _, rest = bare.partition(" ")
        found = as_path(head, expectation) if rest.startswith(("-", "–", "—", "(", ":")) else None
        length = 0
    return (found, length) if found and _is_comment_of(mark, path or found) else (None, 0)


def _is_comment_of(mark: str, path: str) -> bool:
    language = language_of_path(path)
    marks = COMMENTS.get(language, ("#",))
    return mark in marks or (mark == '"""' and language == "python")


def _split(block: FileBlock, expectation: Expectation) -> list[FileBlock]:
    """The block as the file its first comment names; several where later comment lines name others."""
    path, length = _comment_path(block.content, "", expectation)
    if path is None or block.language not in ("", language_of_path(path)):
        return [block]
    heads = _heads(block.content, length, path, expectation) if length else []
    ends = [start for start, _, _ in heads] + [len(block.content)]
    parts = [(path, block.content[length : ends[0]])]
    parts += [(other, block.content[end : ends[i + 1]]) for i, (_, end, other) in enumerate(heads)]
    repair = "split-block" if heads else ""
    return [
        replace(block, path=name, content=part.lstrip("\n"), repair=repair)
        for name, part in parts
        if part.strip()
    ]
