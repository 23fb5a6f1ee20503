"""A small workspace, and the same file states written down for comparing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.workspace.staging import Staging

Put = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def put(root: Path) -> Put:
    """Write files under the root; returns it."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def staging(root: Path, tmp_path: Path):
    made = Staging(root, tmp_path / "scratch")
    yield made
    made.close()


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes | None]]:
    """All files with their bytes, and all folders (None), under a folder."""

    def take(folder: Path) -> dict[str, bytes | None]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(folder.rglob("*"))
        }

    return take


@pytest.fixture
def proposal(root: Path) -> Callable[[Mapping[str, str | None]], ChangeSet]:
    """The change set that gives files these texts (None: deleted), as if they had just been read."""

    def propose(texts: Mapping[str, str | None]) -> ChangeSet:
        files = []
        for name, after in sorted(texts.items()):
            path = root / name
            before = path.read_bytes() if path.exists() else None
            files.append(
                FileChange(
                    path=name,
                    before=None if before is None else before.decode(),
                    after=after,
                    before_hash=None if before is None else content_hash(before),
                )
            )
        return ChangeSet(id="proposed", files=tuple(files))

    return propose
