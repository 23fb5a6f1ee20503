"""One solution under examination: what a task's `hidden/check.py` is given."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.bench.grading.encoding import is_same
from smallcode_jupyter.bench.grading.notebooks import lay_notebook, notebook_cells
from smallcode_jupyter.bench.grading.pages import Browser
from smallcode_jupyter.bench.grading.programs import Program, compile_go, compile_rust, compile_typescript
from smallcode_jupyter.bench.grading.subject import Subject, SubjectDied
from smallcode_jupyter.bench.grading.testing import TestRun, run_node_tests, run_pytest
from smallcode_jupyter.bench.tasks import BenchTask, suites_folder
from smallcode_jupyter.bench.toolchains import find_toolchain, toolchains_folder
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.conversation import Conversation
from smallcode_jupyter.sandbox.policy import ProcessResult, SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["Exam"]

_HERE = Path(__file__).parent
_MOST_PROBLEMS = 10


class Exam:
    """Counts claims. `random` is seeded anew for each examination; `folder` is the laid solution.

    A claim that fails is noted and the examination goes on; a solution that cannot be asked any more ends it.
    """

    def __init__(self, task: BenchTask, folder: Path, *, seed: int, browser: Browser) -> None:
        self.task, self.folder, self.seed = task, folder, seed
        self.random = random.Random(seed)
        self.claims = 0
        self.problems: list[str] = []
        """What did not hold, the first ten."""
        self.failed = 0
        self._open = ExitStack()
        self._browser = browser

    @property
    def policy(self) -> SandboxPolicy:
        """What the solution's processes may do."""
        return SandboxPolicy(
            write_roots=(self.folder,),
            hidden=tuple({suites_folder().resolve(), self.task.folder.parent.resolve()}),
            seconds=max(60.0, self.task.time_limit_s * 6),
            memory_mb=self.task.memory_mb,
        )

    def close(self) -> None:
        """End every process of the examination."""
        self._open.close()

    def equal(self, actual: Any, expected: Any, what: str = "", *, approx: float = 0.0) -> None:
        """Claim that two values agree, in type as well."""
        self.true(
            is_same(actual, expected, approx=approx),
            f"{what}: expected {expected!r:.300}, got {actual!r:.300}".removeprefix(": "),
        )

    def true(self, claim: bool, what: str) -> None:
        """Claim anything that was found out."""
        self.claims += 1
        if not claim:
            self.failed += 1
            if len(self.problems) < _MOST_PROBLEMS:
                self.problems.append(what)

    def text(self, path: str) -> str:
        """A file of the solution; raises SubjectDied where it is missing or is not text."""
        try:
            return (self.folder / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SubjectDied(f"{path} cannot be read.", kind="no_edit") from error

    def python(self, setup: str = "import solution", *, folders: Sequence[str] = (".",)) -> Subject:
        """A Python child that has run `setup`, with `folders` of the solution on its path."""
        paths = json.dumps([str(self.folder / name) for name in folders])
        command = (sys.executable, "-I", str(_HERE / "python_child.py"), paths)
        subject = self._subject(command)
        subject.run(setup)
        return subject

    def notebook(self, data: str = "data") -> Subject:
        """The notebook after a clean run from top to bottom with the answer (`cell.py`) in its place.

        `data` is laid as the folder `data`: another one of `hidden/`, say `data2`, shows up answers that only fit
        the numbers seen. Expressions see the variables, and `exam_lost` and `exam_rebound`: names that the answer's
        cell deleted, or bound to something else. Raises SubjectDied for a cell that fails.
        """
        folder = self.folder / f"run-{data}"
        lay_notebook(self.task, self.folder, folder, data)
        cells, answer = notebook_cells(self.task, self.text("cell.py"))
        fonts = toolchains_folder() / "matplotlib"
        fonts.mkdir(parents=True, exist_ok=True)
        subject = self._subject(
            (sys.executable, "-I", str(_HERE / "python_child.py"), json.dumps([str(folder)])),
            cwd=folder,
            more={"MPLCONFIGDIR": str(fonts)},
            roots=(fonts,),
        )
        result = subject.request({"do": "cells", "cells": cells, "answer": answer})
        if result is not None:
            raise SubjectDied(
                result.message, kind="parse" if "SyntaxError" in result.message else "wrong_answer"
            )
        return subject

    def javascript(self, **modules: str) -> Subject:
        """A Node child with modules by name, e.g. `solution="solution.js"` (the default); ESM or CommonJS."""
        node = find_toolchain("node")
        child = str(_HERE / "node_child.mjs")
        subject = self._subject((str(node), child))
        for name, file in (modules or {"solution": "solution.js"}).items():
            result = subject.request({"do": "load", "name": name, "file": str(self.folder / file)})
            if result is not None:
                why = result.message.replace(f" imported from {child}", "")
                raise SubjectDied(f"{file} does not load: {why}", kind=_load_kind(result.names))
        return subject

    def typescript(self, entry: str = "solution.ts", *, types: str = "") -> Subject:
        """The solution, held to `tsc --strict` together with a hidden file of type tests, in a Node child."""
        output = compile_typescript(self, entry, types=types)
        return self.javascript(solution=output)

    def go(self, driver: str = "driver.go", *, at: str = "driver.go") -> Program:
        """The solution with a hidden main package laid at `at`, vetted and built."""
        return compile_go(self, self.task.hidden / driver, at=at)

    def rust(self, driver: str = "driver.rs") -> Program:
        """The solution with a hidden main file that says `mod solution;`, built."""
        return compile_rust(self, self.task.hidden / driver)

    def command(self, *words: str, stdin: str = "", seconds: float | None = None) -> ProcessResult:
        """Run a program in the solution's folder, confined. `python` is this interpreter. Raises SubjectDied."""
        command = (sys.executable, *words[1:]) if words[0] == "python" else words
        policy = self.policy
        if seconds is not None:
            policy = replace(policy, seconds=seconds)
        try:
            return run_confined(command, cwd=self.folder, policy=policy, stdin=stdin)
        except SandboxError as error:
            raise SubjectDied(f"{error.what} {error.why}".strip()) from error

    def pytest(self, tests: str, modules: dict[str, str]) -> TestRun:
        """The solution's test file, run on modules laid beside it (name -> source)."""
        return run_pytest(self, tests, modules)

    def node_tests(self, tests: str, modules: dict[str, str]) -> TestRun:
        """The same for `node --test`."""
        return run_node_tests(self, tests, modules)

    def page(
        self, path: str = "index.html", *, width: int = 1_200, height: int = 800, scripts: bool = True
    ) -> Page:
        """A page of the solution in Chromium, without a network; see Playwright's sync API."""
        if not (self.folder / path).is_file():
            raise SubjectDied(f"{path} is missing.", kind="no_edit")
        page, context = self._browser.open_page(
            self.folder, path, width=width, height=height, scripts=scripts
        )
        self._open.callback(context.close)
        return page

    def _subject(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        more: Mapping[str, str] | None = None,
        roots: tuple[Path, ...] = (),
    ) -> Subject:
        environment = {"TZ": "UTC", "PYTHONHASHSEED": "0", **(more or {})}
        policy = replace(self.policy, write_roots=(*self.policy.write_roots, *roots))
        try:
            child = Conversation(command, cwd=cwd or self.folder, policy=policy, env=environment)
        except SandboxError as error:
            raise SubjectDied(f"{error.what} {error.why}".strip()) from error
        self._open.callback(child.close)
        is_python = command[0] == sys.executable
        return Subject(child, self, seconds=self.task.time_limit_s, is_python=is_python)


def _load_kind(names: Sequence[str]) -> str:
    return "parse" if "SyntaxError" in names else "wrong_answer"
