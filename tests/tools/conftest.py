"""A small workspace, a toolbox on it, and people who say yes or no."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from smallcode_jupyter.protocol.tools import ToolCall, ToolResult
from smallcode_jupyter.tools.registry import Toolbox
from smallcode_jupyter.workspace.staging import Staging

Use = Callable[..., ToolResult]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "app.py").write_text("import os\n\n\ndef main():\n    return 1\n")
    (folder / "README.md").write_text("# Title\n\nWords about main.\n")
    return folder


@pytest.fixture
def staging(root: Path, tmp_path: Path) -> Iterator[Staging]:
    made = Staging(root, tmp_path / "scratch")
    yield made
    made.close()


@pytest.fixture
def toolbox(staging: Staging) -> Callable[..., Toolbox]:
    def make(**fields: Any) -> Toolbox:
        return Toolbox(staging=staging, **fields)

    return make


@pytest.fixture
def use(toolbox: Callable[..., Toolbox]) -> Use:
    """Run a tool by name with arguments; `box` for a toolbox of its own."""
    numbers = itertools.count(1)

    def run(name: str, /, box: Toolbox | None = None, **arguments: Any) -> ToolResult:
        call = ToolCall(id=f"call_{next(numbers)}", name=name, arguments=arguments)
        return (box or toolbox()).run(call, cancel=Event())

    return run
