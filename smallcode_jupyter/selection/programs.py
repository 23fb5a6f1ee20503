"""Observing programs: the commands that the task shows, and the same with options left out and other input."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from smallcode_jupyter.checks.commands import CommandExample, find_commands
from smallcode_jupyter.checks.launch import Launcher
from smallcode_jupyter.checks.programs import concerns, run_program
from smallcode_jupyter.checks.tree import Tree
from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.selection.outcomes import Outcome

__all__ = ["observe_programs", "program_runs"]

_INTERPRETED = ("python", "python3", "node")
_MOST_SHOWN = 3
_MOST = 10
_PROGRAM_WORDS = 2
"""`python solution.py`; what follows are its arguments."""


def program_runs(changed: Sequence[str], *, words: str, tree: Tree) -> tuple[CommandExample, ...]:
    """The runs to observe programs in Python and JavaScript by. Empty where the words show none."""
    shown = [each for each in find_commands(words) if each.words[0] in _INTERPRETED]
    shown = [each for each in shown if concerns(each, changed, tree)][:_MOST_SHOWN]
    runs = dict.fromkeys(run for example in shown for run in (example, *_variants(example)))
    return tuple(runs)[:_MOST]


def observe_programs(
    runs: Sequence[CommandExample], *, fresh: Callable[[], Tree], launcher: Launcher, python: str
) -> list[Outcome]:
    """What the programs print and how they end, one outcome a run.

    `fresh` gives the staged state as it is, what programs wrote taken back. Raises WorkspaceError.
    """
    return [_outcome(run, fresh(), launcher, python) for run in runs]


def _outcome(run: CommandExample, tree: Tree, launcher: Launcher, python: str) -> Outcome:
    call = shlex.join(run.words)
    try:
        result = run_program(run, tree, launcher, python)
    except SandboxError as error:
        return Outcome(text=f"could not be run: {error.problem.code}", call=call)
    if isinstance(result, str):
        return Outcome(text=result, call=call)
    lines = "\n".join(line.rstrip() for line in result.stdout.rstrip().split("\n"))
    ended = "well" if result.exit_code == 0 else "badly"
    return Outcome(text=f"ended {ended}, printed {lines}", call=call)


def _variants(example: CommandExample) -> Iterator[CommandExample]:
    """Without one of the options, with fewer lines of input, with them in another order."""
    program, arguments = example.words[:_PROGRAM_WORDS], example.words[_PROGRAM_WORDS:]
    for start, word in enumerate(arguments):
        if word.startswith("-") and len(word) > 1:
            has_value = start + 1 < len(arguments) and not arguments[start + 1].startswith("-")
            kept = (*arguments[:start], *arguments[start + 1 + has_value :])
            yield replace(example, words=(*program, *kept), stdout="")
    lines = (example.stdin or "").splitlines(keepends=True)
    if len(lines) > 1:
        yield replace(example, stdin="".join(lines[1:]), stdout="")
        yield replace(example, stdin="".join(reversed(lines)), stdout="")
