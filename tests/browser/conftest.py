"""JupyterLab, started once, and Chromium; a page for each test, whose kernel ends with it.

Chromium ends with the module: Playwright's event loop stays in its thread, where the tests of other folders start
their own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser_lab import PATIENCE, Lab, LabPage, running_chromium, running_lab
from playwright.sync_api import Browser, expect

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def at(lab: Lab, chromium: Browser) -> Iterator[LabPage]:
    """A page; errors in it that nothing caught fail the test."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    page = LabPage(context.new_page(), lab)
    yield page
    context.close()
    lab.shut_down_kernels()
    # JupyterLab's own, where a kernel restarts while its debugger is asked.
    assert [error for error in page.errors if not error.startswith("Canceled future")] == []
