"""Which files a task must change, in which order and why: from its words and the index, without the model. Pure.

A small model that is asked for four files at once writes one and forgets three. So work on several files is taken
apart: what the files are built on first, then those that use it, one at a time.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence

from smallcode_jupyter.agent.opening import is_test_name, target_of, wants_tests
from smallcode_jupyter.agent.parts import ITEM, LEADING_PATHS, part_of
from smallcode_jupyter.agent.places import PATH, is_place_unknown, ruled_out
from smallcode_jupyter.agent.state import Plan, Step
from smallcode_jupyter.protocol.events import PlanStep
from smallcode_jupyter.protocol.tasks import Context, FoundFile, Task
from smallcode_jupyter.protocol.tools import Category

__all__ = ["plan_of", "renames_in", "told"]

_MOST_STEPS = 12
_MOST_SUSPECTS = 4
_SUBJECT = re.compile(rf"(?:^|(?<=[.;:])\s)\s*(?:(?:[-*]|\d+[.)])\s+)?{LEADING_PATHS}", re.MULTILINE)
"""What a sentence or an item of a list is about: the files with which it begins."""
_EACH_PATH = re.compile(PATH)
_NEW = re.compile(
    rf"\bnew\s+(?:[\w-]+\s+){{0,3}}?(?:modules?|files?|pages?|scripts?)\b[^.\n:]{{0,40}}?({PATH})",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"^{ITEM}(.*(?:\n(?!{ITEM}|[ \t]*\n).*)*)", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`|\b([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)")
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
_CHANGES_API = re.compile(
    r"\b(?:becomes?|callers?|goes\s+away|(?:is|are|be)\s+gone|no\s+longer|renamed?|instead\s+of|is\s+called)\b",
    re.IGNORECASE,
)
_NAME = r"`([\w.]+)(?:\([^`]*\))?`"
_RENAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME}(?:\s+in\s+{PATH})?\s+(?:becomes|is\s+now\s+called|is\s+renamed\s+to)\s+{_NAME}",
        rf"\brename\s+(?:the\s+\w+\s+)?{_NAME}(?:\s+in\s+{PATH})?\s+(?:in)?to\s+{_NAME}",
    )
)


def plan_of(task: Task, context: Context, *, category: Category, is_clear: bool) -> Plan:
    """The plan, empty unless several files must change and it is known which.

    Where it is not `is_clear` that `category` is what the words ask for, a list with a file an item says so.
    """
    if not _is_planned(task, context, category=category, is_clear=is_clear):
        return Plan()
    innocent = ruled_out(task.words)
    if is_place_unknown(task.words):
        return _search(context, innocent)
    chosen = _named_files(task, context, innocent)
    places = _using_files(set(chosen), task, context, innocent)
    chosen |= {path: f"has {', '.join(names[:3])}" for path, names in places.items() if path not in chosen}
    chosen = {path: why for path, why in chosen.items() if not is_test_name(path) or wants_tests(task.words)}
    steps = _steps(chosen, places, context, words=task.words)
    return Plan(steps=steps) if 1 < len(steps) <= _MOST_STEPS else Plan()


def _is_planned(task: Task, context: Context, *, category: Category, is_clear: bool) -> bool:
    """Whether it is work that can concern several files."""
    is_off = {"plan", "index"} & set(task.without) or task.policy == "plan" or task.surface != "files"
    is_writing = category == "write" or (not is_clear and _lists_files(task.words))
    if is_off or not context.found or not is_writing:
        return False
    return not (wants_tests(task.words) and is_test_name(target_of(task, context) or ""))


def _search(context: Context, innocent: str) -> Plan:
    """The likeliest files for a fault whose place is unknown, one after the other."""
    suspects = [one for one in context.found if _may_change(one) and not _is_named_in(one.path, innocent)]
    steps = tuple(Step(path=one.path, reason=_reason(one)) for one in suspects[:_MOST_SUSPECTS])
    return Plan(steps=steps, is_search=True) if len(steps) > 1 else Plan()


def _named_files(task: Task, context: Context, innocent: str) -> dict[str, str]:
    """The files that the words are about, each with why, in the order of the words."""
    chosen = dict.fromkeys(_subjects(task.words, context), "named in the task")
    for path, name in _defining_items(task.words, context.found).items():
        chosen.setdefault(path, f"defines {name}")
    chosen = {path: why for path, why in chosen.items() if not _is_named_in(path, innocent)}
    if len(chosen) >= 2:
        return chosen
    shown = (item.name for item in context.items if item.kind in ("file", "outline") and item.weight >= 3)
    named = (path for path in shown if not _is_named_in(path, innocent))
    return chosen | dict.fromkeys(named, "named in the task")


def _using_files(chosen: set[str], task: Task, context: Context, innocent: str) -> dict[str, tuple[str, ...]]:
    """The files that define or use names which change, with these names."""
    renamed = {old.rpartition(".")[2] for old, _ in renames_in(task.words)}
    callers = _callers(chosen, renamed, task.words, context)
    callers = {path: names for path, names in callers.items() if not _is_named_in(path, innocent)}
    return _definers_of(renamed, context) | callers


def _steps(
    chosen: Mapping[str, str], places: Mapping[str, tuple[str, ...]], context: Context, *, words: str
) -> tuple[Step, ...]:
    """One for each file; a file that was chosen only for names is changed only for these."""
    known = set(context.paths)
    found = {one.path: one for one in context.found}
    defines = {path: found[path].defines for path in chosen if path in found}
    return tuple(
        Step(
            path=path,
            reason=chosen[path] if path in known else "new",
            is_new=path not in known,
            only_for=places[path] if chosen[path].startswith("has ") else (),
            words=part_of(words, path, paths=set(chosen), defines=defines),
        )
        for path in _in_order(chosen, found, known)
    )


def told(plan: Plan) -> tuple[PlanStep, ...]:
    """The plan as events tell it."""
    return tuple(PlanStep(words=f"{step.path}: {step.reason}", is_done=step.is_done) for step in plan.steps)


def renames_in(words: str) -> tuple[tuple[str, str], ...]:
    """The renames that the words ask for literally, as `(Owner.old, new)`: `` `Garage.find` becomes `Garage.get` ``."""
    found = []
    for old, new in (pair for pattern in _RENAMES for pair in pattern.findall(words)):
        owner, _, _ = new.rpartition(".")
        is_same_owner = not owner or owner == old.rpartition(".")[0]
        last = new.rpartition(".")[2]
        if is_same_owner and last != old.rpartition(".")[2] and last.isidentifier():
            found.append((old, last))
    return tuple(dict.fromkeys(found))


def _lists_files(words: str) -> bool:
    """Whether several items of a list begin with a file."""
    return sum(_EACH_PATH.match(item) is not None for item in _ITEM.findall(words)) > 1


def _reason(one: FoundFile) -> str:
    return "; ".join(one.reasons[:2]) or "found by the index"


def _may_change(one: FoundFile) -> bool:
    is_code = bool(re.search(r"\.(?:py|[cm]?[jt]sx?|go|rs|html|css)$", one.path))
    return is_code and not one.is_test and one.score > 0 and not one.path.endswith("__init__.py")


def _is_named_in(path: str, words: str) -> bool:
    """Whether the words name the file, its module or its package (in Go)."""
    folder, _, name = path.rpartition("/")
    names = [name, posixpath.splitext(name)[0]]
    if path.endswith(".go"):
        names.append(folder.rpartition("/")[2])
    return (
        any(re.search(rf"(?<![\w/]){re.escape(one)}(?![\w/])", words) for one in names if one)
        or path in words
    )


def _subjects(words: str, context: Context) -> list[str]:
    """The files with which sentences begin, and those that are said to be new; those of the workspace by their path."""
    written = [path for found in _SUBJECT.findall(words) for path in _EACH_PATH.findall(found)]
    written += _NEW.findall(words)
    resolved: list[str] = []
    missing: list[str] = []
    for text in dict.fromkeys(one.strip("`").removeprefix("./") for one in written):
        path = _resolved(text, context, near=resolved)
        if path is not None:
            resolved.append(path)
        elif _is_wanted(text, words):
            missing.append(text)
    folder = posixpath.dirname(resolved[0]) if resolved else ""
    new = [one if "/" in one or not folder else f"{folder}/{one}" for one in missing]
    return list(dict.fromkeys([*new, *resolved]))


def _is_wanted(name: str, words: str) -> bool:
    """Whether a file that does not exist is to be made, and not only spoken of."""
    quoted = rf"`?{re.escape(name)}`?"
    return (
        re.search(
            rf"\bnew\b[^.]{{0,80}}{quoted}|^\s*[-*]\s+{quoted}\s*(?::|\s(?:exports|holds|has)\b)", words, re.M
        )
        is not None
    )


def _resolved(text: str, context: Context, *, near: Sequence[str]) -> str | None:
    """The file of the workspace that a text names: of several, the one beside those named before."""
    fitting = [path for path in context.paths if path == text or path.endswith(f"/{text}")]
    folders = {posixpath.dirname(path) for path in near}
    return min(
        fitting,
        key=lambda path: (posixpath.dirname(path) not in folders, path.count("/"), path),
        default=None,
    )


def _defining_items(words: str, found: Iterable[FoundFile]) -> Mapping[str, str]:
    """The files that define what the items of a list begin with, with the name: `` - `Studio.Join(name)` ...``."""
    by_name = {name: one for one in found if not one.is_test for name in one.defines}
    chosen: dict[str, str] = {}
    for item in _ITEM.findall(words):
        code = _CODE.search(item)
        if code is None or not re.match(r"[`\w.]*$", item[: code.start()].strip()):
            continue
        for name in _IDENTIFIER.findall(
            code[0].partition("(")[0] if not code[0].startswith("`func") else code[0]
        ):
            if name in by_name:
                chosen.setdefault(by_name[name].path, name)
    return chosen


def _definers_of(names: set[str], context: Context) -> dict[str, tuple[str, ...]]:
    """The files that define one of these names, with which."""
    found = (
        (one.path, tuple(sorted(names.intersection(one.defines)))) for one in context.found if _is_code(one)
    )
    return {path: own for path, own in found if own}


def _callers(chosen: set[str], renamed: set[str], words: str, context: Context) -> dict[str, tuple[str, ...]]:
    """The files that use what the chosen ones define and the words change, with these names."""
    if not _CHANGES_API.search(words):
        return {}
    own = {name for one in context.found if one.path in chosen for name in one.defines}
    changed = (own & _changed_names(words)) | renamed
    found = (
        (one.path, tuple(sorted(changed.intersection(one.uses)))) for one in context.found if _is_code(one)
    )
    return {path: names for path, names in found if names}


def _is_code(one: FoundFile) -> bool:
    return not one.is_test and not one.path.endswith((".md", ".txt", ".rst"))


def _changed_names(words: str) -> set[str]:
    """Names that stand in code with parentheses, or in a sentence that says what becomes of them."""
    called = {name for code, _ in _CODE.findall(words) for name in re.findall(r"([A-Za-z_]\w*)\s*\(", code)}
    parts = re.split(r"\n\s*(?:[-*]|\d+[.)])\s+|(?<=[.;:])\s+", words)
    said = {
        name
        for part in parts
        if _CHANGES_API.search(part)
        for pair in _CODE.findall(part)
        for name in _IDENTIFIER.findall("".join(pair))
    }
    return called | said


def _in_order(chosen: Iterable[str], found: Mapping[str, FoundFile], known: set[str]) -> list[str]:
    """New files first, then what others import before these; else in the order of the words."""
    wanted = list(chosen)
    ordered = [path for path in wanted if path not in known]
    met: set[str] = set()

    def add(path: str) -> None:
        if path in met:
            return
        met.add(path)
        below = found[path].imports if path in found else ()
        for other in sorted(below, key=lambda one: (one not in wanted, one)):
            add(other)
        if path in wanted and path not in ordered:
            ordered.append(path)

    for path in wanted:
        add(path)
    return ordered
