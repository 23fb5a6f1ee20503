"""Noticing that a change makes existing tests easier instead of making them pass."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable

from smallcode_jupyter.checks.discover import is_test_file
from smallcode_jupyter.checks.staged import Staging, original_text, staged_text
from smallcode_jupyter.checks.trim import first_few, trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["asks_for_tests", "check_protected"]

_ASKS = re.compile(
    r"\b(?:writ|add|chang|updat|fix|rewrit|remov|delet|extend|improv|edit|renam|creat|adapt|modif|refactor|correct"
    r"|replac|clean|port|convert|mov|simplif|skip|split|merg)\w*(?:\s+up)?\s+"
    r"(?:(?:a|an|the|some|more|new|unit|all|my|these|those|this|that|old|its|their|any|missing|pytest"
    r"|unittest|regression|outdated|wrong|obsolete|existing|flaky|in|to|of|for|two|three|file|files)\s+)*"
    r"[`'\"]?(?:[\w./-]*/)?tests?\b|"
    r"\b(?:writ|add|chang|updat|fix|rewrit|remov|delet|extend|edit|renam|adapt|modif)\w*\s+"
    r"(?:(?:the|in|to|file|of)\s+)*[`'\"]?(?:[\w./-]*/)?(?:test_\w+|\w+_test)\b",
    re.IGNORECASE,
)
_SKIPS = re.compile(r"\b(?:skip|skipif|skipIf|skipUnless|skipTest|xfail|expectedFailure|importorskip)\b")
_NAMED = re.compile(
    r"""\b(?:test|it|describe)(?:\.\w+)*\(\s*(["'`])(.+?)\1|^func\s+()(Test\w*|Example\w*|Fuzz\w*)\("""
    r"""|#\[(?:\w+::)?test\][^{]*?\bfn\s+()(\w+)""",
    re.MULTILINE | re.DOTALL,
)
_ASSERTS = re.compile(r"\bassert\w*!?(?:\.\w+)*\(|\bexpect\(|\bt\.(?:Error|Fatal)f?\(|\bt\.Fail(?:Now)?\(")
_SKIPPED = re.compile(
    r"\b(?:test|it|describe)\.(?:skip|todo|only)\b|\bx(?:it|describe)\(|\bskip:\s*true|\bt\.Skip|#\[ignore"
)


def asks_for_tests(words: str) -> bool:
    """Whether the task's words ask for tests to be written or changed, not merely to pass."""
    return bool(_ASKS.search(words))


def check_protected(staging: Staging, paths: Iterable[str], *, words: str) -> CheckResult | None:
    """A failure if tests that were there are now gone, skipped or assert something else; None if all is well."""
    if asks_for_tests(words):
        return None
    faults = [fault for path in paths if is_test_file(path) for fault in _weakened(staging, path)]
    if not faults:
        return None
    detail = first_few(faults) + "\nPut the tests back as they were and change the code instead."
    return CheckResult(
        name="protected",
        status="failed",
        target=faults[0].partition(":")[0],
        failed=len(faults),
        detail=trim_detail(detail),
        display=trim_display("\n".join(faults)),
    )


def _weakened(staging: Staging, path: str) -> list[str]:
    before = original_text(staging, path)
    if before is None:
        return []
    if not staging.exists(path):
        return [f"{path}: the test file was deleted"]
    after = staged_text(staging, path)
    if not path.endswith(".py"):
        return _weakened_text(path, before, after)
    old, new = _tests_of(before), _tests_of(after)
    if old is None or new is None:
        # Not parsable: no telling what became weaker.
        return []
    faults = [f"{path}: {name} was removed" for name in old if name not in new]
    for name, assertions in old.items():
        lost = assertions - new.get(name, assertions)
        faults += [f"{path}: {name} no longer has: {statement[:160]}" for statement in lost]
    if len(_SKIPS.findall(after)) > len(_SKIPS.findall(before)):
        faults.append(f"{path}: tests are skipped that were not skipped before")
    return faults


def _weakened_text(path: str, before: str, after: str) -> list[str]:
    """Tests in other languages: names that are gone, fewer assertions, more that are skipped."""
    old, new = (
        Counter(found[1] or found[3] or found[5] for found in _NAMED.findall(text))
        for text in (before, after)
    )
    faults = [f"{path}: {name} was removed" for name in old - new]
    lost = len(_ASSERTS.findall(before)) - len(_ASSERTS.findall(after))
    if lost > 0 and not faults:
        faults.append(
            f"{path}: {lost} assertion{'s' if lost > 1 else ''} of the tests {'are' if lost > 1 else 'is'} gone"
        )
    if len(_SKIPPED.findall(after)) > len(_SKIPPED.findall(before)):
        faults.append(f"{path}: tests are skipped that were not skipped before")
    return faults


def _tests_of(text: str) -> dict[str, Counter[str]] | None:
    """Each test's assertions, by the test's name."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found: dict[str, Counter[str]] = {}
    for owner, node in _functions(tree, ""):
        found[owner + node.name] = Counter(_assertions(node))
    return found


def _functions(
    tree: ast.Module | ast.ClassDef, prefix: str
) -> Iterable[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            yield prefix, node


def _assertions(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterable[str]:
    yield from (f"@{ast.unparse(decorator)}" for decorator in function.decorator_list)
    for node in ast.walk(function):
        match node:
            case ast.Assert():
                yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(attr=name)) if name.startswith("assert") or name in (
                "raises",
                "warns",
                "fail",
            ):
                yield ast.unparse(node)
