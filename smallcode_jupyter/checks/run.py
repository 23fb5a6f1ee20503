"""All checks on a staged state, from the cheapest to the dearest, up to the first that fails."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from smallcode_jupyter.checks.cell import check_cell, check_loading
from smallcode_jupyter.checks.commands import find_commands
from smallcode_jupyter.checks.compile import COMPILED_SUFFIXES, check_compile
from smallcode_jupyter.checks.dialects import language_of
from smallcode_jupyter.checks.discover import discover_tests, is_test_file, may_hold_tests
from smallcode_jupyter.checks.examples import check_examples
from smallcode_jupyter.checks.foreign import check_foreign_examples
from smallcode_jupyter.checks.frozen import check_frozen
from smallcode_jupyter.checks.languages.ecmascript import read_package
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.links import check_links
from smallcode_jupyter.checks.markup.pages import Piece
from smallcode_jupyter.checks.mentioned import check_mentioned
from smallcode_jupyter.checks.names import check_names
from smallcode_jupyter.checks.notebook_asserts import notebook_assertions
from smallcode_jupyter.checks.page_hints import check_hints
from smallcode_jupyter.checks.pages import PAGE_SUFFIXES, check_page, check_style
from smallcode_jupyter.checks.parsers import NoParser, parse_by_program
from smallcode_jupyter.checks.programs import check_programs
from smallcode_jupyter.checks.protected import asks_for_tests, check_protected
from smallcode_jupyter.checks.pruning import failing_tests, without_tests
from smallcode_jupyter.checks.python_tests import has_pytest
from smallcode_jupyter.checks.staged import Staging, is_cell, original_text, staged_text
from smallcode_jupyter.checks.strength import check_strength
from smallcode_jupyter.checks.stubs import check_stubs
from smallcode_jupyter.checks.syntax import check_syntax
from smallcode_jupyter.checks.test_run import TestPlan
from smallcode_jupyter.checks.tests import run_tests
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.checks.trim import trim_display
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest, CheckResult
from smallcode_jupyter.protocol.errors import SmallCodeError
from smallcode_jupyter.sandbox.policy import TrialReport
from smallcode_jupyter.sandbox.process import run_confined

__all__ = ["Checker"]

_Stage = Callable[[CheckRequest], Iterator[CheckResult]]
_MOST_NOTEBOOKS = 10
_OF_ONE_FILE = frozenset({"syntax", "names", "imports", "stubs", "protected", "named"})
"""Checks that judge a file while others that belong to it are still to be changed."""
_PROSE_SUFFIXES = frozenset({".md", ".rst", ".txt", ".markdown"})


class Checker:
    """Validates the staged state of one run. Nothing of the person's is touched; every process is confined."""

    def __init__(
        self,
        staging: Staging,
        *,
        cell_runner: Callable[[str], TrialReport] | None = None,
        rerunner: Callable[[str], TrialReport | None] | None = None,
        loader: Callable[[], tuple[TrialReport, bool] | None] | None = None,
        python: str = sys.executable,
        seconds: float = 20.0,
        cancel: threading.Event | None = None,
        runs_code: bool = True,
    ) -> None:
        """`cell_runner` tries code in a copy of the kernel, `rerunner` after only the cells above the one that it is to
        replace (None where none is); `seconds` limits each process by itself. `loader` loads
        edited modules again in such a copy, and says whether cells ran after it; None where none of them is loaded.

        Without `runs_code` only the syntax is checked.
        """
        self._staging = staging
        self._cell_runner = cell_runner
        self._rerunner = rerunner
        self._loader = loader
        self._python = python
        self._runs_code = runs_code
        self._launcher = Launcher(run=run_confined, seconds=seconds, cancel=cancel)

    def check(self, request: CheckRequest) -> CheckReport:
        """The verdicts, in order; stages after a failed one are left out, for they would only repeat it.

        Never raises: a check that breaks, or that was stopped, is `unchecked` with the reason.
        """
        stages: tuple[tuple[str, _Stage], ...] = (
            ("syntax", self._syntax),
            ("compile", self._compile),
            ("names", self._names),
            ("imports", self._links),
            ("stubs", self._stubs),
            ("protected", self._protected),
            ("named", self._named),
            ("examples", self._examples),
            ("programs", self._programs),
            ("tests", self._tests),
            ("strength", self._strength),
            ("trial", self._cells),
        )
        results: list[CheckResult] = []
        if request.is_step:
            stages = tuple((name, stage) for name, stage in stages if name in _OF_ONE_FILE)
        for name, stage in stages if self._runs_code else stages[:1]:
            results += self._guarded(name, stage, request)
            if self._launcher.is_cancelled:
                results.append(_unchecked(name, "the rest", "The run was stopped."))
                break
            if any(result.status == "failed" for result in results):
                break
        return CheckReport(results=tuple(results))

    def plan_tests(self, changed: Sequence[str] = ()) -> tuple[TestPlan, ...]:
        """The tests that concern these paths, a plan for each runner; all tests if none does.

        Raises a WorkspaceError.
        """
        return discover_tests(self._tree(), changed=changed)

    def run_tests(self, plans: Sequence[TestPlan], *, written: Sequence[str] = ()) -> CheckResult | None:
        """The first verdict of these plans that is no pass, or the last; None where there are none.

        Raises SandboxError, WorkspaceError.
        """
        result: CheckResult | None = None
        for plan in plans:
            result = self._run_plan(plan, written)
            if result is None or result.status != "passed":
                break
        return result

    def drop_failing(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Take the tests that fail out of these staged test files, as long as others are left; their names.

        Never raises: where that cannot be done, the file stays as it is.
        """
        dropped: list[str] = []
        for path in self._written_tests(paths):
            try:
                folder = self._staging.materialise()
                names = failing_tests(path, folder=folder, launcher=self._launcher, python=self._python)
                text = without_tests(path, staged_text(self._staging, path), names) if names else None
            except SmallCodeError:
                continue
            if text is not None:
                self._staging.write(path, text)
                dropped += names
        return tuple(dropped)

    def _written_tests(self, paths: Sequence[str]) -> list[str]:
        return [path for path in paths if is_test_file(path) and self._staging.exists(path)]

    def _run_plan(self, plan: TestPlan, written: Sequence[str]) -> CheckResult | None:
        tree = self._tree()
        return run_tests(plan, launcher=self._launcher, tree=tree, python=self._python, written=written)

    def _tree(self) -> Tree:
        """The staged state as real files, what earlier processes wrote there taken back. Raises WorkspaceError."""
        return Tree(folder=self._staging.materialise(), paths=self._staging.paths())

    def _guarded(self, name: str, stage: _Stage, request: CheckRequest) -> list[CheckResult]:
        results: list[CheckResult] = []
        target = ", ".join(request.paths[:3])
        try:
            results.extend(stage(request))
        except SmallCodeError as error:
            results.append(_unchecked(name, target, str(error)))
        except Exception as error:  # noqa: BLE001 - the edge of the checks: a broken check is a verdict, not a crash
            reason = f"The check itself failed: {type(error).__name__}: {error}"
            results.append(_unchecked(name, target, reason, display=traceback.format_exc()))
        return results

    def _present(self, request: CheckRequest) -> Iterator[tuple[str, str]]:
        for path in request.paths:
            if self._staging.exists(path):
                yield path, staged_text(self._staging, path)

    def _python_files(self, request: CheckRequest) -> Iterator[tuple[str, str]]:
        for path, text in self._present(request):
            if path.endswith(".py") and not is_cell(path):
                yield path, text

    def _syntax(self, request: CheckRequest) -> Iterator[CheckResult]:
        for path, text in self._present(request):
            before = self._before(path)
            if path.endswith(".css"):
                yield check_style(path, text, before=before)
            elif path.endswith(PAGE_SUFFIXES):
                yield from check_page(
                    path, text, before=before, read=self._text, script_syntax=self._script_fault
                )
            else:
                yield self._parsed(path, text)

    def _parsed(self, path: str, text: str) -> CheckResult:
        return check_syntax(
            path,
            text,
            launcher=self._launcher,
            folder=self._staging.root,
            package=lambda: self._package(path),
            before=self._before(path),
        )

    def _script_fault(self, piece: Piece) -> tuple[int, str] | None:
        """What is wrong with a script in a page."""
        suffix = ".mjs" if piece.kind == "module" else ".cjs"
        try:
            fault = parse_by_program(
                f"script{suffix}",
                piece.text,
                launcher=self._launcher,
                folder=self._staging.root,
                package=dict,
            )
        except NoParser:
            return None
        return (fault.line, fault.message) if fault is not None else None

    def _text(self, path: str) -> str | None:
        """A staged file's text; None where there is none."""
        try:
            return staged_text(self._staging, path) if self._staging.exists(path) else None
        except SmallCodeError:
            return None

    def _before(self, path: str) -> str | None:
        return original_text(self._staging, path)

    def _package(self, path: str) -> Mapping[str, object]:
        """The package.json that Node would go by for a file; empty where there is none."""
        for folder in PurePosixPath(path).parents:
            text = self._text((folder / "package.json").as_posix())
            if text is not None:
                return read_package(text)
        return {}

    def _compile(self, request: CheckRequest) -> Iterator[CheckResult]:
        files = [path for path in request.paths if not is_cell(path)]
        if not any(path.endswith(COMPILED_SUFFIXES) for path in files):
            return
        tree = self._tree()
        yield from check_compile(
            tree, tree.at(self._staging.root), files, words=request.words, launcher=self._launcher
        )

    def _names(self, request: CheckRequest) -> Iterator[CheckResult]:
        for path, text in self._python_files(request):
            result = check_names(path, text, before=self._before(path))
            if result is not None:
                yield result
        files = [path for path, _ in self._python_files(request)]
        frozen = check_frozen(files, paths=self._staging.paths(), read=self._text, read_before=self._before)
        if frozen is not None:
            yield frozen

    def _links(self, request: CheckRequest) -> Iterator[CheckResult]:
        files, known = [path for path in request.paths if not is_cell(path)], self._staging.paths()
        result = check_links(
            files, paths=known, read=self._text, read_before=self._before, is_step=request.is_step
        )
        if result is not None:
            yield result

    def _stubs(self, request: CheckRequest) -> Iterator[CheckResult]:
        for path, text in self._present(request):
            result = check_stubs(path, text, before=self._before(path), words=request.words)
            if result is not None:
                yield result

    def _protected(self, request: CheckRequest) -> Iterator[CheckResult]:
        result = check_protected(self._staging, request.paths, words=request.words)
        if result is not None:
            yield result

    def _named(self, request: CheckRequest) -> Iterator[CheckResult]:
        """Whether pages, and files with words of their own, have what the words name. Only a hint."""
        if request.about in request.paths:
            mentioned = check_mentioned(request.about, self._text(request.about) or "", words=request.words)
            if mentioned is not None:
                yield mentioned
        if request.is_step:
            return
        result = check_hints(
            [path for path, _ in self._present(request)],
            paths=self._staging.paths(),
            read=self._text,
            read_before=self._before,
            words=request.words,
        )
        if result is not None:
            yield result

    def _examples(self, request: CheckRequest) -> Iterator[CheckResult]:
        yield from self._foreign_examples(request)
        for path, text in self._python_files(request):
            if is_test_file(path):
                continue
            result = check_examples(
                path,
                text,
                before=self._before(path),
                words=request.words,
                launcher=self._launcher,
                folder=self._staging.materialise(),
                python=self._python,
            )
            if result is not None:
                yield result

    def _foreign_examples(self, request: CheckRequest) -> Iterator[CheckResult]:
        for path, text in self._present(request):
            if is_cell(path) or is_test_file(path) or language_of(path) is None:
                continue
            result = check_foreign_examples(
                path,
                text,
                before=self._before(path),
                words=request.words,
                tree=self._tree(),
                launcher=self._launcher,
            )
            if result is not None:
                yield result

    def _programs(self, request: CheckRequest) -> Iterator[CheckResult]:
        files = [path for path in request.paths if not is_cell(path)]
        if not find_commands(request.words) or not files:
            return
        result = check_programs(
            files, words=request.words, fresh=self._tree, launcher=self._launcher, python=self._python
        )
        if result is not None:
            yield result

    def _tests(self, request: CheckRequest) -> Iterator[CheckResult]:
        files = [path for path in request.paths if not is_cell(path)]
        if not files or not any(map(may_hold_tests, self._staging.paths())):
            return
        plans = self.plan_tests(files)
        is_prose = all(PurePosixPath(path).suffix in _PROSE_SUFFIXES for path in files)
        for plan in plans:
            if not plan.is_selection and is_prose:
                continue
            result = self._run_plan(plan, files)
            if result is not None and result.status == "failed" and not plan.is_selection:
                reason = "These tests fail, but none of them uses the changed files."
                result = replace(result, status="unchecked", failed=0, detail=f"{reason}\n{result.detail}")
            if result is not None:
                yield result

    def _strength(self, request: CheckRequest) -> Iterator[CheckResult]:
        """Whether tests that were asked for would notice a fault."""
        paths = self._written_tests(request.paths) if asks_for_tests(request.words) else []
        if not paths:
            return
        folder = self._staging.materialise()
        result = check_strength(
            paths,
            folder=folder,
            launcher=self._launcher,
            python=self._python,
            has_pytest=has_pytest(self._python, self._launcher, folder),
        )
        if result is not None:
            yield result

    def _cells(self, request: CheckRequest) -> Iterator[CheckResult]:
        """The cells, tried; where there are none, the modules that the kernel has loaded."""
        if not any(map(is_cell, request.paths)):
            loaded = self._loader() if self._loader is not None else None
            if loaded is not None:
                report, has_cells = loaded
                yield check_loading(", ".join(request.paths[:3]), report, has_cells=has_cells)
            return
        for path, code in self._present(request):
            if is_cell(path):
                yield check_cell(
                    path,
                    code,
                    words=request.words,
                    cell_runner=self._cell_runner,
                    rerunner=self._rerunner,
                    assertions=notebook_assertions(self._notebooks(), code),
                )

    def _notebooks(self) -> Iterator[str]:
        """The workspace's notebooks, as long as they are few."""
        paths = [path for path in self._staging.paths() if path.endswith(".ipynb")]
        if len(paths) <= _MOST_NOTEBOOKS:
            yield from filter(None, map(self._text, paths))


def _unchecked(name: str, target: str, reason: str, *, display: str = "") -> CheckResult:
    return CheckResult(
        name=name, status="unchecked", target=target, detail=reason, display=trim_display(display)
    )
