"""The commands of `%smallcode`, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode_jupyter.frontends.cells.explaining import explain
from smallcode_jupyter.frontends.cells.fixing import accept_replacement, fix, refuse_stale, replacement_of
from smallcode_jupyter.frontends.choosing import parse_choice
from smallcode_jupyter.frontends.indexing import (
    IndexDisplay,
    ranked_text,
    refreshed_sentence,
    statistics_text,
)
from smallcode_jupyter.frontends.live import show
from smallcode_jupyter.frontends.options import option_names
from smallcode_jupyter.frontends.reports import (
    config_text,
    models_text,
    status_text,
    trace_view,
)
from smallcode_jupyter.frontends.tutoring import give_hint, refuse_when_off, tell_tutor
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
    if name != "tutor":
        refuse_when_off(notebook)
    if command is None:
        raise UsageError(f"There is no command {name!r}.", hint=f"Commands are: {', '.join(COMMANDS)}.")
    command.run(notebook, rest.strip())


def _status(notebook: Notebook, rest: str) -> None:
    show(notebook.shell, status_text(notebook.session))


def _accept(notebook: Notebook, rest: str) -> None:
    session = notebook.session
    session.tutor.require_accept()
    choice = parse_choice(rest, verdict="accept", pending=session.pending)
    refuse_stale(notebook.facts, session.pending)
    accepted = session.accept(choice)
    replacement = replacement_of(notebook, accepted)
    if replacement is not None and accepted.cell_code:
        accept_replacement(notebook, replacement, accepted.cell_code)
    else:
        notebook.accept(accepted)


def _reject(notebook: Notebook, rest: str) -> None:
    session = notebook.session
    rejected = session.reject(parse_choice(rest, verdict="reject", pending=session.pending))
    notebook.tell(f"Discarded: {', '.join(rejected)}." if rejected else "Discarded.")


def _undo(notebook: Notebook, rest: str) -> None:
    notebook.tell(notebook.undo())


def _rerun(notebook: Notebook, rest: str) -> None:
    from smallcode_jupyter.frontends.modules.rerun import rerun

    rerun(notebook, is_wished=True)


def _diff(notebook: Notebook, rest: str) -> None:
    notebook.session.tutor.require_accept()
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


def _replay(notebook: Notebook, rest: str) -> None:
    from smallcode_jupyter.frontends.replaying import replay_here

    replay_here(notebook.shell, rest)


def _fix(notebook: Notebook, rest: str) -> None:
    fix(notebook)


def _explain(notebook: Notebook, rest: str) -> None:
    explain(notebook, rest)


def _test(notebook: Notebook, rest: str) -> None:
    from smallcode_jupyter.frontends.cells.testing import run_tests

    show(notebook.shell, run_tests(notebook.shell, notebook.facts, notebook.session.root))


def _check(notebook: Notebook, rest: str) -> None:
    from smallcode_jupyter.frontends.cells.hidden_state import check_notebook

    show(notebook.shell, check_notebook(notebook.shell, notebook.facts))


def _hint(notebook: Notebook, rest: str) -> None:
    give_hint(notebook, rest)


def _compare(notebook: Notebook, rest: str) -> None:
    from smallcode_jupyter.frontends.cells.comparing import compare

    compare(notebook, rest)


def _tutor(notebook: Notebook, rest: str) -> None:
    tell_tutor(notebook)


def _models(notebook: Notebook, rest: str) -> None:
    show(notebook.shell, models_text(notebook.session.model_info(connect=False)))


def _config(notebook: Notebook, rest: str) -> None:
    show(notebook.shell, config_text(notebook.session.settings))


def _set(notebook: Notebook, rest: str) -> None:
    name, _, value = rest.partition(" ")
    if not name:
        raise UsageError("Name a setting and its value.", hint="%smallcode config lists the settings.")
    notebook.session.settings.require_free(name)
    notebook.session.set(name, value.strip())
    notebook.tell(f"{name} is set.")


def _trust(notebook: Notebook, rest: str) -> None:
    notebook.session.trust()
    notebook.tell(f"Settings in {notebook.session.root / '.env'} are read from now on.")


def _index(notebook: Notebook, rest: str) -> None:
    from smallcode_jupyter.index.code_index import CodeIndex, store_path

    session = notebook.session
    index = CodeIndex(session.root, store_path(session.state, session.root))
    display = IndexDisplay(notebook.shell)
    report = index.refresh(on_progress=display)
    if rest == "--stats":
        display.finish(statistics_text(index.statistics()))
    elif rest:
        display.finish(ranked_text(index.rank(rest, limit=20)))
    else:
        display.finish(refreshed_sentence(report))


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
    "undo": Command(
        run=_undo, usage="undo", about="put back what was accepted last: files, variables, modules"
    ),
    "rerun": Command(
        run=_rerun,
        usage="rerun",
        about="run the cells again that used modules which were edited: in a copy, then here",
    ),
    "diff": Command(run=_diff, usage="diff", about="show the proposal"),
    "trace": Command(run=_trace, usage="trace [FILE]", about="show the last run, or one from a trace file"),
    "replay": Command(
        run=_replay,
        usage="replay TRACE [--speed N] [--diff OTHER]",
        about="play a saved run step by step and say why; or compare two",
    ),
    "fix": Command(
        run=_fix, usage="fix", about="correct the cell that caused the last error, proved in a copy"
    ),
    "explain": Command(
        run=_explain, usage="explain [CELL]", about="explain a cell, such as 3, or the last error"
    ),
    "test": Command(
        run=_test, usage="test", about="run the notebook's asserts, doctests and test functions, and pytest"
    ),
    "check": Command(
        run=_check,
        usage="check",
        about="run the notebook from its beginning in a copy, and compare with the kernel",
    ),
    "hint": Command(run=_hint, usage="hint", about="teacher mode: the next hint for the same problem"),
    "compare": Command(
        run=_compare,
        usage="compare [WORDS]",
        about="which checks your own cell passes, and where it does otherwise than what would pass",
    ),
    "tutor": Command(run=_tutor, usage="tutor", about="teacher mode: what holds here, and what was given"),
    "index": Command(
        run=_index,
        usage="index [--stats | WORDS]",
        about="bring the index up to date; what it holds, or which files some words are about",
    ),
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
