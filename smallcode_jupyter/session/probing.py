"""Asks a model twelve small questions and grades the answers, to find out how it is best asked.

The prompts are those of real runs, the answers are read by the parser of real runs, and edits are made on a staged copy
of two tiny files by the tools of real runs. Nothing that a model writes is executed.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from smallcode_jupyter.agent.compose import instruction_for, sections_of, tools_text
from smallcode_jupyter.agent.guards import is_repeating
from smallcode_jupyter.agent.opening import open_run
from smallcode_jupyter.agent.parsing.parsed import Expectation, Parsed
from smallcode_jupyter.agent.parsing.reasoning import strip_reasoning
from smallcode_jupyter.agent.parsing.reply import parse_reply
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.models.port import Delta, Model
from smallcode_jupyter.models.probe import ProbeOutcome, ProbeReport, Way, best_way
from smallcode_jupyter.models.profiles import profile_for
from smallcode_jupyter.models.traits import traits_of
from smallcode_jupyter.protocol.errors import (
    Cancelled,
    ContextOverflow,
    RequestRefused,
    ServerFault,
    StreamBroken,
)
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import (
    Constraint,
    EditFormat,
    JsonSchema,
    ModelInfo,
    ModelReply,
    ModelRequest,
    OneOf,
)
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Task
from smallcode_jupyter.protocol.tools import Json, ToolCall, ToolSpec
from smallcode_jupyter.sandbox.scratch import scratch_folder
from smallcode_jupyter.tools.registry import TOOLS, Toolbox
from smallcode_jupyter.workspace.staging import Staging

__all__ = ["PROBES", "Probe", "probe_model"]

ANSWER_TOKENS = 120
THINKING_TOKENS = 480
"""Of an answer, once the model was seen to reason first: in fewer it never comes to the answer."""
_SHOP = """\
def total(prices):
    return sum(prices)


def label(name):
    return "Item: " + name
"""
_SETTINGS = """\
[server]
host = "localhost"
port = 8000
"""
_FILES = {"shop.py": _SHOP, "settings.toml": _SETTINGS}
_LOOK = ("read_file", "list_files")
_WRITE = ("write_file", "edit_file")
_ANIMALS = OneOf(choices=("zebra", "walrus"))
_OBJECT = JsonSchema(
    schema={"type": "object", "properties": {"animal": {"enum": ["zebra"]}}, "required": ["animal"]}
)
_MARK = re.compile(r"<\|[\w/]{2,24}\|?>|</s>|<(?:end|start)_of_turn>|<eos>|\[/?INST\]")
"""Tokens of chat templates, printed as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One question."""

    way: Way
    about: str
    words: str
    """Name of the prompt with the task's words."""
    path: str = "shop.py"
    """The file in question."""


PROBES: tuple[Probe, ...] = (
    Probe(way="whole", about="function in a Python file", words="probe_label"),
    Probe(way="search_replace", about="function in a Python file", words="probe_label"),
    Probe(way="definitions", about="function in a Python file", words="probe_label"),
    Probe(way="whole", about="value in a settings file", words="probe_port", path="settings.toml"),
    Probe(way="search_replace", about="value in a settings file", words="probe_port", path="settings.toml"),
    Probe(way="json", about="write a file", words="probe_port", path="settings.toml"),
    Probe(way="json", about="read a file", words="probe_look"),
    Probe(way="native", about="read a file", words="probe_look"),
    Probe(way="native", about="write a file", words="probe_port", path="settings.toml"),
    Probe(way="choice", about="held to two words", words="probe_hello"),
    Probe(way="schema", about="held to a JSON schema", words="probe_hello"),
    Probe(way="steady", about="ends a greedy answer", words="probe_steady"),
)
"""In an order that keeps the beginnings of prompts in the server's cache."""


def probe_model(
    model: Model,
    *,
    today: str,
    on_outcome: Callable[[ProbeOutcome], None] = lambda _: None,
    cancel: Event | None = None,
) -> ProbeReport:
    """Ask everything and decide; nothing is kept. Raises a ModelError, Cancelled.

    What a server refuses to do is an outcome like any other.
    """
    asking = _Asking(model, cancel or Event())
    outcomes: list[ProbeOutcome] = []
    for probe in PROBES:
        outcomes.append(asking.ask(probe))
        on_outcome(outcomes[-1])
    info = model.info
    tool_protocol, edit_format = best_way(outcomes, profile_for(info.name))
    return ProbeReport(
        model=info.name,
        server=info.server,
        fingerprint=info.fingerprint,
        date=today,
        outcomes=tuple(outcomes),
        tool_protocol=tool_protocol,
        edit_format=edit_format,
        thinks=asking.thinks,
        stop_words=tuple(asking.marks),
    )


class _Asking:
    """One probe of one model, while it goes on."""

    def __init__(self, model: Model, cancel: Event) -> None:
        self.thinks = False
        self.marks: dict[str, None] = {}
        self._model = model
        self._cancel = cancel

    def ask(self, probe: Probe) -> ProbeOutcome:
        """The outcome of one question; one more try where thinking used up the answer."""
        if probe.way in ("choice", "schema") and traits_of(self._model.info.server).constrain is None:
            return ProbeOutcome(
                way=probe.way,
                about=probe.about,
                is_obeyed=False,
                note="not known to work on this kind of server",
            )
        request = _request(probe, self._model.info)
        try:
            reply = self._reply(request)
            if self.thinks and reply.finish_reason == "length" and request.max_tokens == ANSWER_TOKENS:
                reply = self._reply(request)
        except (RequestRefused, ServerFault, ContextOverflow, StreamBroken) as error:
            return ProbeOutcome(way=probe.way, about=probe.about, is_obeyed=False, note=str(error.what))
        self.marks.update(dict.fromkeys(_MARK.findall(reply.text)))
        note = _fault(probe, reply, self._model.info)
        return ProbeOutcome(
            way=probe.way,
            about=probe.about,
            is_obeyed=not note,
            note=note,
            prompt_tokens=reply.usage.prompt_tokens,
            completion_tokens=reply.usage.completion_tokens,
            seconds=round(reply.usage.seconds, 2),
        )

    def _reply(self, request: ModelRequest) -> ModelReply:
        heard: list[str] = []

        def on_delta(delta: Delta) -> bool:
            heard.append(delta.text)
            return not is_repeating("".join(heard))

        tokens = THINKING_TOKENS if self.thinks else ANSWER_TOKENS
        reply = self._model.ask(replace(request, max_tokens=tokens), on_delta=on_delta, cancel=self._cancel)
        if self._cancel.is_set():
            raise Cancelled("The probe was stopped.")
        tags = self._model.info.profile.reasoning_tags
        self.thinks = self.thinks or bool(reply.reasoning or strip_reasoning(reply.text, tags).thinking)
        return reply


def _request(probe: Probe, info: ModelInfo) -> ModelRequest:
    """The question as a run would put it to a model that is asked in this way."""
    if probe.way in ("choice", "schema", "steady"):
        constraint = _CONSTRAINTS.get(probe.way)
        messages = (Message(role="user", content=render(probe.words)),)
        return ModelRequest(messages=messages, constraint=constraint, max_tokens=ANSWER_TOKENS)
    is_edit = probe.words != "probe_look"
    protocol = probe.way if probe.way in ("native", "json") else "blocks"
    profile = replace(info.profile, tool_protocol=protocol)
    item = ContextItem(kind="file", name=probe.path, text=_FILES[probe.path], reason="probe", weight=3.0)
    context = Context(items=(item,) if is_edit else (), paths=(probe.path,))
    task = Task(id="probe", words=render(probe.words))
    state = open_run(task, replace(info, profile=profile), context, category="write" if is_edit else "read")
    if probe.way in _EDIT_FORMATS:
        state = replace(state, edit_format=_EDIT_FORMATS[probe.way])
    offered = _named(_WRITE if is_edit else _LOOK)
    if probe.way == "json":
        instruction = render(
            "tools", tools=tools_text(offered), example=_example(probe), others="search, run, plan"
        )
    else:
        instruction = instruction_for(state, "write" if is_edit else "read", TOOLS)
    text = "\n\n".join(section.text for section in sections_of(state, instruction))
    return ModelRequest(
        messages=(Message(role="system", content=render("system")), Message(role="user", content=text)),
        tools=offered if probe.way == "native" else (),
        max_tokens=ANSWER_TOKENS,
    )


_CONSTRAINTS: dict[str, Constraint] = {"choice": _ANIMALS, "schema": _OBJECT}
_EDIT_FORMATS: dict[str, EditFormat] = {
    "whole": "whole",
    "search_replace": "search_replace",
    "definitions": "definitions",
}


def _named(names: tuple[str, ...]) -> tuple[ToolSpec, ...]:
    return tuple(spec for spec in TOOLS if spec.name in names)


def _example(probe: Probe) -> str:
    arguments = (
        {"path": "notes.txt"} if probe.words == "probe_look" else {"path": "notes.txt", "content": "..."}
    )
    name = _LOOK[0] if probe.words == "probe_look" else _WRITE[0]
    return json.dumps({"name": name, "arguments": arguments})


def _fault(probe: Probe, reply: ModelReply, info: ModelInfo) -> str:
    """Why the question was not obeyed, in a few words; empty if it was."""
    if probe.way == "steady":
        return "repeats itself" if reply.finish_reason == "guard" or is_repeating(reply.text) else ""
    if probe.way == "choice":
        return "" if reply.text.strip().strip('"') in _ANIMALS.choices else "the constraint was ignored"
    if probe.way == "schema":
        return "" if _json(reply.text) == {"animal": "zebra"} else "the constraint was ignored"
    is_edit = probe.words != "probe_look"
    parsed = parse_reply(
        reply,
        specs=_named(_WRITE if is_edit else _LOOK),
        expectation=Expectation(
            default_path=probe.path if probe.way in _EDIT_FORMATS else None,
            known_paths=(probe.path,),
            accepts_blocks=probe.way in _EDIT_FORMATS,
            reasoning_tags=info.profile.reasoning_tags,
        ),
    )
    if probe.way == "native" and not reply.native_calls:
        return "called in its text instead" if parsed.calls else "no call"
    if not parsed.calls:
        return parsed.problems[0].what if parsed.problems else "no edit" if is_edit else "no call"
    return _fault_of_edit(probe, parsed) if is_edit else _fault_of_look(probe, parsed)


def _fault_of_look(probe: Probe, parsed: Parsed) -> str:
    call = parsed.calls[0]
    is_right = call.name == "read_file" and call.arguments.get("path") == probe.path
    return "" if is_right else f"called {call.name} with {json.dumps(dict(call.arguments))[:60]}"


def _fault_of_edit(probe: Probe, parsed: Parsed) -> str:
    if probe.way == "search_replace" and any(call.name != "edit_file" for call in parsed.calls):
        return "wrote the file instead"
    with scratch_folder() as folder:
        root = Path(folder, "files")
        root.mkdir()
        (root / probe.path).write_text(_FILES[probe.path], encoding="utf-8")
        staging = Staging(root, Path(folder, "staged"))
        toolbox = Toolbox(staging=staging)
        for call in parsed.calls:
            result = toolbox.run(_as_asked(probe, call), cancel=Event())
            if result.problem is not None:
                return result.problem.what
        try:
            return _CHECKS[probe.path](staging.read(probe.path))
        finally:
            staging.close()


def _as_asked(probe: Probe, call: ToolCall) -> ToolCall:
    """A block of definitions is merged into the file, as in a run."""
    if probe.way != "definitions" or call.name != "write_file":
        return call
    arguments = {"path": call.arguments["path"], "source": call.arguments["content"]}
    return replace(call, name="write_definitions", arguments=arguments)


def _fault_of_shop(text: str) -> str:
    try:
        tree, before = ast.parse(text), ast.parse(_SHOP)
    except SyntaxError:
        return "the file does not parse any more"
    names = [ast.dump(node) for node in tree.body]
    if ast.dump(before.body[0]) not in names:
        return "changed what was to stay"
    return "" if "Article: " in text and "Item: " not in text else "did not make the change"


def _fault_of_settings(text: str) -> str:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return "the file does not parse any more"
    if values.get("server", {}).get("host") != "localhost":
        return "changed what was to stay"
    return "" if values == {"server": {"host": "localhost", "port": 9000}} else "did not make the change"


_CHECKS = {"shop.py": _fault_of_shop, "settings.toml": _fault_of_settings}


def _json(text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except ValueError:
        return None
    return value
