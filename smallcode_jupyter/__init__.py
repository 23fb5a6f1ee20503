"""A coding agent for small local models, native to the notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["load_ipython_extension", "panel", "register_card", "unload_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext smallcode_jupyter`."""
    from smallcode_jupyter.frontends.magic import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext smallcode_jupyter`."""
    from smallcode_jupyter.frontends.magic import unload

    unload(shell)


def panel() -> Any:
    """The panel as a widget: the thread of this kernel, and a field for words. Also in VS Code and Colab."""
    from smallcode_jupyter.frontends.panel import open_panel

    return open_panel()


def register_card(kind: type | str, describe: Callable[[Any], str] | None) -> None:
    """Let `describe` say in prompts what objects of a class are, or of one by its full name: `"mylib.Grid"`.

    Subclasses count, too. None takes it back.
    """
    from smallcode_jupyter.frontends.values import registry

    registry.register_card(kind, describe)


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where JupyterLab's tools find the side panel."""
    return [{"src": "labextension", "dest": "smallcode-jupyter"}]
