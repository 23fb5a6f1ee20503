"""Pages in Chromium: real layout, real focus, no network."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.bench.grading.subject import SubjectDied
from smallcode_jupyter.bench.toolchains import find_toolchain

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext, Page, Route

__all__ = ["Browser"]

_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_TIMEOUT_MS = 5_000
_LOAD_TIMEOUT_MS = 60_000
"""A busy machine is no fault of the page."""


class Browser:
    """One Chromium for many examinations: started with the first page, each page in a context of its own."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._chromium: Chromium | None = None

    def close(self) -> None:
        """End it, if it was started."""
        self._chromium = None
        self._stack.close()

    def open_page(
        self, folder: Path, path: str, *, width: int, height: int, scripts: bool
    ) -> tuple[Page, BrowserContext]:
        """A page of the folder, and its context to close; only files of that folder load. Raises SubjectDied."""
        from playwright.sync_api import Error

        context = self._started().new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, offline=True
        )
        context.set_default_timeout(_TIMEOUT_MS)
        root = folder.resolve().as_uri()

        def only_own_files(route: Route) -> None:
            if route.request.url.startswith(root):
                route.continue_()
            else:
                route.abort()

        context.route("**/*", only_own_files)
        page = context.new_page()
        try:
            page.goto((folder.resolve() / path).as_uri(), timeout=_LOAD_TIMEOUT_MS)
        except Error as error:
            context.close()
            raise SubjectDied(f"{path} does not load: {error.message}") from error
        return page, context

    def _started(self) -> Chromium:
        from playwright.sync_api import sync_playwright

        if self._chromium is None:
            driver = sync_playwright().start()
            self._stack.callback(driver.stop)
            program = str(find_toolchain("chromium"))
            self._chromium = driver.chromium.launch(executable_path=program, args=list(_OPTIONS))
            self._stack.callback(self._chromium.close)
        return self._chromium
