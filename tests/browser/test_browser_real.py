"""The panel with the real 0.5B model behind the built-in server: words in, code accepted, and taken back."""

from __future__ import annotations

import pytest
from browser_lab import LabPage
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.real]

NAMES = ("SMALLCODE_HOME", "SMALLCODE_BASE_URL", "SMALLCODE_MODEL")
SLOWEST = 300_000
"""Milliseconds that the model may take on a machine that is busy with others."""


def test_the_real_models_code_is_accepted_and_taken_back(real_server: dict[str, str], at: LabPage) -> None:
    settings = {name: real_server[name] for name in NAMES}
    setup = f"import os\nos.environ.update({settings!r})\n%load_ext smallcode_jupyter\nprices = [3, 4, 5]"
    at.lab.write("real", [setup, "assert total == 12"])
    at.open("real")
    at.run_cell(0)
    at.show_panel()
    at.ask("Compute the sum of the list prices and store it in `total`.")
    proposal = at.panel.locator(".sc-proposal")
    expect(proposal).to_contain_text("total", timeout=SLOWEST)
    expect(at.panel.locator(".sc-meter").first).to_contain_text("tokens/s")
    proposal.press("a")
    cells = at.page.locator(".jp-Notebook .jp-CodeCell")
    expect(cells).to_have_count(3)
    assert "total" in at.sources()[1]
    at.run_cell(2)
    assert at.output(2).strip() == ""
    at.command("notebook:enter-command-mode")
    at.command("notebook:undo-cell-action")
    expect(cells).to_have_count(2)
    assert at.sources() == [setup, "assert total == 12"]
