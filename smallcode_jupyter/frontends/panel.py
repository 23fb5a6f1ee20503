"""`smallcode_jupyter.panel()`: the panel as a widget, for every notebook client that shows widgets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from smallcode_jupyter.frontends.comm import Panels, panels_of
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.protocol.tools import Json

__all__ = ["make_panel", "open_panel"]

_STATIC = Path(__file__).parent.parent / "static"


def open_panel() -> Any:
    """A panel of the kernel that this runs in. Raises UsageError as `make_panel` does."""
    from IPython.core.getipython import get_ipython

    return make_panel(get_ipython())


def make_panel(shell: Any, *, static: Path = _STATIC) -> Any:  # IPython and anywidget are not typed
    """A widget that shows this kernel's thread. Raises UsageError outside a kernel, and where it was not built."""
    panels = panels_of(shell)
    script, style = static / "widget.js", static / "widget.css"
    if not script.is_file() or not style.is_file():
        raise UsageError(
            "The panel is not built here.",
            why="This is a copy of the sources, and building the panel takes Node 20.",
            hint="Run  make panel  in it. %%smallcode works without.",
        )
    return _widget(shell, panels, script, style)


def _widget(shell: Any, panels: Panels, script: Path, style: Path) -> Any:
    import anywidget

    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()
    leaving: list[Callable[[], None]] = []

    class SmallCodePanel(anywidget.AnyWidget):
        _esm = script
        _css = style

    widget = SmallCodePanel()

    def send(data: dict[str, Json]) -> None:
        widget.send(data)

    def start(deed: Mapping[str, Any]) -> None:
        task = loop.create_task(panels.do(deed, can_answer=False))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def receive(_: object, message: Mapping[str, Any], buffers: object) -> None:
        """May run on any thread: deeds are handed to the loop that cells run on."""
        kind, data = message.get("kind"), message.get("data")
        if kind == "open":
            # All views of the widget hear all messages: one listener serves them, and greets each newcomer.
            while leaving:
                leaving.pop()()
            leaving.append(panels.listen(send))
        elif kind == "wish" and isinstance(data, dict):
            panels.wish(data)
        elif kind == "deed" and isinstance(data, dict):
            loop.call_soon_threadsafe(start, data)
        elif kind == "complete" and isinstance(prefix := message.get("prefix"), str):
            widget.send({"kind": "names", "prefix": prefix, "names": _names(shell, prefix)})

    widget.on_msg(receive)
    return widget


def _names(shell: Any, prefix: str) -> list[str]:
    """What can stand after `@` and begins like this, as Tab offers it in a request."""
    line = f"%smallcode ask @{prefix}"
    _, found = shell.complete("", line, len(line))
    return [text.removeprefix("@") for text in found if text.startswith("@")]
