"""What a task needs to be shown of the workspace, found without asking a model."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from smallcode_jupyter.protocol.errors import OutsideWorkspace, TooLarge, WorkspaceError
from smallcode_jupyter.protocol.tasks import Context, ContextItem, ContextKind, FoundFile, Task
from smallcode_jupyter.workspace.notebooks import notebook_text, parse_notebook, render_notebook
from smallcode_jupyter.workspace.outline import outline
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["Find", "gather"]

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
_MAX_ITEMS = 8
_MAX_LINES = 400
_MAX_OUTLINE_CHARS = 8_000
_FEW_FILES = 3
_WORD = re.compile(r"[\w./\-]+")
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


Find = Callable[[str, Sequence[str]], Sequence[FoundFile]]
"""What the index finds for some words and the paths that they name."""


def gather(task: Task, staging: Staging, *, find: Find | None = None) -> Context:
    """The files that the task's words name, what defines the names in them, and the tests of these.

    Without an index to `find` in: only those that are named, or the few that there are, whole or cut, without outlines.

    Bounded whatever the workspace holds. Never raises for what a file is: a file that was named and cannot be read
    becomes an item that says why.
    """
    listing = staging.listing()
    sources = tuple(sorted(filter(_is_source, listing.paths), key=_depth))
    chosen = _named(task.words, listing.paths, staging)
    if not chosen and 0 < len(sources) <= _FEW_FILES:
        reason = "only file here" if len(sources) == 1 else f"one of {len(sources)} files here"
        chosen = [_Choice(path=path, weight=2.0, reason=reason) for path in sources]
    found = tuple(find(task.words, [choice.path for choice in chosen])) if find is not None else ()
    chosen = _best_of_each([*chosen, *_found(found)])[:_MAX_ITEMS]
    return Context(
        items=tuple(_item(choice, staging, has_outline=find is not None) for choice in chosen),
        paths=listing.paths,
        is_complete=listing.is_complete,
        test_runner=_test_runner(listing.paths, staging),
        found=found,
    )


def _found(found: Sequence[FoundFile]) -> list[_Choice]:
    """What defines the names in the words, then what tests these files."""
    sources = [one for one in found if _is_source(one.path)]
    defining = sorted((name, _depth(one.path)) for one in sources for name in one.defines)
    choices = [_Choice(path=path, weight=2.0, reason=f"defines {name}") for name, (_, path) in defining]
    tests = sorted((one for one in sources if one.tests), key=lambda one: _depth(one.path))
    return choices + [_Choice(path=one.path, weight=1.0, reason=f"tests {one.tests}") for one in tests]


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


def _is_test(path: str) -> bool:
    name = os.path.basename(path)
    pattern = r"test_.*\.(py|[cm]?[jt]s)$|.*_test\.(py|go)$|.*\.(test|spec)\.[cm]?[jt]sx?$"
    return re.match(pattern, name) is not None


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


def _test_runner(paths: tuple[str, ...], staging: Staging) -> str:
    known = set(paths)
    for path, mark in _PYTEST_MARK.items():
        if path in known and mark in _peek(path, staging):
            return "pytest"
    tests = [path for path in paths if _is_test(path) and path.endswith(".py")]
    if not tests:
        return ""
    sample = [_peek(path, staging) for path in tests[:20]]
    is_plain = all("unittest" in text and "pytest" not in text for text in sample)
    return "unittest" if is_plain else "pytest"


def _peek(path: str, staging: Staging) -> str:
    """A file's text; empty where it cannot be read."""
    try:
        return staging.peek(path)
    except WorkspaceError:
        return ""
