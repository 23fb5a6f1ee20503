"""A small project."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project with a function to write."""
    (tmp_path / "tools.py").write_text(
        'def double(x):\n    """Return twice x.\n\n    >>> double(4)\n    8\n    """\n    raise NotImplementedError\n'
    )
    return tmp_path
