"""Whether tests that pass would notice a fault: they are run again on the code with small wrong changes."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from smallcode_jupyter.checks.launch import Launcher, interpreter_paths
from smallcode_jupyter.checks.mutants import Mutant, javascript_mutants, python_mutants
from smallcode_jupyter.protocol.checks import CheckResult
from smallcode_jupyter.sandbox.scratch import scratch_folder

__all__ = ["check_strength"]

_CHILD = Path(__file__).with_name("mutants_child.py")
_MOST = 12
_ENOUGH = 0.7
"""Some changes make no difference, so not all can be noticed."""
_SHOWN = 3
_SECONDS = 15.0
_ONE_SECONDS = 4
_JAVASCRIPT_IMPORT = re.compile(r"""(?:from|require\(|import)\s*['"](\.{1,2}/[^'"]+)['"]""")


def check_strength(
    paths: Sequence[str], *, folder: Path, launcher: Launcher, python: str, has_pytest: bool = True
) -> CheckResult | None:
    """How many of the small wrong changes to the tested modules are noticed by the test files `paths`.

    `folder` holds the staged state and is left as it was found. `passed` counts changes that were noticed, `failed`
    those that were not. None where no module or no change was found, or the tests could not be run so.
    """
    began = time.monotonic()
    results: list[tuple[str, Mutant, bool]] = []
    for path in paths:
        for module in _modules(folder, path):
            left = _SECONDS - (time.monotonic() - began)
            if left < 1 or launcher.is_cancelled:
                break
            if module.suffix == ".py" and has_pytest:
                found = _python(path, module, folder, launcher, python, left)
            elif module.suffix in (".js", ".mjs", ".cjs"):
                found = _javascript(path, module, folder, launcher, left)
            else:
                found = []
            name = module.relative_to(folder).as_posix()
            results += [(name, mutant, is_noticed) for mutant, is_noticed in found]
    if not results:
        return None
    return _result(paths, results, time.monotonic() - began)


def _modules(folder: Path, path: str) -> list[Path]:
    """The files of the folder that a test file imports."""
    file = folder / path
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    if file.suffix == ".py":
        candidates = [
            root.joinpath(*name.split(".")).with_suffix(".py")
            for name in _imported(text)
            for root in (*interpreter_paths(folder), file.parent)
        ]
    else:
        candidates = [file.parent / name for name in _JAVASCRIPT_IMPORT.findall(text)]
    known = {candidate.resolve() for candidate in candidates if candidate.is_file()}
    return [
        module
        for module in sorted(known)
        if module.is_relative_to(folder.resolve()) and module != file.resolve()
    ]


def _imported(text: str) -> list[str]:
    names: list[str] = []
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _python(
    path: str, module: Path, folder: Path, launcher: Launcher, python: str, seconds: float
) -> list[tuple[Mutant, bool]]:
    text = module.read_text(encoding="utf-8")
    mutants = python_mutants(text, count=_MOST)
    if not mutants:
        return []
    with scratch_folder() as name:
        report = Path(name) / "report"
        spec = {
            "folder": str(folder),
            "module": str(module),
            "mutants": [mutant.text for mutant in mutants],
            "tests": [path],
            "search": [str(root) for root in interpreter_paths(folder)],
            "report": str(report),
            "seconds": _ONE_SECONDS,
        }
        try:
            launcher.start(
                (python, "-B", str(_CHILD)),
                folder=folder,
                stdin=json.dumps(spec),
                write_roots=(folder, Path(name)),
                seconds=seconds,
            )
        finally:
            module.write_text(text, encoding="utf-8", newline="")
        lines = report.read_text().split() if report.exists() else []
    if not lines or lines[0] != "survived":
        return []  # the tests do not pass on the module as it is, so nothing follows from their failing
    return _decided(mutants, lines[1:])


def _decided(mutants: Sequence[Mutant], outcomes: Sequence[str]) -> list[tuple[Mutant, bool]]:
    pairs = zip(mutants, outcomes, strict=False)
    return [(mutant, outcome == "killed") for mutant, outcome in pairs if outcome != "undecided"]


def _javascript(
    path: str, module: Path, folder: Path, launcher: Launcher, seconds: float
) -> list[tuple[Mutant, bool]]:
    text = module.read_text(encoding="utf-8")
    began = time.monotonic()
    found: list[tuple[Mutant, bool]] = []

    def is_passing() -> bool:
        result = launcher.start(
            ("node", "--test", path), folder=folder, write_roots=(folder,), seconds=_ONE_SECONDS, needs="node"
        )
        return result.status == "exited" and result.exit_code == 0

    try:
        if not is_passing():
            return []
        for mutant in javascript_mutants(text, count=_MOST):
            if time.monotonic() - began > seconds or launcher.is_cancelled:
                break
            module.write_text(mutant.text, encoding="utf-8", newline="")
            found.append((mutant, not is_passing()))
    finally:
        module.write_text(text, encoding="utf-8", newline="")
    return found


def _result(paths: Sequence[str], results: Sequence[tuple[str, Mutant, bool]], seconds: float) -> CheckResult:
    missed = [(name, mutant) for name, mutant, is_noticed in results if not is_noticed]
    noticed = len(results) - len(missed)
    is_enough = noticed >= _ENOUGH * len(results)
    lines = [
        f"{PurePosixPath(name).name} line {mutant.line}: `{mutant.before}` changed to `{mutant.after}`"
        for name, mutant in missed[:_SHOWN]
    ]
    detail = "" if is_enough else "The tests pass, but they still pass after each of these wrong changes:\n"
    return CheckResult(
        name="strength",
        status="passed" if is_enough else "failed",
        target=", ".join(paths),
        passed=noticed,
        failed=0 if is_enough else len(missed),
        detail=detail + "\n".join(lines) if detail else "",
        display=f"{noticed} of {len(results)} small wrong changes were noticed.",
        seconds=seconds,
    )
