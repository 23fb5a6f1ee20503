"""A real JupyterLab of this test run alone, and one page of it in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

REPOSITORY = Path(__file__).parents[2]
SETUP = """\
%load_ext smallcode_jupyter
from pathlib import Path as _Path
from smallcode_jupyter.frontends.magic import notebook_of as _notebook_of, use_session as _use_session
from smallcode_jupyter.models.scripted import ScriptedModel as _ScriptedModel
from smallcode_jupyter.session.session import Session as _Session

def script(*replies, delay=0.0):
    facts = _notebook_of(get_ipython()).facts
    _use_session(_Session(root=_Path.cwd(), model=_ScriptedModel(replies, delay=delay), facts=facts))
"""
PATIENCE = 120_000
"""Milliseconds until what does not come is a failure. A busy machine needs most of a minute to show a notebook."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, kw_only=True)
class Lab:
    """A running JupyterLab."""

    url: str
    work: Path

    def write(self, name: str, cells: Sequence[Any], *, has_kernel: bool = True) -> None:
        """Write a notebook; a text is a cell of code. Without a kernel JupyterLab asks for one."""
        made = [nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = nbformat.v4.new_notebook(cells=made, metadata=kernel if has_kernel else {})
        folder = self.work / name
        folder.mkdir(exist_ok=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")

    def requests(self, path: str) -> Any:
        """What its API answers."""
        with urllib.request.urlopen(f"{self.url}/api/{path}", timeout=10) as answer:
            return json.load(answer)

    def speak(self, language: str) -> None:
        """Set JupyterLab's language, such as `de_DE`, for pages that are opened from now on."""
        folder = self.work.parent / "settings" / "@jupyterlab" / "translation-extension"
        folder.mkdir(exist_ok=True)
        (folder / "plugin.jupyterlab-settings").write_text(json.dumps({"locale": language}))

    def shut_down_kernels(self) -> None:
        """End the kernels of all notebooks."""
        for session in self.requests("sessions"):
            request = urllib.request.Request(f"{self.url}/api/sessions/{session['id']}", method="DELETE")
            urllib.request.urlopen(request, timeout=PATIENCE / 1_000).close()


@contextmanager
def running_lab(place: Path) -> Iterator[Lab]:
    """Start JupyterLab with this copy's panel; its settings, kernels and state are in `place`. Stopped at the end."""
    extensions = place / "share" / "labextensions"
    extensions.mkdir(parents=True)
    (extensions / "smallcode-jupyter").symlink_to(REPOSITORY / "smallcode_jupyter" / "labextension")
    environment = {**os.environ, "JUPYTER_PATH": str(place / "share"), "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "jupyterlab", "--LabApp.expose_app_in_browser=True"]
    with running_server(place, command, environment) as lab:
        yield lab


@contextmanager
def running_server(place: Path, program: Sequence[str], environment: Mapping[str, str]) -> Iterator[Lab]:
    """Start a notebook server, as `running_lab` does."""
    quiet = place / "settings" / "@jupyterlab" / "apputils-extension"
    quiet.mkdir(parents=True)
    (quiet / "notification.jupyterlab-settings").write_text(
        '{"fetchNews": "false", "checkForUpdates": false}'
    )
    (place / "work").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **environment,
        "HOME": str(place),
        "JUPYTER_CONFIG_DIR": str(place / "config"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_RUNTIME_DIR": str(place / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(place / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(place / "workspaces"),
        "IPYTHONDIR": str(place / "ipython"),
        "SMALLCODE_HOME": str(place / "smallcode"),
    }
    command = [*program, "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--ip=127.0.0.1", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    command += ["--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={place / 'work'}"]
    with (place / "lab.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=place, stdout=log, stderr=log)
        try:
            lab = Lab(url=f"http://127.0.0.1:{port}", work=place / "work")
            _wait_for(lab, process, place / "lab.log")
            yield lab
        finally:
            process.terminate()
            process.wait(PATIENCE / 1_000)


def _wait_for(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE / 1_000
    while time.monotonic() < end:
        try:
            lab.requests("status")
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Chromium as the system has it, else Playwright's own."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


_SAVED_OPEN = """async () => {
    const saved = await window.jupyterapp.serviceManager.workspaces.list();
    const name = location.pathname.split('/workspaces/')[1]?.split('/')[0];
    const here = saved.values.find((one) => one.metadata.id === name);
    const right = here?.data['layout-restorer:data']?.right;
    return !!right && !right.collapsed && right.current === 'smallcode-panel';
}"""


_RUN_CELL = """index => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    // At once: what takes the focus between two steps would make its own cell the active one.
    notebook.activeCellIndex = index;
    notebook.deselectAll();
    window.smallcodeRun = { index, end: null };
    window.jupyterapp.commands.execute('notebook:run-cell').then(
        () => { window.smallcodeRun.end = 'ended'; },
        reason => { window.smallcodeRun.end = String(reason); }
    );
}"""
_HAS_RUN = """index => {
    const widget = window.jupyterapp.shell.currentWidget;
    return window.smallcodeRun.end !== null
        && widget.content.widgets[index].model.executionCount !== null
        && widget.sessionContext.session.kernel.status === 'idle';
}"""
_CELL_STATE = """index => {
    const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
    const { kernel } = sessionContext.session;
    return {
        command: window.smallcodeRun,
        active: content.activeCellIndex,
        counts: content.widgets.map(cell => cell.model.executionCount ?? null),
        prompts: content.widgets.map(cell => cell.model.executionState ?? null),
        status: kernel.status,
        connection: kernel.connectionStatus,
        dialog: document.querySelector('.jp-Dialog')?.innerText ?? null,
        focus: document.activeElement?.className ?? null
    };
}"""


class LabPage:
    """One notebook in JupyterLab, with the panel."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self.page = page
        self.lab = lab
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.set_default_timeout(PATIENCE)

    def open(self, name: str, *, window: str = "") -> None:
        """Show the notebook of this name, alone; each window that is open at a time has a name of its own."""
        self.page.goto(f"{self.lab.url}/lab/workspaces/{name}{window}/tree/{name}/{name}.ipynb?reset")
        self.wait_for_notebook()

    def wait_for_notebook(self) -> None:
        """Until the kernel of the active notebook is idle."""
        self.page.wait_for_function(
            """() => {
                const app = window.jupyterapp;
                const widget = app && app.shell.currentWidget;
                const session = widget && widget.sessionContext && widget.sessionContext.session;
                return !!(session && session.kernel && session.kernel.status === 'idle');
            }"""
        )

    def wait_for_layout(self) -> None:
        """Until JupyterLab has saved that the panel is open on the right, which it does a little later."""
        deadline = time.monotonic() + PATIENCE / 1_000
        while not self.page.evaluate(_SAVED_OPEN):
            assert time.monotonic() < deadline, "the layout was not saved"
            self.page.wait_for_timeout(100)

    def command(self, name: str, **arguments: object) -> None:
        """Execute a command of JupyterLab."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args)", [name, dict(arguments)]
        )

    def is_enabled(self, name: str) -> bool:
        """Whether a command can be executed now."""
        return bool(self.page.evaluate("name => window.jupyterapp.commands.isEnabled(name)", name))

    def run_cell(self, index: int) -> None:
        """Run a cell and wait for its end; how things stand is told where that does not come."""
        self.page.evaluate(_RUN_CELL, index)
        try:
            self.page.wait_for_function(_HAS_RUN, arg=index)
        except PlaywrightTimeout:
            state = json.dumps(self.page.evaluate(_CELL_STATE, index))
            raise AssertionError(f"cell {index} did not end: {state}") from None

    def start_cell(self, index: int) -> None:
        """Run a cell."""
        self.page.evaluate(_RUN_CELL, index)

    def select_cell(self, index: int) -> None:
        """Make a cell the active one."""
        self.page.evaluate(
            "index => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index; }", index
        )

    def sources(self) -> list[str]:
        """The sources of the cells."""
        return list(
            self.page.evaluate(
                "() => window.jupyterapp.shell.currentWidget.content.widgets"
                ".map(cell => cell.model.sharedModel.getSource())"
            )
        )

    def output(self, index: int) -> str:
        """A cell's output as text."""
        cell = self.page.locator(".jp-Notebook .jp-Cell").nth(index)
        return cell.locator(".jp-OutputArea").inner_text()

    @property
    def panel(self) -> Locator:
        """The side panel."""
        return self.page.locator("#smallcode-panel")

    def show_panel(self) -> Locator:
        """Open the side panel and wait until it is connected."""
        self.page.locator('.jp-SideBar .lm-TabBar-tab[data-id="smallcode-panel"]').click()
        self.connected()
        return self.panel

    def connected(self) -> None:
        """Until words can be sent."""
        self.panel.locator(".sc-settings").wait_for()
        self.page.wait_for_function(
            "() => !document.querySelector('#smallcode-panel').innerText.includes('Connecting')"
        )

    def ask(self, words: str) -> None:
        """Send words from the panel."""
        field = self.panel.locator("textarea")
        field.fill(words)
        field.press("Enter")

    def axe(self, selector: str) -> list[dict[str, Any]]:
        """What axe finds wrong inside an element."""
        script = REPOSITORY / "labextension" / "node_modules" / "axe-core" / "axe.min.js"
        self.page.evaluate(script.read_text(encoding="utf-8"))
        result = self.page.evaluate("selector => axe.run(selector)", selector)
        return list(result["violations"])
