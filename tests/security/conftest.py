"""The scripts that drive faults and attacks can be imported by these tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_FAULTS = Path(__file__).parents[2] / "scripts" / "measure" / "faults"


@pytest.fixture(autouse=True, scope="package")
def _scripts() -> Iterator[None]:
    sys.path.insert(0, str(_FAULTS))
    yield
    sys.path.remove(str(_FAULTS))
