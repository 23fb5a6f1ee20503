"""The shell whose copies the trials of a module run in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell


@pytest.fixture(scope="module")
def shell() -> Iterator[Any]:
    displayhook = sys.displayhook
    instance = InteractiveShell.instance()
    instance.history_manager.enabled = False
    yield instance
    instance.history_manager.end_session()
    InteractiveShell.clear_instance()
    sys.displayhook = displayhook
