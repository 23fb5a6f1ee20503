"""A workspace of a few files, and its index."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from index_shop import SHOP

from smallcode_jupyter.index.code_index import CodeIndex

Put = Callable[[Mapping[str, str | bytes | None]], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def put(root: Path) -> Put:
    """Write files under the root; None deletes."""

    def write(files: Mapping[str, str | bytes | None]) -> None:
        for name, content in files.items():
            path = root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


@pytest.fixture
def index(root: Path, tmp_path: Path) -> CodeIndex:
    """Empty: nothing is read until `refresh`."""
    return CodeIndex(root, tmp_path / "state" / "index.sqlite")


@pytest.fixture
def shop(put: Put, index: CodeIndex) -> CodeIndex:
    """The index of a small shop."""
    put(SHOP)
    index.refresh()
    return index
