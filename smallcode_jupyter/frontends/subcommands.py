"""The commands of `%smallcode`, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.choosing import parse_choice
from smallcode_jupyter.frontends.live import show
from smallcode_jupyter.frontends.options import option_names
from smallcode_jupyter.frontends.reports import (
    config_text,
    models_text,
    status_text,
    trace_view,
    undo_sentence,
)
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.render.html import proposal_html, render_html
from smallcode_jupyter.render.markdown import render_markdown
from smallcode_jupyter.render.text import render_proposal, render_text

if TYPE_CHECKING:
    from smallcode_jupyter.frontends.notebook import Notebook

__all__ = ["COMMANDS", "Command", "run_command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of `%smallcode`."""

    run: Callable[[Notebook, str], None]
    usage: str
    about: str


def run_command(notebook: Notebook, line: str) -> None:
    """Run the command that the line names; no name means `status`. Raises UsageError for an unknown one."""
    name, _, rest = line.strip().partition(" ")
    command = COMMANDS.get(name or "status")
    if command is None:
        raise UsageError(f"There is no command {name!r}.", hint=f"Commands are: {', '.join(COMMANDS)}.")
    command.run(notebook, rest.strip())


def _status(notebook: Notebook, rest: str) -> None:
    show(notebook.shell, status_text(notebook.session))


def _accept(notebook: Notebook, rest: str) -> None:
    session = notebook.session
    choice = parse_choice(rest, verdict="accept", pending=session.pending)
    notebook.accept(session.accept(choice))


def _reject(notebook: Notebook, rest: str) -> None:
    session = notebook.session
    rejected = session.reject(parse_choice(rest, verdict="reject", pending=session.pending))
    notebook.tell(f"Discarded: {', '.join(rejected)}." if rejected else "Discarded.")


def _undo(notebook: Notebook, rest: str) -> None:
    names, notebook.names_set = notebook.names_set, ()
    notebook.tell(undo_sentence(notebook.session.undo(), names))


def _diff(notebook: Notebook, rest: str) -> None:
    pending = notebook.session.pending
    if pending is None or pending.is_empty:
        notebook.tell("Nothing is proposed.")
        return
    show(notebook.shell, render_proposal(pending), html=f"<div>{proposal_html(pending)}</div>")


def _trace(notebook: Notebook, rest: str) -> None:
    path = Path(rest) if rest else notebook.session.last_trace
    if path is None:
        notebook.tell("There is no trace yet.")
        return
    view = trace_view(path)
    closing = f"Trace: {path}"
    show(
        notebook.shell,
        render_text(view, closing=closing),
        markdown=render_markdown(view, closing=closing),
        html=render_html(view, closing=closing),
    )


def _models(notebook: Notebook, rest: str) -> None:
    show(notebook.shell, models_text(notebook.session.model_info(connect=False)))


def _config(notebook: Notebook, rest: str) -> None:
    show(notebook.shell, config_text(notebook.session.settings))


def _set(notebook: Notebook, rest: str) -> None:
    name, _, value = rest.partition(" ")
    if not name:
        raise UsageError("Name a setting and its value.", hint="%smallcode config lists the settings.")
    notebook.session.set(name, value.strip())
    notebook.tell(f"{name} is set.")


def _trust(notebook: Notebook, rest: str) -> None:
    notebook.session.trust()
    notebook.tell(f"Settings in {notebook.session.root / '.env'} are read from now on.")


def _help(notebook: Notebook, rest: str) -> None:
    rows = [(f"%smallcode {command.usage}", command.about) for command in COMMANDS.values()]
    width = max(len(usage) for usage, _ in rows)
    lines = [
        "%%smallcode [options]",
        "what you want, in plain words",
        "",
        f"Options: {option_names()}",
        "",
        *(f"{usage:<{width}}  {about}" for usage, about in rows),
    ]
    show(notebook.shell, "\n".join(lines))


COMMANDS: dict[str, Command] = {
    "status": Command(run=_status, usage="status", about="the model, the folder, what waits to be accepted"),
    "accept": Command(
        run=_accept, usage="accept [PATH[:HUNK,...]]", about="take the proposal, or a part of it"
    ),
    "reject": Command(run=_reject, usage="reject [PATH[:HUNK,...]]", about="discard it, or a part of it"),
    "undo": Command(run=_undo, usage="undo", about="put back the files that were changed last"),
    "diff": Command(run=_diff, usage="diff", about="show the proposal"),
    "trace": Command(run=_trace, usage="trace [FILE]", about="show the last run, or one from a trace file"),
    "models": Command(run=_models, usage="models", about="models that can be used here"),
    "config": Command(run=_config, usage="config", about="all settings, and where each came from"),
    "set": Command(
        run=_set,
        usage="set NAME VALUE",
        about="change a setting in this kernel; set parsing off: a technique",
    ),
    "trust": Command(run=_trust, usage="trust", about="allow reading settings from this folder's .env"),
    "help": Command(run=_help, usage="help", about="this list"),
}
