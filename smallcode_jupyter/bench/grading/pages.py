"""Pages in Chromium: real layout, real focus, no network."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.bench.grading.subject import SubjectDied
from smallcode_jupyter.bench.toolchains import find_toolchain

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

__all__ = ["open_page"]

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


def open_page(stack: ExitStack, folder: Path, path: str, *, width: int, height: int, scripts: bool) -> Page:
    """A page of the folder; only files of that folder load. The browser ends with the stack."""
    from playwright.sync_api import Error

    browser = _browser(stack)
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, offline=True
    )
    stack.callback(context.close)
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
        page.goto((folder.resolve() / path).as_uri())
    except Error as error:
        raise SubjectDied(f"{path} does not load: {error.message}") from error
    return page


def _browser(stack: ExitStack) -> Browser:
    """The stack's browser, started with its first page."""
    from playwright.sync_api import sync_playwright

    known = getattr(stack, "browser", None)
    if known is not None:
        return known  # type: ignore[no-any-return]  # kept on the stack that ends it
    driver = sync_playwright().start()
    stack.callback(driver.stop)
    browser = driver.chromium.launch(executable_path=str(find_toolchain("chromium")), args=list(_OPTIONS))
    stack.callback(browser.close)
    stack.browser = browser  # type: ignore[attr-defined]
    return browser
