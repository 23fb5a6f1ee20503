"""Take the pictures of docs/panel.md: the panel during a run, a diff, the trace, in light and dark, and narrow.

    python scripts/panel_pictures.py

Needs the built panel, JupyterLab and Chromium (`make panel`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from browser_lab import SETUP, Lab, LabPage, running_chromium, running_lab  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
BEFORE = '''\
"""Prices of a small shop."""


def total(prices):
    """The sum of the prices.

    >>> total([1, 2])
    3
    """
    result = 0
    for price in prices:
        result = price
    return result


def average(prices):
    """The mean price.

    >>> average([1, 3])
    2.0
    """
    return total(prices) / 2
'''
AFTER = BEFORE.replace("result = price", "result += price").replace("/ 2", "/ len(prices)")
REPLY = f"shop.py\n```python\n{AFTER}```\n"
CELL = "```python\nimport statistics\n\nprices = [3.5, 4.0, 2.5]\nprint(statistics.mean(prices))\n```\n"
DARK = "JupyterLab Dark"


def diff(at: LabPage, lab: Lab) -> None:
    """The diff in light and dark, the run before it, and the panel at 240 pixels."""
    lab.write("shop", ["# The shop\nimport shop", SETUP, f"script(*[{REPLY!r}] * 5, delay=0.05)"])
    (lab.work / "shop" / "shop.py").write_text(BEFORE, encoding="utf-8")
    at.open("shop")
    at.run_cell(1)
    at.run_cell(2)
    at.select_cell(0)
    at.show_panel()
    widen(at)
    at.panel.get_by_label("Where the result goes").select_option("files")
    at.ask("Fix total and average in shop.py, their examples fail")
    at.panel.locator(".sc-stream").wait_for()
    at.page.wait_for_timeout(2_000)
    take(at, "panel_running")
    at.panel.locator("[data-hunk]").first.wait_for(timeout=60_000)
    at.page.keyboard.press("j")
    take(at, "panel_diff_light")
    at.command("apputils:change-theme", theme=DARK)
    at.page.wait_for_timeout(1_500)
    take(at, "panel_diff_dark")
    at.command("apputils:change-theme", theme="JupyterLab Light")
    at.page.wait_for_timeout(1_500)
    at.page.evaluate("() => { document.querySelector('#smallcode-panel .sc-root').style.width = '240px'; }")
    at.panel.locator(".sc-root").screenshot(path=PICTURES / "panel_narrow.png")


def trace(at: LabPage, lab: Lab) -> None:
    """The trace of a cell, unfolded, in light and dark."""
    lab.write("trace", [SETUP, f"script({CELL!r})", "%%smallcode\nthe mean of the prices 3.5, 4.0 and 2.5"])
    at.open("trace")
    for index in range(3):
        at.run_cell(index)
    at.page.locator(".sc-saved button.sc-fold", has_text="think").click()
    at.page.locator(".sc-saved").scroll_into_view_if_needed()
    take(at, "trace_light")
    at.command("apputils:change-theme", theme=DARK)
    at.page.wait_for_timeout(1_500)
    take(at, "trace_dark")


def widen(at: LabPage) -> None:
    """Give the panel a third of the page."""
    edge = at.panel.bounding_box()
    assert edge is not None
    at.page.mouse.move(edge["x"] - 2, 400)
    at.page.mouse.down()
    at.page.mouse.move(860, 400, steps=5)
    at.page.mouse.up()


def take(at: LabPage, name: str) -> None:
    """Write a picture of the page."""
    at.page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        running_lab(Path(place) / "lab") as lab,
        running_chromium() as browser,
    ):
        for act in (diff, trace):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            act(LabPage(context.new_page(), lab), lab)
            context.close()
