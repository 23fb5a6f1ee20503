"""Every tool there is, in one list; and running one."""

from __future__ import annotations

import difflib
import traceback
from collections.abc import Sequence
from functools import partial
from threading import Event

from smallcode_jupyter.index.code_index import CodeIndex
from smallcode_jupyter.protocol.errors import Cancelled, Problem, SmallCodeError
from smallcode_jupyter.protocol.tasks import Policy
from smallcode_jupyter.protocol.tools import (
    CATEGORIES,
    Category,
    Json,
    Parameter,
    ToolCall,
    ToolResult,
    ToolSpec,
)
from smallcode_jupyter.tools import plan, read, run, search, specs, symbols, write
from smallcode_jupyter.tools.truncate import BRIEF, LIMIT, truncate, wrap
from smallcode_jupyter.tools.workbench import (
    Answer,
    Approver,
    Arguments,
    CodeRunner,
    Handler,
    TestRunner,
    Workbench,
    denied,
)
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["TOOLS", "Toolbox", "advertised", "check_registry", "specs_of"]

Entry = tuple[ToolSpec, Handler]
_ENTRIES: tuple[Entry, ...] = (
    (specs.READ_FILE, read.read_file),
    (specs.LIST_FILES, read.list_files),
    (specs.OUTLINE, read.outline_file),
    (specs.WRITE_FILE, write.write_file),
    (specs.WRITE_DEFINITIONS, write.write_definitions),
    (specs.EDIT_FILE, write.edit_file),
    (specs.EDIT_CELL, write.edit_cell),
    (specs.SEARCH_TEXT, search.search_text),
    (specs.FIND_FILES, search.find_files),
    (specs.RUN_CODE, run.run_code),
    (specs.RUN_COMMAND, run.run_command),
    (specs.RUN_TESTS, run.run_tests),
    (specs.UPDATE_PLAN, plan.update_plan),
    (specs.FINISH, plan.finish),
    *symbols.ENTRIES,
)
_BY_NAME: dict[str, Entry] = {spec.name: (spec, handler) for spec, handler in _ENTRIES}
_BY_ALIAS: dict[str, str] = {alias: spec.name for spec, _ in _ENTRIES for alias in spec.aliases}
_FITS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
}
_TRACE_LINES = 6
_WORTH_SHORTENING = 1.25


def specs_of(category: Category) -> tuple[ToolSpec, ...]:
    """The tools of one category that any task may be shown, in order."""
    return tuple(spec for spec in TOOLS if spec.category == category and not spec.is_for_names)


def check_registry(entries: Sequence[tuple[ToolSpec, object]] = _ENTRIES) -> tuple[str, ...]:
    """What is wrong with the list of tools, a sentence each: empty if every tool can be offered and run."""
    faults: list[str] = []
    owners: dict[str, str] = {}
    for spec, handler in entries:
        offered = sum(spec.name == other.name for other, _ in entries if other.category in CATEGORIES)
        if spec.category not in CATEGORIES or offered != 1:
            faults.append(f"{spec.name} is offered in {offered} categories instead of one.")
        if not callable(handler):
            faults.append(f"{spec.name} has nothing that performs it.")
        faults += [f"{spec.name}: {fault}" for fault in _clashes(spec.parameters)]
        for name in (spec.name, *spec.aliases):
            if owners.setdefault(name, spec.name) != spec.name:
                faults.append(f"{name} means both {owners[name]} and {spec.name}.")
    used = {spec.category for spec, _ in entries}
    faults += [f"The category {category} has no tools." for category in CATEGORIES if category not in used]
    return tuple(faults)


def advertised(entries: Sequence[tuple[ToolSpec, object]] = _ENTRIES) -> tuple[ToolSpec, ...]:
    """The tools, once it is proved that each can be offered through its category, and run.

    Raises RuntimeError naming what is wrong: a tool that no model can ever see must not pass a start.
    """
    faults = check_registry(entries)
    if faults:
        raise RuntimeError(f"The list of tools is wrong: {' '.join(faults)}")
    return tuple(spec for spec, _ in entries)


def _clashes(parameters: tuple[Parameter, ...]) -> list[str]:
    faults: list[str] = []
    owners: dict[str, str] = {}
    for parameter in parameters:
        for name in (parameter.name, *parameter.aliases):
            if name in owners:
                faults.append(f"the argument {name} means both {owners[name]} and {parameter.name}.")
            owners[name] = parameter.name
    return faults


TOOLS: tuple[ToolSpec, ...] = advertised()
"""In the order in which they are offered. The self-test is run when the package starts to use tools."""


class Toolbox:
    """Runs calls against one run's staged copy. Every call gets a result; only a stopped run raises."""

    def __init__(
        self,
        *,
        staging: Staging,
        policy: Policy = "trial",
        code_runner: CodeRunner | None = None,
        test_runner: TestRunner | None = None,
        approver: Approver | None = None,
        command_seconds: float = 60.0,
        words: str = "",
        index: CodeIndex | None = None,
    ) -> None:
        """Without a runner or an index its tool says so; without an approver what needs asking is denied.

        `words`: what the person asked for; a program or tests that nobody asked for are left out of a merged answer.
        """
        self._bench = Workbench(
            staging=staging,
            policy=policy,
            code_runner=code_runner,
            test_runner=test_runner,
            approver=approver,
            command_seconds=command_seconds,
            words=words,
            index=index,
        )

    def run(self, call: ToolCall, *, cancel: Event) -> ToolResult:
        """The result of one call: what is wrong with it is a result, too. Raises only Cancelled."""
        name = _BY_ALIAS.get(call.name, call.name)
        entry = _BY_NAME.get(name)
        answer = self._answer(entry, call, cancel) if entry is not None else _unknown_tool(call.name)
        content, hint = answer.content, answer.hint
        if not hint and len(content) > BRIEF:
            content = wrap(content) if len(content) > LIMIT else content
            hint = f'read_file("{self._bench.keep_output(call.id, content)}", start={{line}})'
        has_failures = entry is not None and entry[0].category == "run"
        cut = partial(truncate, content, hint=hint, first=answer.first, has_failures=has_failures)
        return ToolResult(
            call_id=call.id,
            name=name,
            status=answer.status,
            content=cut(LIMIT),
            brief=cut(BRIEF) if len(content) > _WORTH_SHORTENING * BRIEF else "",
            display=answer.display,
            changed=answer.changed,
            problem=answer.problem,
        )

    def _answer(self, entry: Entry, call: ToolCall, cancel: Event) -> Answer:
        spec, handler = entry
        arguments = _named(spec, call.arguments)
        problem = _misfit(spec, arguments)
        if problem is not None:
            return Answer(content=str(problem), status="error", problem=problem)
        if self._bench.policy == "plan" and spec.category in ("write", "run"):
            return denied(
                f"{spec.name} is not allowed: only looking is.",
                hint="Describe in words what you would change, or use finish.",
            )
        try:
            return handler(self._bench, arguments, cancel)
        except Cancelled:
            raise
        except SmallCodeError as error:
            return Answer(content=str(error), status="error", problem=error.problem)
        except Exception as error:  # noqa: BLE001  # the tool's edge: a fault in it must not end the run
            return _broken(spec.name, error)


def _named(spec: ToolSpec, arguments: Arguments) -> dict[str, Json]:
    """The arguments under the tool's own names; null where optional counts as left out."""
    owners = {alias: parameter for parameter in spec.parameters for alias in parameter.aliases}
    named: dict[str, Json] = {}
    for name, value in arguments.items():
        owner = owners.get(name)
        key = owner.name if owner is not None and owner.name not in arguments else name
        if value is not None:
            named[key] = value
    return named


def _misfit(spec: ToolSpec, arguments: Arguments) -> Problem | None:
    """What is wrong with the arguments, or None."""
    known = {parameter.name: parameter for parameter in spec.parameters}
    usage = f"Call {_signature(spec)}."
    unknown = [name for name in arguments if name not in known]
    if unknown:
        return Problem(
            code="unknown_argument", what=f"{spec.name} has no argument `{unknown[0]}`.", hint=usage
        )
    for parameter in spec.parameters:
        value = arguments.get(parameter.name)
        if value is None and parameter.is_required:
            return Problem(code="missing_argument", what=f"{spec.name} needs `{parameter.name}`.", hint=usage)
        is_wrong_bool = isinstance(value, bool) and parameter.kind in ("integer", "number")
        if value is not None and (is_wrong_bool or not isinstance(value, _FITS[parameter.kind])):
            return Problem(
                code="wrong_argument",
                what=f"`{parameter.name}` of {spec.name} is not of the kind {parameter.kind}.",
                hint=usage,
            )
    return None


def _signature(spec: ToolSpec) -> str:
    """The tool as it is called: `read_file(path, start?, end?)`."""
    names = [parameter.name + "?" * (not parameter.is_required) for parameter in spec.parameters]
    return f"{spec.name}({', '.join(names)})"


def _unknown_tool(name: str) -> Answer:
    near = difflib.get_close_matches(name, [*_BY_NAME, *_BY_ALIAS], n=1)
    meant = [_BY_ALIAS.get(match, match) for match in near]
    problem = Problem(
        code="unknown_tool",
        what=f"There is no tool `{name[:100]}`.",
        hint=f"Did you mean {meant[0]}?" if meant else f"There are: {', '.join(_BY_NAME)}.",
    )
    return Answer(content=str(problem), status="error", problem=problem)


def _broken(name: str, error: Exception) -> Answer:
    problem = Problem(
        code="tool_failed",
        what=f"{name} failed: {type(error).__name__}: {error}.",
        hint="Try another tool.",
    )
    trace = "".join(traceback.format_exception(error)[-_TRACE_LINES:])
    return Answer(content=str(problem), display=trace, status="error", problem=problem)
