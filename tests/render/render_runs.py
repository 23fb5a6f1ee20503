"""Runs made by hand, as the views see them."""

from __future__ import annotations

from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet, FileChange
from smallcode_jupyter.protocol.checks import CheckReport, CheckResult
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import (
    ChangeProposed,
    CheckFinished,
    CheckStarted,
    ContextGathered,
    ContextPlan,
    Envelope,
    Event,
    ModelDelta,
    ModelFinished,
    ModelOpened,
    ModelStarted,
    PlanStep,
    PlanUpdated,
    Repair,
    ReplyParsed,
    Route,
    StrategyChosen,
    TaskFinished,
    TaskStarted,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    TurnStarted,
)
from smallcode_jupyter.protocol.model import ModelInfo, ModelProfile, ModelReply, Usage
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult
from smallcode_jupyter.render.view import ViewState, fold

TINY = ModelInfo(
    name="tiny",
    base_url="",
    server="scripted",
    context_window=8_192,
    is_window_known=True,
    profile=ModelProfile(name="test"),
)

BEFORE = "def add(a, b):\n    return a - b\n"
AFTER = "def add(a, b):\n    return a + b\n"
EDIT = ToolCall(id="call_1", name="edit_file", arguments={"path": "solution.py"})


def envelopes(events: list[Event], *, step: float = 0.5) -> list[Envelope]:
    return [
        Envelope(run="r1", seq=seq, at=1000.0 + step * seq, event=event) for seq, event in enumerate(events)
    ]


def view_of(events: list[Event], *, step: float = 0.5) -> ViewState:
    state = ViewState()
    for envelope in envelopes(events, step=step):
        state = fold(state, envelope)
    return state


def turn(number: int, text: str) -> list[Event]:
    plan = ContextPlan(window=8192, prompt_tokens=600, answer_tokens=1024, kept=("task", "solution.py"))
    usage = Usage(
        prompt_tokens=617, completion_tokens=105, cached_tokens=490, seconds=5.0, first_token_seconds=0.5
    )
    return [
        TurnStarted(
            turn=number, route=Route(category="write", tools=("edit_file",), reason="a change"), plan=plan
        ),
        ModelStarted(turn=number, messages=(), kept_messages=0, temperature=0.0),
        ModelDelta(turn=number, text=text[:5]),
        ModelDelta(turn=number, text=text[5:]),
        ModelFinished(turn=number, reply=ModelReply(text=text, usage=usage)),
        ReplyParsed(
            turn=number,
            dialect="fenced-file",
            calls=(EDIT,),
            text="",
            repairs=(Repair(name="inferred-path", detail="solution.py"),),
        ),
    ]


def failed_report() -> CheckReport:
    return CheckReport(
        results=(
            CheckResult(name="syntax", status="passed", target="solution.py", passed=1),
            CheckResult(
                name="examples",
                status="failed",
                target="solution.py",
                passed=1,
                failed=2,
                detail="add(1, 2): got -1",
            ),
        )
    )


def passed_report() -> CheckReport:
    return CheckReport(
        results=(
            CheckResult(name="syntax", status="passed", target="solution.py", passed=1),
            CheckResult(name="examples", status="passed", target="solution.py", passed=3),
        )
    )


def solved_run() -> list[Event]:
    """Two turns: the first answer fails its examples, the second one passes."""
    item = ContextItem(kind="file", name="solution.py", text=BEFORE, reason="named in the task")
    change = FileChange(path="solution.py", before=BEFORE, after=AFTER, before_hash="0")
    return [
        TaskStarted(task=Task(id="t1", words="fix add")),
        ModelOpened(info=TINY),
        ContextGathered(context=Context(items=(item,), paths=("solution.py",))),
        *turn(1, "first answer"),
        ToolStarted(turn=1, call=EDIT),
        ToolFinished(
            turn=1, result=ToolResult(call_id="call_1", name="edit_file", status="ok", content="edited")
        ),
        CheckStarted(turn=1, paths=("solution.py",)),
        CheckFinished(turn=1, report=failed_report()),
        StrategyChosen(turn=1, strategy="resample", reason="examples failed", temperature=0.5),
        TurnFinished(turn=1),
        *turn(2, "second answer"),
        PlanUpdated(steps=(PlanStep(words="fix add", is_done=True), PlanStep(words="tell"))),
        CheckStarted(turn=2, paths=("solution.py",)),
        CheckFinished(turn=2, report=passed_report()),
        TurnFinished(turn=2),
        ChangeProposed(changes=ChangeSet(id="c1", files=(change,)), report=passed_report()),
        TaskFinished(
            outcome="validated",
            reason="examples 3/3 hold",
            turns=2,
            prompt_tokens=1234,
            completion_tokens=210,
            cached_tokens=980,
            seconds=12.3,
        ),
    ]


def cell_run(code: str, *, answer: str = "", words: str = "count the rows") -> list[Event]:
    """One turn whose result is a cell."""
    change = FileChange(path=NEXT_CELL, before=None, after=code, before_hash=None)
    report = CheckReport(results=(CheckResult(name="trial", status="passed", target=NEXT_CELL, passed=1),))
    return [
        TaskStarted(task=Task(id="t1", words=words, surface="notebook")),
        ModelOpened(info=TINY),
        *turn(1, f"```python\n{code}```"),
        CheckStarted(turn=1, paths=(NEXT_CELL,)),
        CheckFinished(turn=1, report=report),
        ChangeProposed(changes=ChangeSet(id="c1", files=(change,)), report=report),
        TaskFinished(outcome="validated", reason="it ran", answer=answer, turns=1, seconds=2.0),
    ]


def failed_run() -> list[Event]:
    """No server."""
    problem = Problem(
        code="NoServer",
        what="No model server was found.",
        why="Nothing answers.",
        hint="Start `smallcode serve`.",
    )
    return [
        TaskStarted(task=Task(id="t1", words="hello")),
        TaskFinished(outcome="failed", reason="No model server was found.", problem=problem, seconds=0.2),
    ]
