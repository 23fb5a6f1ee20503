"""The corpus of replies: reading, writing, and the tools and renderings its tests share.

A file holds, in this order: a TOML head (`origin`, and tables `expectation` and `reply` where they differ from
the defaults), a line `=== text`, the reply's text, a line `=== parsed`, and the expected `Parsed` as JSON in
which a text of several lines is `{"lines": [...]}`. `crlf = true` in the head turns the text's line ends.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.protocol.codec import decode, encode
from smallcode_jupyter.protocol.model import ModelReply, NativeCall
from smallcode_jupyter.protocol.tools import Json, Parameter, ToolSpec

REPLIES = Path(__file__).parents[2] / "data" / "replies"


def _path(description: str, **more: object) -> Parameter:
    return Parameter(
        name="path",
        kind="string",
        description=description,
        aliases=("file_path", "filename", "file", "filepath"),
        **more,  # type: ignore[arg-type]  # only is_required
    )


SPECS: tuple[ToolSpec, ...] = (
    ToolSpec(
        name="read_file",
        category="read",
        description="Read a file.",
        aliases=("cat", "open_file", "view", "read"),
        parameters=(
            _path("The file."),
            Parameter(
                name="start",
                kind="integer",
                description="First line.",
                is_required=False,
                aliases=("start_line",),
            ),
            Parameter(
                name="end", kind="integer", description="Last line.", is_required=False, aliases=("end_line",)
            ),
        ),
    ),
    ToolSpec(
        name="list_files",
        category="read",
        description="List a folder.",
        aliases=("ls", "list_dir", "dir"),
        parameters=(_path("The folder.", is_required=False),),
    ),
    ToolSpec(
        name="write_file",
        category="write",
        description="Write a whole file.",
        aliases=("create_file", "save_file"),
        parameters=(
            _path("The file."),
            Parameter(
                name="content",
                kind="string",
                description="Its whole text.",
                aliases=("contents", "text", "code"),
            ),
        ),
    ),
    ToolSpec(
        name="edit_file",
        category="write",
        description="Replace text in a file.",
        aliases=("str_replace", "replace_in_file"),
        parameters=(
            _path("The file."),
            Parameter(
                name="old",
                kind="string",
                description="Text to replace.",
                aliases=("old_string", "old_str", "search"),
            ),
            Parameter(
                name="new",
                kind="string",
                description="New text.",
                aliases=("new_string", "new_str", "replace"),
            ),
        ),
    ),
    ToolSpec(
        name="search_text",
        category="search",
        description="Search all files.",
        aliases=("grep", "search_files", "search", "find"),
        parameters=(
            Parameter(name="query", kind="string", description="Text.", aliases=("pattern", "text")),
            Parameter(name="ignore_case", kind="boolean", description="Any case.", is_required=False),
        ),
    ),
    ToolSpec(
        name="run_command",
        category="run",
        description="Run a command.",
        aliases=("bash", "shell", "execute_command"),
        parameters=(
            Parameter(name="command", kind="string", description="The command.", aliases=("cmd",)),
            Parameter(name="timeout", kind="number", description="Seconds.", is_required=False),
        ),
    ),
    ToolSpec(
        name="run_tests",
        category="run",
        description="Run the tests.",
        aliases=("pytest", "test"),
        parameters=(_path("File of tests.", is_required=False),),
    ),
    ToolSpec(
        name="update_plan",
        category="plan",
        description="Set the steps.",
        aliases=("todo_write", "plan"),
        parameters=(
            Parameter(name="steps", kind="array", description="The steps.", aliases=("plan", "todos")),
        ),
    ),
    ToolSpec(
        name="finish",
        category="plan",
        description="End the task.",
        aliases=("done", "final_answer"),
        parameters=(
            Parameter(
                name="answer",
                kind="string",
                description="Last words.",
                is_required=False,
                aliases=("message", "summary"),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One reply of the corpus."""

    path: Path
    origin: str
    reply: ModelReply
    expectation: Expectation
    parsed: Parsed | None
    """None in a new file without that section."""


def read_case(path: Path) -> Case:
    """The case in this file."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n=== text\n")
    text, _, parsed = rest.partition("\n=== parsed\n")
    fields = tomllib.loads(head)
    expectation = {
        key: tuple(v) if isinstance(v, list) else v for key, v in fields.get("expectation", {}).items()
    }
    reply = dict(fields.get("reply", {}))
    calls = tuple(NativeCall(**call) for call in reply.pop("native_calls", ()))
    if fields.get("crlf"):
        text = text.replace("\n", "\r\n")
    return Case(
        path=path,
        origin=fields["origin"],
        reply=ModelReply(text=text, native_calls=calls, **reply),
        expectation=Expectation(**expectation),
        parsed=decode(Parsed, _whole(json.loads(parsed))) if parsed.strip() else None,
    )


def read_corpus() -> list[Case]:
    """All cases, by name."""
    return [read_case(path) for path in sorted(REPLIES.glob("*.txt"))]


def parse(case: Case) -> Parsed:
    """What the parser makes of the case now."""
    return parse_reply(case.reply, specs=SPECS, expectation=case.expectation)


def write_case(case: Case, parsed: Parsed) -> bool:
    """Put this into the file as what is expected; whether that changed the file."""
    before = case.path.read_text(encoding="utf-8")
    kept = before.partition("\n=== parsed\n")[0].removesuffix("\n=== parsed")
    shown = json.dumps(_lines(encode(parsed)), indent=1, ensure_ascii=False)
    after = f"{kept}\n=== parsed\n{shown}\n"
    case.path.write_text(after, encoding="utf-8")
    return after != before


def _lines(value: Json) -> Json:
    if isinstance(value, str) and "\n" in value:
        return {"lines": [*value.split("\n")]}
    if isinstance(value, list):
        return [_lines(item) for item in value]
    return {key: _lines(item) for key, item in value.items()} if isinstance(value, dict) else value


def _whole(value: Json) -> Json:
    if isinstance(value, dict) and value.keys() == {"lines"}:
        lines = value["lines"]
        return "\n".join(map(str, lines)) if isinstance(lines, list) else value
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return {key: _whole(item) for key, item in value.items()} if isinstance(value, dict) else value
