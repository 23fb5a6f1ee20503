"""Tests of JavaScript and TypeScript: node's own runner, Vitest, Jest and Mocha."""

from __future__ import annotations

import posixpath
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath

from smallcode_jupyter.checks.languages.ecmascript import (
    SCRIPT_SUFFIXES,
    TYPED_SUFFIXES,
    importers,
    nearest_package,
    without_comments,
)
from smallcode_jupyter.checks.languages.node_reports import read_jest, read_mocha, read_tap
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.test_run import Runner, TestPlan, TestRun, shown_command
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.sandbox.policy import ProcessResult
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.sandbox.toolchains import find_esbuild, find_node

__all__ = ["NODE_TEST_NAME", "plan_node_tests", "run_node_tests"]

NODE_TEST_NAME = re.compile(
    r".*[.\-_](?:test|spec)\.[cm]?[jt]sx?|test[.\-_].*\.[cm]?[jt]sx?|(?:test|spec)\.[cm]?[jt]s"
)
_TEST_FOLDERS = frozenset({"__tests__", "test", "tests"})
_IMPORTS: dict[Runner, re.Pattern[str]] = {
    "node": re.compile(r"""['"]node:test['"]"""),
    "vitest": re.compile(r"""['"]vitest['"]"""),
    "jest": re.compile(r"""['"]@jest/globals['"]"""),
    "mocha": re.compile(r"""['"]mocha['"]"""),
}
_OTHERS = re.compile(
    r"""['"](?:@playwright/test|cypress|bun:test|ava|tape|tap|uvu|jasmine|qunit|@std/|jsr:|deno)|\b(?:Deno\.test|cy\.)"""
)
"""Runners that are not known here: what they run is left alone."""
_GLOBALS = re.compile(r"^\s*(?:describe|it|test|suite)(?:\.\w+)*\s*\(", re.MULTILINE)
_ASSERTS = re.compile(r"\bassert\b|\bexpect\s*\(")
_PROGRAMS = {
    "vitest": "node_modules/vitest/vitest.mjs",
    "jest": "node_modules/jest/bin/jest.js",
    "mocha": "node_modules/mocha/bin/mocha.js",
}
_WITH_VALUE = frozenset(
    {"--import", "--require", "-r", "--loader", "--experimental-loader", "--conditions", "-C"}
)
_BUNDLES = ".smallcode-tests"


def plan_node_tests(tree: Tree, changed: tuple[str, ...]) -> tuple[TestPlan, ...]:
    """The tests that the changed paths concern, a plan for each runner; all if `changed` is empty."""
    tests = {path: runner for path in tree.of_kind(SCRIPT_SUFFIXES) if (runner := _runner(tree, path))}
    if changed and not any(PurePosixPath(path).name == "package.json" for path in changed):
        concerned = importers(tree, [path for path in changed if path.endswith(SCRIPT_SUFFIXES)])
        tests = {path: runner for path, runner in tests.items() if path in concerned}
    kinds = dict.fromkeys(tests.values())
    return tuple(
        TestPlan(
            runner=kind,
            targets=tuple(path for path, runner in tests.items() if runner == kind),
            arguments=_node_options(tree, next(iter(tests))) if kind == "node" else (),
        )
        for kind in kinds
    )


def _runner(tree: Tree, path: str) -> Runner | None:
    """What runs a file's tests; None where it holds none."""
    text = without_comments(tree.text(path))
    if _OTHERS.search(text):
        return None
    for runner, pattern in _IMPORTS.items():
        if pattern.search(text):
            return runner
    is_named = bool(NODE_TEST_NAME.fullmatch(PurePosixPath(path).name))
    if not is_named and not _TEST_FOLDERS.intersection(PurePosixPath(path).parts[:-1]):
        return None
    if _GLOBALS.search(text):
        return _project_runner(nearest_package(tree, path))
    return "node" if is_named and _ASSERTS.search(text) else None


def _project_runner(package: Mapping[str, object]) -> Runner:
    """What gives the tests of a project their `describe` and `it`; Jest is the commonest."""
    scripts = package.get("scripts")
    script = str(scripts.get("test")) if isinstance(scripts, dict) else ""
    named = [package.get(key) for key in ("devDependencies", "dependencies")]
    names = " ".join([script, *(name for each in named if isinstance(each, dict) for name in each)])
    runners: tuple[Runner, ...] = ("vitest", "jest", "mocha")
    return next((runner for runner in runners if re.search(rf"(?<![\w/@-]){runner}(?![\w-])", names)), "jest")


def _node_options(tree: Tree, path: str) -> tuple[str, ...]:
    """What the project's test script tells node besides which files to run."""
    scripts = nearest_package(tree, path).get("scripts")
    script = str(scripts.get("test")) if isinstance(scripts, dict) else ""
    try:
        words = shlex.split(script)
    except ValueError:
        return ()
    if words[:1] != ["node"] or "--test" not in words or any(mark in script for mark in "&|;<>$`"):
        return ()
    options: list[str] = []
    for previous, word in pairwise(words):
        is_value = previous in _WITH_VALUE
        if is_value or (word.startswith("-") and not word.startswith(("--test-reporter", "--watch"))):
            options.append(word)
    return tuple(option for option in options if option != "--test")


def run_node_tests(plan: TestPlan, tree: Tree, *, launcher: Launcher) -> TestRun:
    """Run the plan's tests. Raises SandboxError."""
    command = shown_command("node --test" if plan.runner == "node" else plan.runner, plan.targets)
    if find_node() is None:
        return TestRun(command=command, reason="Node is not installed, so the tests were not run.")
    if plan.runner == "node":
        return _run_node(plan, tree, command, launcher)
    package = tree.nearest(plan.targets[0], _PROGRAMS[plan.runner])
    if package is None:
        reason = f"{plan.targets[0]} is written for {plan.runner}, which is not installed in this project."
        return TestRun(command=command, reason=reason)
    folder = tree.folder / package.removesuffix(_PROGRAMS[plan.runner])
    with scratch_folder() as name:
        report = Path(name) / "report.json"
        result = launcher.start(
            ("node", tree.folder / package, *_runner_options(plan, tree, folder, report)),
            folder=folder,
            write_roots=(tree.folder, Path(name)),
            env={"CI": "1"},
            needs="node",
        )
        text = report.read_text(encoding="utf-8", errors="replace") if report.is_file() else ""
    outcome = read_mocha(text, tree) if plan.runner == "mocha" else read_jest(text, tree)
    return TestRun(command=command, result=result, outcome=outcome)


def _runner_options(plan: TestPlan, tree: Tree, folder: Path, report: Path) -> Iterator[str]:
    files = [posixpath.relpath(tree.folder / path, folder) for path in plan.targets]
    if plan.runner == "vitest":
        yield from ("run", "--reporter=json", f"--outputFile={report}", "--cache=false", *files)
    elif plan.runner == "jest":
        yield from ("--ci", "--json", f"--outputFile={report}", f"--cacheDirectory={report.parent}")
        yield from ("--coverage=false", "--runTestsByPath", *files)
    else:
        yield from ("--reporter=json", f"--reporter-option=output={report}", "--exit", *files)


def _run_node(plan: TestPlan, tree: Tree, command: str, launcher: Launcher) -> TestRun:
    typed = [path for path in plan.targets if path.endswith(TYPED_SUFFIXES)]
    files = [path for path in plan.targets if path not in typed]
    is_run_as_is = any("tsx" in option or "ts-node" in option for option in plan.arguments)
    if is_run_as_is:
        files = [*plan.targets]
    elif typed:
        bundled = _bundle(tree, typed, launcher)
        if isinstance(bundled, str):
            return TestRun(command=command, reason=bundled)
        files += bundled
    try:
        result = launcher.start(
            ("node", *plan.arguments, "--test", "--test-reporter=tap", *files),
            folder=tree.folder,
            write_roots=(tree.folder,),
            needs="node",
        )
    finally:
        shutil.rmtree(tree.folder / _BUNDLES, ignore_errors=True)
    return TestRun(command=command, result=result, outcome=read_tap(result.stdout, tree))


def _bundle(tree: Tree, files: Sequence[str], launcher: Launcher) -> list[str] | str:
    """The tests as JavaScript, beside the project's packages; or why they could not be made so."""
    bundler = find_esbuild(tree.folder)
    if bundler is None:
        return "esbuild is not installed, so tests in TypeScript were not run (smallcode bench toolchains --install)."
    options = ("--bundle", "--platform=node", "--format=esm", "--packages=external", "--sourcemap=inline")
    output = f"--outdir={_BUNDLES}"
    result: ProcessResult = launcher.start(
        (bundler, *files, *options, output, "--out-extension:.js=.mjs"),
        folder=tree.folder,
        write_roots=(tree.folder,),
        needs="compiler",
    )
    if result.status != "exited" or result.exit_code != 0:
        return f"The tests could not be made into JavaScript: {result.stderr.strip()[:300]}"
    return sorted(
        path.relative_to(tree.folder).as_posix() for path in (tree.folder / _BUNDLES).rglob("*.mjs")
    )
