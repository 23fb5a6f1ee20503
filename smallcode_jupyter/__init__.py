"""A coding agent for small local models, native to the notebook."""

from __future__ import annotations

from typing import Any

__all__ = ["load_ipython_extension", "unload_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext smallcode_jupyter`."""
    from smallcode_jupyter.frontends.magic import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext smallcode_jupyter`."""
    from smallcode_jupyter.frontends.magic import unload

    unload(shell)
