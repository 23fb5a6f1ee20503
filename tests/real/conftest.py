"""The real 0.5B model behind the built-in server, started once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smallcode_jupyter.models.local.pull import pull
from smallcode_jupyter.models.local.serve import ensure_server, stop_server


@pytest.fixture(scope="session")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL; the server's notes and all state lie in a folder of the test's own."""
    path = pull("0.5b")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SMALLCODE_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("SMALLCODE_MODEL", "")
        handle = ensure_server(path, context=4096)
        patch.setenv("SMALLCODE_BASE_URL", handle.base_url)
        yield handle.base_url
        stop_server()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project with a function to write."""
    (tmp_path / "tools.py").write_text(
        'def double(x):\n    """Return twice x.\n\n    >>> double(4)\n    8\n    """\n    raise NotImplementedError\n'
    )
    return tmp_path
