"""Examples of JavaScript, TypeScript, Go and Rust: those of the task's words, and of comments that were there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from smallcode_jupyter.checks.dialects import Language, comment_text, language_of
from smallcode_jupyter.checks.driven import Driven, judge, steps_of
from smallcode_jupyter.checks.extract import Group, Step, prose_step
from smallcode_jupyter.checks.languages.go_driver import run_go
from smallcode_jupyter.checks.languages.javascript import run_javascript
from smallcode_jupyter.checks.languages.rust_driver import run_rust
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.prose import expression_end, find_pair_examples, find_prose_examples
from smallcode_jupyter.checks.prose_blocks import block_groups
from smallcode_jupyter.checks.scenarios import find_scenarios
from smallcode_jupyter.checks.subjects import LET, subjects_of
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.trim import first_few, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult, CheckStatus

__all__ = ["check_foreign_examples", "foreign_groups"]

_Run = Callable[..., Driven]
_RUNNERS: dict[str, _Run] = {"javascript": run_javascript, "go": run_go, "rust": run_rust}
_MOST_GROUPS = 40
_ASSERTION = {
    "javascript": re.compile(r"^[ \t]*(?:[-*][ \t]+)?`?assert(?:\.\w+)*\(", re.MULTILINE),
    "rust": re.compile(r"^[ \t]*(?:[-*][ \t]+)?`?assert(?:_eq)?!\(", re.MULTILINE),
}
_HIDES = re.compile(
    r"\b(?:private|internal|unexport|(?:stop|not|no longer|without) export\w*)\b", re.IGNORECASE
)
_LOST = {
    "javascript": "as it did: export it again",
    "rust": "as it did: it has to stand at the top of the file, outside of `mod`, and be `pub`",
}
_OFFERED = {
    "javascript": re.compile(r"\bexport\b|\bexports\b"),
    "rust": re.compile(
        r"^pub(?:\([^)]*\))?\s+(?:(?:const|async|unsafe)\s+)*(?:fn|struct|enum|trait)\s+(\w+)", re.MULTILINE
    ),
}
_DEFINITION = {
    "javascript": r"^(?:async\s+)?(?:function\*?|class|const|let|var)\s+{}\b",
    "rust": r"^\s*(?:pub\s+)?(?:(?:const|async|unsafe)\s+)*(?:fn|struct|enum|trait)\s+{}\b",
}
_BROWSER = re.compile(r"\b(?:document|window|navigator|localStorage|HTMLElement|location|alert)\b")


def check_foreign_examples(
    path: str, text: str, *, before: str | None, words: str, tree: Tree, launcher: Launcher
) -> CheckResult | None:
    """Run the file's examples. None where it has none, or is in another language.

    The result is named `import` where the file could not be loaded. Raises SandboxError.
    """
    language = language_of(path)
    if language is None:
        return None
    groups = foreign_groups(language, text, before=before, words=words)
    lost = [] if _HIDES.search(words) else _lost_exports(language, text, before or "")
    if lost:
        detail = f"{path} no longer offers {', '.join(lost)} to others, {_LOST[language.name]}."
        return CheckResult(name="import", status="failed", target=path, failed=1, detail=detail)
    if not groups:
        return None
    driven = _RUNNERS[language.name](path, groups, tree, launcher=launcher)
    if driven.fault is not None:
        return _import_result(path, text, driven)
    return _result(path, groups, driven)


def foreign_groups(language: Language, text: str, *, before: str | None, words: str) -> tuple[Group, ...]:
    """The examples about what the file defines, each once.

    Comments count as they were before: what a model writes beside its own code is no check of it.
    """
    names = language.defined(text)
    if not names:
        return ()
    dialect, let = language.dialect, LET[language.name]
    subjects = subjects_of(language.name, text)
    spoken = words.replace("\r\n", "\n")
    groups = [Group(steps=(step,), origin="") for step in _assertions(language, spoken, names)]
    groups += [
        Group(steps=(prose_step(each),), origin="") for each in find_prose_examples(spoken, names, dialect)
    ]
    groups += [
        Group(steps=(prose_step(each),), origin="") for each in find_pair_examples(spoken, names, dialect)
    ]
    groups += block_groups(spoken, names, dialect, language=language.name)
    groups += find_scenarios(spoken, subjects, names, dialect, let=let)
    if before is not None:
        said, known = comment_text(language, before), names & language.defined(before)
        steps = [prose_step(each) for each in find_prose_examples(said, known, dialect)]
        steps += _assertions(language, said, known)
        groups += [Group(steps=(step,), origin="a comment") for step in steps]
    kept: dict[tuple[Step, ...], Group] = {}
    for group in groups:
        kept.setdefault(group.steps, group)
    return tuple(kept.values())[:_MOST_GROUPS]


def _assertions(language: Language, text: str, names: frozenset[str]) -> Iterator[Step]:
    """`assert.equal(f(1), 2)` and `assert_eq!(f(1), 2)` on lines of their own."""
    pattern = _ASSERTION.get(language.name)
    for found in pattern.finditer(text) if pattern else ():
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t-*`"))
        end = expression_end(text, start)
        source = " ".join(text[start:end].split("\n"))
        call = re.sub(r"^assert(?:_eq)?!|^assert(?:\.\w+)*", "assert", source)
        if (
            end
            and language.dialect.is_simple(call, names | {"assert"})
            and any(name in call for name in names)
        ):
            yield Step(kind="run", source=source)


def _lost_exports(language: Language, text: str, before: str) -> list[str]:
    """What a module offered and now only defines: others cannot use it any more."""
    pattern = _OFFERED.get(language.name)
    if pattern is None:
        return []
    if language.name == "rust":
        offered, kept = {*pattern.findall(before)}, {*pattern.findall(text)}
    else:
        offered = {*language.defined(before)} if pattern.search(before) else set()
        kept = {*language.defined(text)} if pattern.search(text) else set()
    defined, gone = _DEFINITION[language.name], offered - kept
    return sorted(name for name in gone if re.search(defined.format(re.escape(name)), text, re.MULTILINE))


def _import_result(path: str, text: str, driven: Driven) -> CheckResult:
    """A module that cannot be loaded has a fault, unless it wants a browser or a package that is not here."""
    fault = driven.fault
    assert fault is not None
    is_missing = bool(re.search(r"Cannot find (?:package|module) '(?![./])", fault.message))
    wants_page = fault.error == "ReferenceError" and bool(_BROWSER.search(fault.message))
    is_excused = is_missing or wants_page
    told = (
        "did not finish in time"
        if fault.error == "Timeout"
        else f"failed with {fault.error}: {fault.message}"
    )
    place = f"\n  at {fault.place}" if fault.place else ""
    detail = f"loading {path} {told}{place}"
    return CheckResult(
        name="import",
        status="unchecked" if is_excused else "failed",
        target=path,
        failed=0 if is_excused else 1,
        detail=trim_detail(f"It could not be tried: {detail}" if is_excused else detail),
        display=trim_display(detail),
        seconds=driven.seconds,
    )


def _result(path: str, groups: Sequence[Group], driven: Driven) -> CheckResult:
    passed, failures, left_open = 0, [], 0
    broken: set[int] = set()
    for number, step, group in steps_of(groups):
        came = driven.came.get(number)
        if came is None or id(group) in broken:
            left_open += step.kind != "run" or came is None
            continue
        verdict, what = judge(step, came)
        if verdict == "failed":
            origin = f" ({group.origin})" if group.origin else ""
            first, newline, rest = what.partition("\n")
            failures.append(f"{first}{origin}{newline}{rest}")
            broken.add(id(group))
        elif verdict == "held":
            passed += step.kind != "run" or step.source.startswith("assert")
        else:
            left_open += 1
    status: CheckStatus = "failed" if failures else "passed" if passed else "unchecked"
    reason = driven.reason or ("The examples could not be judged." if not passed and not failures else "")
    summary = f"{passed} of {passed + len(failures)} examples hold."
    return CheckResult(
        name="examples",
        status=status,
        target=path,
        passed=passed,
        failed=len(failures),
        detail=trim_detail(first_few(failures) or reason),
        display=trim_display("\n".join([summary, *failures, *([reason] if reason else [])])),
        seconds=driven.seconds,
    )
