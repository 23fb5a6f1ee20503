"""How a run begins: where an answer without a path goes, which edit format, whether to look at what fails first."""

from __future__ import annotations

import re

from smallcode_jupyter.agent.state import RunState, Step
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.model import EditFormat, ModelInfo
from smallcode_jupyter.protocol.tasks import Context, Task
from smallcode_jupyter.protocol.tools import Category

__all__ = [
    "MERGED",
    "SOURCE_SUFFIXES",
    "is_test_name",
    "open_run",
    "target_of",
    "wants_baseline",
    "wants_tests",
]

SOURCE_SUFFIXES = r"py|ipynb|js|mjs|cjs|ts|tsx|jsx|html|css|go|rs|md|toml|json|sh|sql|yaml|yml|txt"
_PATH = re.compile(rf"(?<![\w/.:-])((?:[\w-]+/)*[\w.-]+\.(?:{SOURCE_SUFFIXES}))(?![\w/])", re.I)
MERGED = (".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".go", ".rs")
"""Suffixes of files into which an answer is merged by definition."""
_DEFINITION = re.compile(
    r"^(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?"
    r"(?:def|class|function\*?|func|fn|impl|struct|enum|trait|interface|type|const|var|let)\b",
    re.M,
)
_MAKE = r"(?:create|write|make|add|new|scaffold|generate|save|put)"
_OTHERS_STAY = re.compile(
    r"\b(?:all\s+|the\s+)?other\s+files\s+(?:stay|remain)\s+(?:exactly\s+)?(?:as\s+they\s+are|unchanged|untouched)"
    r"|\b(?:do\s+not|don't|never)\s+(?:change|touch|edit)\s+(?:the|any)\s+other\s+files?\b",
    re.I,
)
_TEST_NAME = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test|tests?)\.\w+$|[.\-_](?:test|spec)\.[cm]?[jt]sx?$")
_WANTS_TESTS = re.compile(
    r"\b(?:write|add|need|want|create|complete|make)\b(?:[^.:]|\.\w){0,80}?\b(?:tests?\b(?![./])|test_\w+\.py|\w+[._]test\.\w+)",
    re.I,
)
_DATA = (".json", ".txt", ".yaml", ".yml")
_BROKEN = re.compile(
    r"\b(fix|bug|broken|fail|fails|failing|error|wrong|wrongly|crash|crashes|exception|traceback|tests?|faults?|faulty"
    r"|mistakes?|incorrect|incorrectly)\b",
    re.I,
)


def target_of(task: Task, context: Context) -> str | None:
    """Where a fenced block without a path goes: the one file in question, the next cell, or None where that is open."""
    words = task.words
    named: list[str] = [
        item.name for item in context.items if item.kind in ("file", "outline") and item.weight >= 3
    ]
    written: list[str] = [path.removeprefix("./") for path in _PATH.findall(words)]
    new = [
        path
        for path in dict.fromkeys(written)
        if path not in context.paths and not _is_known_name(path, context) and _is_to_be_made(path, words)
    ]
    if task.surface == "notebook":
        sources = [path for path in named if not path.endswith(_DATA)]
        new = [path for path in new if not path.endswith((*_DATA, ".csv"))]
        chosen = new or sources
        return chosen[0] if len(chosen) == 1 else NEXT_CELL
    if len(new) == 1:
        return new[0]
    if not new and len(named) > 1:
        named = [path for path in named if not _stays(path, words)]
    if not new and len(named) > 1:
        named = [path for path in named if _is_place(path, words)] or _of_one_kind(named, words)
    if not new and len(named) == 1:
        return named[0]
    files: list[str] = [item.name for item in context.items if item.kind == "file" and item.weight > 1]
    return files[0] if not new and not named and len(files) == 1 else None


def is_test_name(path: str) -> bool:
    """Whether a file is one of tests, by its name."""
    return _TEST_NAME.search(path) is not None


def wants_tests(words: str) -> bool:
    """Whether the words ask for tests, and do not only speak of them."""
    return _WANTS_TESTS.search(words) is not None


def _is_to_be_made(path: str, words: str) -> bool:
    """Whether the words ask for this file, and do not only speak of it: `write slug.py`, not `such as a.txt`."""
    return re.search(rf"\b{_MAKE}\b[^.]{{0,120}}?{re.escape(path)}", words, re.I) is not None


def _is_place(path: str, words: str) -> bool:
    """Whether the words say that something goes into this file: `write its tests in cart.test.js`."""
    place = rf"(?:in|into|to)\s+`?(?:\w+/)*{re.escape(path)}\b"
    written = rf"\b(?:write|put|save)\b(?:[^.]|\.\w){{0,100}}?\b{place}"
    done = rf"\b(?:add|complete|implement|fill|finish)\b[^.]{{0,100}}?\b{place}"
    return re.search(f"{written}|{done}", words, re.I) is not None


def _of_one_kind(paths: list[str], words: str) -> list[str]:
    """The tests among the files where tests are wanted; the others where tests are only spoken of."""
    is_wanted = wants_tests(words)
    verbs = r"\b(?:change|update|edit|fix|extend|adapt|rewrite)\s+(?:the\s+)?(?:tests\s+in\s+)?"
    changed = rf"(?:{verbs}|\.\w+`?,?\s+and\s+)`?"
    if any(is_test_name(path) and re.search(changed + re.escape(path), words, re.I) for path in paths):
        return [] if not is_wanted else paths
    return [path for path in paths if is_test_name(path) == is_wanted]


def _stays(path: str, words: str) -> bool:
    """Whether the words say that this file is not to be changed: `Write style.css (index.html stays as it is)`."""
    quoted = rf"`?{re.escape(path)}`?"
    named = rf"{quoted}\s+(?:stays?|remains?)\s+(?:exactly\s+)?(?:as\s+(?:it\s+)?is|unchanged|untouched)"
    asked = rf"\b(?:do\s+not|don't|never)\s+(?:change|touch|edit)\s+{quoted}"
    if re.search(f"{named}|{asked}", words, re.I):
        return True
    written = rf"\b(?:write|complete|change|edit|extend|fix)\s+(?:only\s+)?{quoted}"
    return _OTHERS_STAY.search(words) is not None and re.search(written, words, re.I) is None


def _is_known_name(path: str, context: Context) -> bool:
    """Whether the words mean an existing file by its last part."""
    return any(known.endswith("/" + path) for known in context.paths)


def open_run(
    task: Task, info: ModelInfo, context: Context, *, category: Category, step: Step | None = None
) -> RunState:
    """The state before the first turn, of the whole run or of one step of its plan."""
    target = step.path if step is not None else target_of(task, context)
    text = next((item.text for item in context.items if item.name == target and item.kind == "file"), "")
    edit_format: EditFormat = info.profile.edit_format
    is_native = info.profile.tool_protocol == "native"
    if target is not None and target.endswith(MERGED) and _DEFINITION.search(text) and not is_native:
        edit_format = "definitions"
    elif text.count("\n") > info.profile.whole_file_lines:
        edit_format = "search_replace"
    is_planned = "budget" not in task.without
    is_new = step is not None and step.is_new
    answer = max(768, len(text) // 2 + 512) if is_planned and not is_new else task.limits.answer_tokens
    return RunState(
        task=task,
        info=info,
        context=context,
        target=target,
        edit_format=edit_format,
        category=category,
        step=step,
        temperature=info.profile.temperature,
        answer_tokens=min(answer, task.limits.answer_tokens),
    )


def wants_baseline(state: RunState) -> bool:
    """Whether to run the checks on the untouched state, so that the model sees what fails instead of guessing."""
    if (
        state.task.policy == "plan"
        or state.task.surface == "notebook"
        or state.category not in ("write", "run")
    ):
        return False
    return bool(state.context.items) and _BROKEN.search(state.task.words) is not None
