"""`%load_ext smallcode_jupyter`: the magics, and the transformer that lets the cell magic await."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from smallcode_jupyter.frontends.comm import install_panels, remove_panels
from smallcode_jupyter.frontends.completing import install_completion, remove_completion
from smallcode_jupyter.frontends.notebook import Notebook, open_default_session
from smallcode_jupyter.frontends.transformer import CellTransformer
from smallcode_jupyter.frontends.trial import install_trial, remove_trial
from smallcode_jupyter.frontends.tutoring import greet
from smallcode_jupyter.protocol.errors import UsageError

if TYPE_CHECKING:
    from smallcode_jupyter.session.session import Session

__all__ = ["load", "notebook_of", "unload", "use_session"]

_NAME = "smallcode"
_NEEDED_AT_ONCE = ("smallcode_jupyter.session.session", "pydantic_settings")
"""Half a second to import: spent when loading, so that the first cell shows its first event at once."""


def load(shell: Any) -> Notebook:  # IPython is not typed
    """Register `%%smallcode` and `%smallcode` in an IPython shell. Loading twice starts afresh."""
    from IPython.core.magic import no_var_expand

    unload(shell)
    for name in _NEEDED_AT_ONCE:
        import_module(name)
    notebook = Notebook(shell, open_session=open_default_session)
    # The words are literal: without this IPython would expand braces and dollars in them.
    no_var_expand(Notebook.cell)
    no_var_expand(Notebook.line)
    shell.register_magic_function(notebook.cell, magic_kind="cell", magic_name=_NAME)
    shell.register_magic_function(notebook.line, magic_kind="line", magic_name=_NAME)
    install_trial(shell)
    CellTransformer(shell).install()
    install_panels(shell, notebook)
    install_completion(shell, notebook.facts)
    for watch in (notebook.facts.note_run, notebook.commits.relieve):
        shell.events.register("post_run_cell", watch)
    policy = greet(notebook)
    if policy is not None and policy.level == "off":
        remove_trial(shell)
        remove_completion(shell)
    return notebook


def unload(shell: Any) -> None:
    """Take the magics away again and give back the session. Nothing happens where they are not loaded."""
    for transformer in [
        item for item in shell.input_transformers_cleanup if isinstance(item, CellTransformer)
    ]:
        transformer.uninstall()
    remove_completion(shell)
    magics = shell.magics_manager.magics
    found = magics["cell"].pop(_NAME, None)
    magics["line"].pop(_NAME, None)
    remove_trial(shell)
    if found is not None:
        remove_panels(shell, found.__self__)
        for watch in (found.__self__.facts.note_run, found.__self__.commits.relieve):
            shell.events.unregister("post_run_cell", watch)
        found.__self__.close()


def notebook_of(shell: Any) -> Notebook:
    """The front end that `load` made in this shell. Raises UsageError where there is none."""
    found = shell.find_cell_magic(_NAME) if shell is not None else None
    if found is None:
        raise UsageError("smallcode is not loaded here.", hint="Run %load_ext smallcode_jupyter first.")
    notebook = found.__self__
    assert isinstance(notebook, Notebook)
    return notebook


def use_session(session: Session) -> None:
    """Let the magics of the current shell work with this session. The caller closes it."""
    from IPython.core.getipython import get_ipython

    notebook_of(get_ipython()).use(session)
