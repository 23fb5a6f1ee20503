"""A workspace on disk, changes staged over it, and the checks run on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from smallcode_jupyter.checks.run import Checker
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest, CheckResult
from smallcode_jupyter.workspace.staging import Staging

StageFiles = Callable[..., Staging]
RunChecks = Callable[..., CheckReport]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[StageFiles]:
    """`stage({"a.py": "new text", "b.py": None}, on_disk={...})`: None deletes."""
    opened: list[Staging] = []

    def stage_files(changed: Mapping[str, str | None], on_disk: Mapping[str, str] | None = None) -> Staging:
        root = tmp_path / "workspace"
        root.mkdir()
        for path, text in (on_disk or {}).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
        staging = Staging(root, tmp_path / "scratch")
        opened.append(staging)
        for path, text in changed.items():
            if text is None:
                staging.delete(path)
            else:
                staging.write(path, text)
        return staging

    yield stage_files
    for staging in opened:
        staging.close()


@pytest.fixture
def check(stage: StageFiles) -> RunChecks:
    """`check(changed, on_disk=..., words=...)`: the report on these changes."""

    def run(
        changed: Mapping[str, str | None],
        *,
        on_disk: Mapping[str, str] | None = None,
        words: str = "",
        **options: Any,
    ) -> CheckReport:
        checker = Checker(stage(changed, on_disk), **options)
        return checker.check(CheckRequest(paths=tuple(changed), words=words))

    return run


@pytest.fixture
def verdict(check: RunChecks) -> Callable[..., CheckResult]:
    """The verdict of one check: `verdict("examples", changed, ...)`."""

    def find(name: str, changed: Mapping[str, str | None], **options: Any) -> CheckResult:
        report = check(changed, **options)
        found = [result for result in report.results if result.name == name]
        assert len(found) == 1, report
        return found[0]

    return find
