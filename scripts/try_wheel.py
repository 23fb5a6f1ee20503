"""Install the wheel into an empty environment without Node, and use the panel there as a person would.

    python scripts/try_wheel.py [--jupyterlab '4.4.*'] [--notebook '7.4.*'] [--pictures FOLDER]

In JupyterLab: the side panel runs and its code is accepted. In Notebook 7: the widget does the same. Needs the network
for the environment, and Chromium. Build the panel first (`make panel`), or have Node to build the wheel.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from browser_lab import SETUP, Lab, LabPage, running_chromium, running_server  # noqa: E402
from playwright.sync_api import Browser, expect  # noqa: E402

CODE = "prices = [3.5, 4.0, 2.5]\nprint('total', sum(prices))\n"
CELLS = [SETUP, f"script({f'```python{chr(10)}{CODE}```{chr(10)}'!r})"]
WORDS = "the sum of the prices 3.5, 4.0 and 2.5"


def environment(place: Path, versions: list[str]) -> Path:
    """The Python of a new environment with the wheel and these packages, and nothing else."""
    wheels = place / "wheels"
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(wheels),
        str(ROOT),
    ]
    subprocess.run(build, check=True)
    (wheel,) = wheels.iterdir()
    print(f"{wheel.name}: {wheel.stat().st_size / 1e3:.0f} kB")
    subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True)
    python = place / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-compile", str(wheel), *versions]
    subprocess.run(install, check=True)
    return python


def bare(python: Path) -> dict[str, str]:
    """The variables of a process that sees only the new environment's programs."""
    path = str(python.parent)
    assert shutil.which("node", path=path) is None
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    return {**kept, "PATH": path}


def in_jupyterlab(place: Path, python: Path, browser: Browser, pictures: Path) -> None:
    """The side panel."""
    program = [str(python), "-m", "jupyterlab", "--LabApp.expose_app_in_browser=True"]
    with running_server(place, program, bare(python)) as lab:
        at = opened(lab, browser)
        lab.write("wheel", CELLS)
        at.open("wheel")
        at.run_cell(0)
        at.run_cell(1)
        at.show_panel()
        at.ask(WORDS)
        expect(at.panel.locator(".sc-proposal")).to_contain_text("sum(prices)")
        at.page.screenshot(path=pictures / "wheel_jupyterlab.png")
        at.panel.get_by_role("button", name="Accept and run").click()
        expect(at.page.locator(".jp-Notebook .jp-CodeCell").nth(2)).to_contain_text("total 10.0")
        print("JupyterLab: the side panel ran, its code was accepted")


def in_notebook(place: Path, python: Path, browser: Browser, pictures: Path) -> None:
    """The widget; and the side panel, which Notebook 7 loads too."""
    program = [str(python), "-m", "notebook", "--JupyterNotebookApp.expose_app_in_browser=True"]
    with running_server(place, program, bare(python)) as lab:
        at = opened(lab, browser)
        lab.write("wheel", [*CELLS, "import smallcode_jupyter\nsmallcode_jupyter.panel()"])
        at.page.goto(f"{lab.url}/notebooks/wheel/wheel.ipynb")
        at.wait_for_notebook()
        for index in range(3):
            at.run_cell(index)
        widget = at.page.locator(".sc-widget")
        field = widget.locator("textarea")
        field.fill(WORDS)
        field.press("Enter")
        expect(widget.locator(".sc-proposal")).to_contain_text("sum(prices)")
        widget.scroll_into_view_if_needed()
        at.page.screenshot(path=pictures / "wheel_notebook.png")
        widget.get_by_role("button", name="Accept and run").click()
        expect(widget).to_contain_text("total 10.0")
        print("Notebook: the widget ran, its code was accepted")
        at.command("smallcode:open")
        expect(at.panel.locator(".sc-asked")).to_have_text(WORDS)
        at.page.screenshot(path=pictures / "wheel_notebook_side.png")
        print("Notebook: the side panel opens on its command, too")


def opened(lab: Lab, browser: Browser) -> LabPage:
    """A page of a server."""
    return LabPage(browser.new_context(viewport={"width": 1280, "height": 800}).new_page(), lab)


def main() -> None:
    """Make the environment, then use it."""
    parser = argparse.ArgumentParser(description="Try the wheel in an empty environment.")
    parser.add_argument("--jupyterlab", default="4.4.*", help="its version")
    parser.add_argument("--notebook", default="7.4.*", help="its version")
    parser.add_argument(
        "--pictures", type=Path, default=Path("out"), help="where to write what it looked like"
    )
    options = parser.parse_args()
    options.pictures.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=120_000)
    with tempfile.TemporaryDirectory() as folder, running_chromium() as browser:
        place = Path(folder)
        versions = [f"jupyterlab=={options.jupyterlab}", f"notebook=={options.notebook}"]
        python = environment(place, versions)
        for name, use in (("lab", in_jupyterlab), ("notebook", in_notebook)):
            (place / name).mkdir()
            use(place / name, python, browser, options.pictures)


if __name__ == "__main__":
    main()
