"""Whether what changed still compiles, with all that uses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from smallcode_jupyter.checks.discover import is_test_file
from smallcode_jupyter.checks.faults import Compiled, Fault, new_faults, show_faults
from smallcode_jupyter.checks.languages.ecmascript import TYPED_SUFFIXES
from smallcode_jupyter.checks.languages.go import compile_go
from smallcode_jupyter.checks.languages.rust import compile_rust
from smallcode_jupyter.checks.languages.typescript import compile_typescript
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.trim import trim_detail, trim_display
from smallcode_jupyter.protocol.checks import CheckResult

__all__ = ["COMPILED_SUFFIXES", "check_compile"]

_Compile = Callable[[Tree, Sequence[str], Launcher], tuple[Compiled, ...]]


def _typescript(tree: Tree, changed: Sequence[str], launcher: Launcher) -> tuple[Compiled, ...]:
    return (compile_typescript(tree, changed, launcher=launcher),)


def _go(tree: Tree, changed: Sequence[str], launcher: Launcher) -> tuple[Compiled, ...]:
    return compile_go(tree, changed, launcher=launcher)


def _rust(tree: Tree, changed: Sequence[str], launcher: Launcher) -> tuple[Compiled, ...]:
    return compile_rust(tree, changed, launcher=launcher)


_SPEAKS_OF_TYPES = re.compile(
    r"\b(?:tsc|compil\w*|strict|typ(?:e|ing)s?[ -]?(?:errors?|check\w*))\b", re.IGNORECASE
)
_COMPILERS: dict[tuple[str, ...], _Compile] = {TYPED_SUFFIXES: _typescript, (".go",): _go, (".rs",): _rust}
_EXCUSABLE = frozenset({"vet", "import", "TS2307", "TS7016", "E0432", "E0433", "E0463"})
"""Advice, and what cannot be found: no fault of a change that did not bring it in."""
COMPILED_SUFFIXES = tuple(suffix for suffixes in _COMPILERS for suffix in suffixes)


def check_compile(
    tree: Tree, before: Tree, changed: Sequence[str], *, words: str, launcher: Launcher
) -> Iterator[CheckResult]:
    """Compile what changed and what uses it, a verdict for each compiler's run.

    Complaints about files that did not change count only if `before`, the workspace as it was, did not have them. The
    same goes for types, without which a program runs nevertheless, unless the words speak of them.
    `changed` may name deleted files. Raises SandboxError.
    """
    for suffixes, compile_files in _COMPILERS.items():
        files = [path for path in changed if path.endswith(suffixes)]
        if not files:
            continue
        is_typed = suffixes == TYPED_SUFFIXES
        answered_for = frozenset(() if is_typed and not _SPEAKS_OF_TYPES.search(words) else files)
        # A test that was there before is to compile, too; types do not keep it from running.
        tests = frozenset(() if is_typed else filter(is_test_file, tree.of_kind(suffixes)))
        earlier: tuple[Compiled, ...] | None = None
        for number, compiled in enumerate(compile_files(tree, files, launcher)):
            own = [fault for fault in compiled.faults if _is_own(fault, answered_for | tests)]
            foreign = [fault for fault in compiled.faults if fault not in own]
            if own or not foreign:
                own.sort(key=lambda fault: fault.path not in answered_for)
                yield _verdict(compiled, (*own, *foreign), tree)
                continue
            if earlier is None:
                named = [path for path in files if path in before.paths]
                there = named or sorted({fault.path for fault in foreign} & {*before.paths})
                earlier = compile_files(before, there, launcher) if there else ()
            known = earlier[number] if number < len(earlier) else Compiled(command="")
            yield _verdict(compiled, _new(foreign, known, tree, before), tree)


def _is_own(fault: Fault, answered_for: frozenset[str]) -> bool:
    """Whether the change answers for it, whether or not it was there before."""
    return fault.path in answered_for and fault.code not in _EXCUSABLE


def _new(foreign: Sequence[Fault], earlier: Compiled, tree: Tree, before: Tree) -> tuple[Fault, ...] | None:
    """Those that the change brought about; None where that cannot be told."""
    if earlier.reason:
        return None
    return new_faults(foreign, earlier.faults, source=tree.text, earlier_source=before.text)


def _verdict(compiled: Compiled, faults: Sequence[Fault] | None, tree: Tree) -> CheckResult:
    if faults:
        shown = show_faults(faults, tree.text)
        return CheckResult(
            name="compile",
            status="failed",
            target=compiled.command,
            failed=len(faults),
            detail=trim_detail(shown),
            display=trim_display("\n".join(show_faults([fault], tree.text) for fault in faults)),
            seconds=compiled.seconds,
        )
    reason = compiled.reason
    if compiled.faults and not reason:
        told = (
            "They were there before this change." if faults is not None else "Perhaps they were there before."
        )
        reason = f"Other files have errors. {told}\n{show_faults(compiled.faults, tree.text)}"
    return CheckResult(
        name="compile",
        status="unchecked" if reason else "passed",
        target=compiled.command,
        passed=0 if reason else 1,
        detail=trim_detail(reason),
        seconds=compiled.seconds,
    )
