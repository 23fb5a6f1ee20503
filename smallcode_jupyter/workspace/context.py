"""What a task needs to be shown of the workspace, found without asking a model."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from smallcode_jupyter.protocol.errors import OutsideWorkspace, TooLarge, WorkspaceError
from smallcode_jupyter.protocol.tasks import Context, ContextItem, ContextKind, Task
from smallcode_jupyter.workspace.notebooks import notebook_text, parse_notebook, render_notebook
from smallcode_jupyter.workspace.outline import outline
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["gather"]

_SOURCES = frozenset(
    {
        ".c",
        ".cc",
        ".cpp",
        ".cs",
        ".go",
        ".h",
        ".hpp",
        ".java",
        ".kt",
        ".lua",
        ".php",
        ".pl",
        ".py",
        ".pyi",
        ".r",
    }
    | {".cjs", ".cts", ".js", ".jsx", ".mjs", ".mts", ".ts", ".tsx", ".vue"}
    | {".rb", ".rs", ".scala", ".sh", ".sql", ".swift"}
)
_MAX_SCANNED = 300
_MAX_SCANNED_CHARS = 200_000
_MAX_ITEMS = 8
_MAX_LINES = 400
_MAX_OUTLINE_CHARS = 8_000
_FEW_FILES = 3
_WORD = re.compile(r"[\w./\-]+")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w{2,}")
_DEFINITION = re.compile(
    r"^[ \t]*(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?"
    r"(?:def|class|function|func|fn|struct|enum|trait|interface|type)\s+(?:\([^)\n]*\)\s*)?(\w+)",
    re.MULTILINE,
)
_PYTEST_MARK = {
    "pytest.ini": "",
    ".pytest.ini": "",
    "conftest.py": "",
    "tests/conftest.py": "",
    "pyproject.toml": "[tool.pytest",
    "setup.cfg": "[tool:pytest]",
    "tox.ini": "[pytest]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    path: str
    weight: float
    reason: str


@dataclass(slots=True)
class _Sources:
    """Texts of source files, read once each; what cannot be read counts as empty."""

    staging: Staging
    paths: tuple[str, ...]
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        if path not in self.texts:
            try:
                self.texts[path] = self.staging.peek(path)[:_MAX_SCANNED_CHARS]
            except WorkspaceError:
                self.texts[path] = ""
        return self.texts[path]


def gather(task: Task, staging: Staging, *, is_indexed: bool = True) -> Context:
    """The files that the task's words name, what defines the names in them, and the tests of these.

    Not `is_indexed`: only those that are named, or the few that there are, whole or cut, without outlines.

    Bounded whatever the workspace holds. Never raises for what a file is: a file that was named and cannot be read
    becomes an item that says why.
    """
    listing = staging.listing()
    sources = tuple(sorted(filter(_is_source, listing.paths), key=_depth))
    texts = _Sources(staging, sources[:_MAX_SCANNED])
    chosen = _named(task.words, listing.paths, staging)
    if not chosen and 0 < len(sources) <= _FEW_FILES:
        reason = "only file here" if len(sources) == 1 else f"one of {len(sources)} files here"
        chosen = [_Choice(path=path, weight=2.0, reason=reason) for path in sources]
    if is_indexed:
        chosen += _defining(task.words, texts)
        chosen = _best_of_each(chosen)
        chosen += _testing(chosen, texts)
    chosen = _best_of_each(chosen)[:_MAX_ITEMS]
    return Context(
        items=tuple(_item(choice, staging, has_outline=is_indexed) for choice in chosen),
        paths=listing.paths,
        is_complete=listing.is_complete,
        test_runner=_test_runner(listing.paths, texts),
    )


def _named(words: str, paths: tuple[str, ...], staging: Staging) -> list[_Choice]:
    known = set(paths)
    by_name = _grouped((os.path.basename(path), path) for path in paths)
    modules = _grouped((_stem(path), path) for path in paths if _is_source(path))
    found = [path for path in paths if " " in path and os.path.basename(path) in words]
    for token in _tokens(words, staging):
        if token in known:
            found.append(token)
        elif token in by_name and "." in token:
            found += sorted(by_name[token], key=_depth)[:_FEW_FILES]
        elif len(modules.get(_module(token), ())) == 1:
            found += modules[_module(token)]
        elif _is_unlisted_file(token, staging):
            found.append(token)
    return [_Choice(path=path, weight=3.0, reason="named in the task") for path in dict.fromkeys(found)]


def _tokens(words: str, staging: Staging) -> Iterable[str]:
    """The words that may be paths, each once, relative to the workspace where they were absolute."""
    inside = staging.root.as_posix().rstrip("/") + "/"
    found = _WORD.findall(words.replace("\\", "/"))
    return dict.fromkeys(token.removeprefix(inside).removeprefix("./").rstrip("./-") for token in found)


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _is_source(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in _SOURCES


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _module(token: str) -> str:
    """The module that a word may name: `utils`, `package.utils`. Empty for what looks like another file's name."""
    name = token.rsplit(".", 1)[-1] if "/" not in token else ""
    return name if len(name) >= 3 else ""


def _is_unlisted_file(token: str, staging: Staging) -> bool:
    """A file that listings leave out (ignored, large, binary) but that the words name."""
    if "." not in token.strip(".") and "/" not in token:
        return False
    try:
        return staging.exists(token)
    except OutsideWorkspace:
        return False


def _defining(words: str, texts: _Sources) -> list[_Choice]:
    wanted = set(_IDENTIFIER.findall(words))
    found: dict[str, list[str]] = {}
    for path in texts.paths:
        text = texts.text(path)
        if any(name in text for name in wanted):
            for name in wanted.intersection(_DEFINITION.findall(text)):
                found.setdefault(name, []).append(path)
    # A name that many files define (`main`, `run`) says nothing about which one is meant.
    return [
        _Choice(path=path, weight=2.0, reason=f"defines {name}")
        for name in sorted(found)
        if len(found[name]) <= _FEW_FILES
        for path in found[name]
    ]


def _testing(chosen: list[_Choice], texts: _Sources) -> list[_Choice]:
    stems = {
        choice.path: _stem(choice.path)
        for choice in chosen
        if not _is_test(choice.path) and _is_source(choice.path)
    }
    found: list[_Choice] = []
    for test in filter(_is_test, texts.paths):
        text = texts.text(test)
        for path, stem in stems.items():
            if _is_beside(test, path) or (stem in text and re.search(rf"\b{re.escape(stem)}\b", text)):
                found.append(_Choice(path=test, weight=1.0, reason=f"tests {path}"))
                break
    return found


def _is_test(path: str) -> bool:
    name = os.path.basename(path)
    pattern = r"test_.*\.(py|[cm]?[jt]s)$|.*_test\.(py|go)$|.*\.(test|spec)\.[cm]?[jt]sx?$"
    return re.match(pattern, name) is not None


def _is_beside(test: str, path: str) -> bool:
    """Whether both are of one Go package, where a test names no module: it is part of it."""
    return (
        test.endswith("_test.go") and path.endswith(".go") and os.path.dirname(test) == os.path.dirname(path)
    )


def _best_of_each(choices: list[_Choice]) -> list[_Choice]:
    """One choice a path, the heaviest and among equals the first, heaviest paths first."""
    best: dict[str, _Choice] = {}
    for choice in choices:
        if choice.path not in best or choice.weight > best[choice.path].weight:
            best[choice.path] = choice
    return sorted(best.values(), key=lambda choice: -choice.weight)


def _item(choice: _Choice, staging: Staging, *, has_outline: bool) -> ContextItem:
    kind: ContextKind = "file"
    reason = choice.reason
    try:
        if choice.path.endswith(".ipynb"):
            text = _notebook(choice.path, staging)
        else:
            text = staging.read(choice.path)
            lines = text.count("\n") + 1
            if lines > _MAX_LINES and not has_outline:
                text = "\n".join(text.split("\n")[:_MAX_LINES]) + f"\n(… {lines - _MAX_LINES} more lines)\n"
            elif lines > _MAX_LINES:
                kind, reason = "outline", f"{reason}; outline only: it has {lines} lines"
                text = _cut(outline(choice.path, text))
    except WorkspaceError as error:
        kind, text = "error", str(error)
    return ContextItem(kind=kind, name=choice.path, text=text, reason=reason, weight=choice.weight)


def _notebook(path: str, staging: Staging) -> str:
    try:
        return render_notebook(parse_notebook(staging.read(path), name=f"`{path}`"), name=path)
    except TooLarge:
        # Larger than what is edited as text, mostly through its outputs: it can still be shown.
        return notebook_text(staging.root / path, name=path)


def _cut(text: str) -> str:
    if len(text) <= _MAX_OUTLINE_CHARS:
        return text
    return text[:_MAX_OUTLINE_CHARS] + f"\n(… {len(text) - _MAX_OUTLINE_CHARS} more characters)\n"


def _test_runner(paths: tuple[str, ...], texts: _Sources) -> str:
    known = set(paths)
    for path, mark in _PYTEST_MARK.items():
        if path in known and mark in texts.text(path):
            return "pytest"
    tests = [path for path in paths if _is_test(path) and path.endswith(".py")]
    if not tests:
        return ""
    sample = [texts.text(path) for path in tests[:20]]
    is_plain = all("unittest" in text and "pytest" not in text for text in sample)
    return "unittest" if is_plain else "pytest"
