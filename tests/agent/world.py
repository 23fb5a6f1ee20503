"""A small world for the loop: a dictionary of files, a scripted model, and a check function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from smallcode_jupyter.agent.loop import run_task
from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest, CheckResult
from smallcode_jupyter.protocol.effects import (
    AskModel,
    Behaviour,
    CountTokens,
    DropFailing,
    Dropped,
    Focus,
    Focused,
    GatherContext,
    Observe,
    OpenModel,
    RunCheck,
    RunTool,
    Stage,
    StageReport,
)
from smallcode_jupyter.protocol.errors import Problem, SmallCodeError
from smallcode_jupyter.protocol.events import EVENT_TYPES, Envelope, Event, TaskFinished
from smallcode_jupyter.protocol.model import ModelInfo, ModelProfile, ModelReply, ModelRequest, Usage
from smallcode_jupyter.protocol.tasks import Context, ContextItem, FoundFile, Task
from smallcode_jupyter.protocol.tools import Parameter, ToolCall, ToolResult, ToolSpec
from smallcode_jupyter.session.trace import check_invariants

PATH = Parameter(name="path", kind="string", description="file", aliases=("file_path",))
SPECS = (
    ToolSpec(name="read_file", category="read", description="read a file", parameters=(PATH,)),
    ToolSpec(
        name="write_file",
        category="write",
        description="write a file",
        parameters=(PATH, Parameter(name="content", kind="string", description="text")),
    ),
    ToolSpec(
        name="edit_file",
        category="write",
        description="change a file",
        parameters=(
            PATH,
            Parameter(name="old", kind="string", description="old lines"),
            Parameter(name="new", kind="string", description="new lines"),
        ),
    ),
    ToolSpec(
        name="search_text",
        category="search",
        description="find text",
        parameters=(Parameter(name="pattern", kind="string", description="text"),),
    ),
    ToolSpec(name="run_tests", category="run", description="run the tests"),
    ToolSpec(
        name="update_plan",
        category="plan",
        description="set the steps",
        parameters=(
            Parameter(name="steps", kind="array", description="steps"),
            Parameter(name="done", kind="array", description="ticked", is_required=False),
        ),
    ),
    ToolSpec(
        name="finish",
        category="plan",
        description="end",
        parameters=(Parameter(name="answer", kind="string", description="words"),),
    ),
)


def passed(name: str = "tests") -> CheckReport:
    return CheckReport(results=(CheckResult(name=name, status="passed", target="t", passed=1),))


def failed(name: str = "tests", detail: str = "f(1) returned 0, expected 1", *, ok: int = 0) -> CheckReport:
    return CheckReport(
        results=(CheckResult(name=name, status="failed", target="t", passed=ok, failed=1, detail=detail),)
    )


UNCHECKED = CheckReport(results=(CheckResult(name="syntax", status="passed", target="t", passed=1),))


@dataclass
class World:
    replies: Sequence[str | ModelReply | SmallCodeError]
    files: dict[str, str] = field(default_factory=dict)
    check: Callable[[dict[str, str]], CheckReport] = lambda _: UNCHECKED
    step_check: Callable[[dict[str, str]], CheckReport] = lambda _: UNCHECKED
    behaviour: Callable[[dict[str, str]], tuple[str, ...]] = lambda _: ()
    breaks: Callable[[dict[str, str]], tuple[str, ...]] = lambda _: ()
    wrong_tests: Sequence[str] = ()
    """Lines with a function that are taken out of staged test files when those that fail are dropped."""
    window: int = 4096
    profile: ModelProfile = field(default_factory=lambda: ModelProfile(name="test"))
    items: tuple[ContextItem, ...] = ()
    found: tuple[FoundFile, ...] = ()
    raises: dict[type, SmallCodeError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.staged: dict[str, str] = {}
        self.saved: dict[str, dict[str, str]] = {}
        self.requests: list[ModelRequest] = []
        self.checks: list[CheckRequest] = []
        self.events: list[Event] = []
        self._left = list(self.replies)

    def run(self, task: Task) -> TaskFinished:
        """Run the loop to its end; the invariants are asserted."""
        flow = run_task(task, SPECS)
        reply: object = None
        error: SmallCodeError | None = None
        while True:
            try:
                step = flow.throw(error) if error else flow.send(reply)  # type: ignore[arg-type]
            except StopIteration as stop:
                finished: TaskFinished = stop.value
                break
            reply = error = None
            if isinstance(step, EVENT_TYPES):
                self.events.append(step)
                continue
            try:
                if type(step) in self.raises:
                    raise self.raises.pop(type(step))
                reply = self.perform(step)
            except SmallCodeError as caught:
                error = caught
        envelopes = [
            Envelope(run="r", seq=n, at=float(n), event=event) for n, event in enumerate(self.events)
        ]
        assert check_invariants(envelopes) == ()
        return finished

    def perform(self, effect: object) -> object:
        match effect:
            case OpenModel():
                return ModelInfo(
                    name="m",
                    base_url="",
                    server="scripted",
                    context_window=self.window,
                    is_window_known=True,
                    profile=self.profile,
                )
            case GatherContext():
                return Context(items=self.items, paths=tuple(self.files), found=self.found)
            case Focus(path=path):
                here = {**self.files, **self.staged}
                whole = [ContextItem(kind="file", name=path, text=here[path], reason="", weight=3.0)]
                return Focused(items=tuple(whole if path in here else ()))
            case CountTokens(texts=texts):
                return tuple(len(text) // 4 + 1 for text in texts)
            case AskModel(request=request):
                return self.answer(request)
            case RunTool(call=call):
                return self.tool(call)
            case RunCheck(request=request):
                return self.judge(request)
            case Stage(action=action, label=label):
                return self.stage(action, label)
            case DropFailing(paths=paths):
                return Dropped(names=self.drop(paths))
            case Observe():
                here = {**self.files, **self.staged}
                return Behaviour(outcomes=self.behaviour(here), breaks=self.breaks(here))
        raise AssertionError(effect)

    def drop(self, paths: Sequence[str]) -> tuple[str, ...]:
        found = [line for line in self.wrong_tests for path in paths if line in self.staged[path]]
        for path in paths:
            for line in found:
                self.staged[path] = self.staged[path].replace(line + "\n", "")
        return tuple(line.partition("(")[0].removeprefix("def ") for line in found)

    def answer(self, request: ModelRequest) -> ModelReply:
        self.requests.append(request)
        if not self._left:
            raise AssertionError("the loop asked more often than expected")
        reply = self._left.pop(0)
        if isinstance(reply, SmallCodeError):
            raise reply
        if isinstance(reply, str):
            reply = ModelReply(text=reply, usage=Usage(prompt_tokens=100, completion_tokens=10, seconds=1.0))
        return reply

    def tool(self, call: ToolCall) -> ToolResult:
        path = str(call.arguments.get("path", ""))
        if call.name == "write_file":
            self.staged[path] = str(call.arguments["content"])
            return ToolResult(
                call_id=call.id, name=call.name, status="ok", content="written", changed=(path,)
            )
        if call.name == "write_definitions":
            source = str(call.arguments["source"])
            if source == self.files.get(path):
                same = Problem(code="no_change", what="The file has this text already.")
                return ToolResult(
                    call_id=call.id, name=call.name, status="error", content=same.what, problem=same
                )
            self.staged[path] = source
            return ToolResult(call_id=call.id, name=call.name, status="ok", content="merged", changed=(path,))
        if call.name == "rename_symbol":
            old, new = str(call.arguments["name"]).rpartition(".")[2], str(call.arguments["new_name"])
            here = {**self.files, **self.staged}
            changed = {path: text.replace(old, new) for path, text in here.items() if old in text}
            self.staged |= changed
            return ToolResult(
                call_id=call.id, name=call.name, status="ok", content="renamed", changed=tuple(changed)
            )
        if call.name == "edit_file":
            text = self.staged.get(path, self.files.get(path, ""))
            old = str(call.arguments["old"])
            if old not in text:
                problem = Problem(code="no_match", what="The old lines are not in the file.")
                return ToolResult(
                    call_id=call.id, name=call.name, status="error", content=problem.what, problem=problem
                )
            self.staged[path] = text.replace(old, str(call.arguments["new"]))
            return ToolResult(call_id=call.id, name=call.name, status="ok", content="done", changed=(path,))
        return ToolResult(call_id=call.id, name=call.name, status="ok", content=f"{call.name} says: fine")

    def judge(self, request: CheckRequest) -> CheckReport:
        self.checks.append(request)
        judge = self.step_check if request.is_step else self.check
        return judge({**self.files, **self.staged})

    def stage(self, action: str, label: str) -> StageReport:
        if action == "save":
            self.saved[label] = dict(self.staged)
        elif action == "restore":
            self.staged = dict(self.saved[label])
        changes = tuple(
            FileChange(path=path, before=self.files.get(path), after=text, before_hash=None)
            for path, text in sorted(self.staged.items())
        )
        return StageReport(changes=ChangeSet(id="c", files=changes))


def file_item(path: str, text: str, weight: float = 3.0) -> ContextItem:
    return ContextItem(kind="file", name=path, text=text, reason="named in the task", weight=weight)
