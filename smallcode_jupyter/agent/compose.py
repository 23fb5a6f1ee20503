"""The messages of a prompt, built from named sections so that what is left out can be named."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from smallcode_jupyter.agent.excerpt import excerpt
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.state import Exchange, RunState
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.tasks import ContextItem
from smallcode_jupyter.protocol.tools import CATEGORIES, Category, ToolSpec

__all__ = [
    "Section",
    "fence",
    "instruction_for",
    "messages_of",
    "route_question",
    "sections_of",
    "tools_text",
    "unrouted_instruction",
]

_LANGUAGES = {
    ".py": "python",
    ".js": "javascript",
    ".mjs": "javascript",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".html": "html",
    ".css": "css",
    ".go": "go",
    ".rs": "rust",
    ".md": "markdown",
    ".json": "json",
    ".toml": "toml",
    ".sh": "bash",
    ".ipynb": "text",
}
_SMALL_LISTING = 40
_ASKED_FOR_PARTS = (".py", ".go")
"""Only what changes is asked for, for it can stand by itself; a method of a class in TypeScript or Rust cannot."""
_LONG = 120
"""Lines of a file that is not asked for as a whole in any language."""
_EXCERPTS = (4_000, 1_200)
"""Characters of a file that is shown in part: as much as a tool would show, or what is asked about and little else."""
_CHOICES = (
    "read: look at a file.",
    "write: create or change code.",
    "answer: explain in words.",
    "search: find text or files.",
    "run: run code or tests.",
    "plan: make a plan.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named piece of the first user message."""

    name: str
    text: str
    weight: float | None
    """What goes first when space runs out: the lowest. None: stays."""
    shorter: tuple[str, ...] = ()
    """What may be shown instead, longest first."""
    is_pinned: bool = False
    """May be shortened, never left out: what the task cannot be done without."""


def fence(path: str, text: str) -> str:
    """The text as a fenced block with its path; the fence is longer than any inside."""
    return _fenced(f"{_language(path)} {path}", text)


def _fenced(head: str, text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{head}\n{text.rstrip()}\n{marks}"


def _language(path: str) -> str:
    return _LANGUAGES.get(PurePosixPath(path).suffix, "text")


def _item_text(item: ContextItem, text: str) -> str:
    if item.kind == "file":
        return f"{item.name}:\n{fence(item.name, text)}"
    if item.kind == "outline":
        return f"Outline of {item.name}:\n{text.rstrip()}"
    if item.kind == "cell":
        return f"Cell {item.name}:\n{_fenced('python', text)}"
    return f"# {item.name}\n{text.rstrip()}"


def _item_section(item: ContextItem, state: RunState) -> Section:
    """The item with its shorter forms: excerpts, and at last only how to see it."""
    is_target = item.name == state.target
    how = {
        "file": f'read_file("{item.name}", start={{start}}, end={{end}})',
        "outline": f'outline("{item.name}")',
    }.get(item.kind, "")
    shorter = [
        _item_text(item, excerpt(item.text, words=state.task.words, limit=limit, how=how))
        for limit in _EXCERPTS
        if len(item.text) > 1.2 * limit
    ]
    if how and not is_target:
        shorter.append(render("not_shown", name=item.name, how=f'read_file("{item.name}")'))
    return Section(
        name=item.name,
        text=_item_text(item, item.text),
        weight=item.weight,
        shorter=tuple(shorter),
        is_pinned=is_target,
    )


def sections_of(state: RunState, instruction: str) -> tuple[Section, ...]:
    """The sections of the first user message, the stable ones first."""
    if state.step is not None:
        return _step_sections(state, instruction)
    sections = [_item_section(item, state) for item in state.context.items]
    shown = {item.name for item in state.context.items}
    others = [path for path in state.context.paths if path not in shown]
    if others:
        more = "" if len(others) <= _SMALL_LISTING and state.context.is_complete else ", and more"
        listing = f"{'Other files' if shown else 'Files'}: {', '.join(others[:_SMALL_LISTING])}{more}"
        sections.append(Section(name="file list", text=listing, weight=0.5))
    sections += _failure_sections(state)
    sections.append(Section(name="task", text=render("task", words=state.task.words.strip()), weight=None))
    sections.append(Section(name="instruction", text=instruction, weight=None))
    return tuple(sections)


def _step_sections(state: RunState, instruction: str) -> tuple[Section, ...]:
    """What the file needs of others, and the file; before them what all steps share, or behind them its own part."""
    part = state.step.words if state.step is not None else ""
    task = Section(name="task", text=render("task", words=part or state.task.words.strip()), weight=None)
    items = sorted(state.context.items, key=lambda item: item.weight)
    shown = [*(_item_section(item, state) for item in items), *_failure_sections(state)]
    ordered = [*shown, task] if part else [task, *shown]
    return (*ordered, Section(name="instruction", text=instruction, weight=None))


def _failure_sections(state: RunState) -> tuple[Section, ...]:
    failure = state.baseline.first_failure if state.baseline else None
    if failure is None:
        return ()
    text = render("baseline", failure=failure.detail)
    return (Section(name="what fails now", text=text, weight=2.5, is_pinned=True),)


def messages_of(
    state: RunState, sections: Sequence[Section], exchanges: Sequence[Exchange]
) -> tuple[Message, ...]:
    """The whole prompt."""
    system = render("system_notebook" if state.task.surface == "notebook" else "system")
    messages = [
        Message(role="system", content=system),
        Message(role="user", content="\n\n".join(section.text for section in sections)),
    ]
    for exchange in exchanges:
        messages.append(exchange.assistant)
        messages.extend(exchange.answers)
    return tuple(messages)


def tools_text(specs: Sequence[ToolSpec]) -> str:
    """One line a tool: `read_file(path, start?, end?): ...`."""
    lines = []
    for spec in specs:
        arguments = ", ".join(p.name if p.is_required else f"{p.name}?" for p in spec.parameters)
        lines.append(f"{spec.name}({arguments}): {spec.description}")
    return "\n".join(lines)


def _example(spec: ToolSpec, state: RunState) -> str:
    path = state.target or next(iter(state.context.paths), "src/app.py")
    samples = {"path": path, "command": "ls", "code": "print(1)", "pattern": "TODO", "answer": "Done."}
    required = [p for p in spec.parameters if p.is_required]
    pairs = ", ".join(
        f'"{p.name}": ["..."]' if p.kind == "array" else f'"{p.name}": "{samples.get(p.name, "...")}"'
        for p in required
    )
    return f'{{"name": "{spec.name}", "arguments": {{{pairs}}}}}'


def instruction_for(state: RunState, category: Category, specs: Sequence[ToolSpec]) -> str:
    """What the end of the prompt asks for: an answer, an edit, or one call of this category's tools."""
    others = ", ".join(name for name in CATEGORIES if name != category)
    if state.info.profile.tool_protocol == "native":
        return render("native", others=others)
    if category == "write" and state.step is not None:
        instruction = _write_instruction(state)
        if state.step.words:
            return render("step_part", instruction=instruction)
        return render("step", path=state.step.path, instruction=instruction)
    if category == "write":
        return _write_instruction(state)
    shown = any(item.kind in ("file", "cell", "variables") for item in state.context.items)
    if category == "read" and (shown or not state.context.paths):
        return render("answer")
    chosen = [spec for spec in specs if spec.category == category]
    return render(
        "tools",
        tools=tools_text(chosen),
        example=_example(chosen[0], state),
        others=others,
    )


def unrouted_instruction(state: RunState, specs: Sequence[ToolSpec]) -> str:
    """The end of the prompt where routing is switched off: every tool with its whole schema, as most agents do."""
    if state.info.profile.tool_protocol == "native":
        return render("native_all")
    schemas = [json.dumps(spec.schema()["function"]) for spec in specs]
    example = next((spec for spec in specs if spec.category == "write"), specs[0])
    return render("all_tools", tools="\n".join(schemas), example=_example(example, state))


def route_question(state: RunState) -> str:
    """The question for one word. Reading is no choice where the files are shown already."""
    is_shown = any(item.kind in ("file", "cell", "variables") for item in state.context.items)
    return render("route", choices=" ".join(_CHOICES[1:] if is_shown else _CHOICES))


def _lines(state: RunState) -> int:
    """Of the file in question, as it is shown."""
    return next((item.text.count("\n") for item in state.context.items if item.name == state.target), 0)


def _write_instruction(state: RunState) -> str:
    if state.target == NEXT_CELL:
        return render("write_cell")
    if state.target is None:
        path = next((item.name for item in state.context.items if item.kind == "file"), "src/app.py")
        return render("write_files", example=f"```{_language(path)} {path}")
    if state.edit_format == "definitions":
        is_asked_for_parts = state.target.endswith(_ASKED_FOR_PARTS) or _lines(state) > _LONG
        wanted = "write_part" if state.step is not None and state.step.words else "write_definitions"
        return render(wanted if is_asked_for_parts else "write_whole", path=state.target)
    if state.edit_format == "search_replace":
        return render("write_edit", path=state.target)
    return render("write_whole", path=state.target)
