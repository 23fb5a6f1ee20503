"""A run with one of everything that the runs of the other views have not."""

from __future__ import annotations

from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckReport, CheckResult
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import (
    CheckFinished,
    CheckStarted,
    ContextGathered,
    ContextPlan,
    ContextReplanned,
    Dropped,
    Event,
    ModelDelta,
    ModelFinished,
    ModelOpened,
    ModelStarted,
    Notice,
    ReplyParsed,
    Route,
    StrategyChosen,
    TaskFinished,
    TaskStarted,
    ToolFinished,
    ToolStarted,
    TurnStarted,
    UserAnswered,
    UserAsked,
)
from smallcode_jupyter.protocol.model import ModelInfo, ModelProfile, ModelReply, Usage
from smallcode_jupyter.protocol.tasks import Context, ContextItem, Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult

HOSTILE = "<img src=x onerror=alert(1)>\x1b[31m\u202egnp.exe\x07"


def eventful_run() -> list[Event]:
    """Stopped while it asks the model a third time."""
    info = ModelInfo(
        name="a model with a long name " * 4,
        base_url="",
        server="scripted",
        context_window=8192,
        is_window_known=True,
        profile=ModelProfile(name="test"),
        device="CPU, 2 threads",
    )
    items = tuple(
        ContextItem(kind="file", name=f"file_{number}.py", text="x", reason="named") for number in range(5)
    )
    gone = tuple(Dropped(name=f"part {number}", tokens=1200, reason="old") for number in range(5))
    shorter = Dropped(name="result of read_file", tokens=1200, kept_tokens=300, reason="long")
    plan = ContextPlan(window=8192, prompt_tokens=4000, answer_tokens=512, kept=("task",), sizes=(40,))
    cut_plan = ContextPlan(
        window=4096, prompt_tokens=3000, answer_tokens=512, kept=("task",), dropped=(*gone, shorter)
    )
    starting = Problem(code="starting", what="Starting a server, 1 s.")
    command = ToolCall(id="c1", name="run_command", arguments={"command": f"rm -rf {HOSTILE}"})
    unknown = ToolCall(id="c2", name=HOSTILE, arguments={"n": 1, "deep": {"list": [None, True]}})
    denied = Problem(code="denied", what="It may not run.", why="The policy.", hint="Allow it.")
    half = ModelReply(text=HOSTILE, reasoning="hm", finish_reason="length", usage=Usage(is_estimated=True))
    report = CheckReport(
        results=(
            CheckResult(name="syntax", status="passed", target=NEXT_CELL, passed=1),
            CheckResult(name="trial", status="unchecked", target="cell:abc", detail=HOSTILE),
        )
    )
    route = Route(category="run", tools=("run_command",), reason="a command")
    return [
        TaskStarted(task=Task(id="t", words=f"do it {HOSTILE}", surface="notebook")),
        Notice(level="info", problem=starting),
        Notice(level="info", problem=Problem(code="starting", what="Starting a server, 2 s.", why="Slow.")),
        Notice(level="info", problem=Problem(code="other", what="Something else.", hint="Wait.")),
        Notice(level="error", problem=Problem(code="bad", what="Went wrong.")),
        ModelOpened(info=info),
        ContextGathered(context=Context(items=items, left_out=("secret.py", "cell:ab12"))),
        TurnStarted(turn=1, route=route, plan=plan),
        ModelStarted(turn=1, messages=(), kept_messages=0, temperature=0.0, is_routing=True),
        ModelDelta(turn=1, text="run"),
        ModelFinished(turn=1, reply=ModelReply(text="run")),
        ContextReplanned(turn=1, plan=cut_plan),
        ModelStarted(turn=1, messages=(), kept_messages=0, temperature=0.0),
        ModelDelta(turn=1, text="h", is_reasoning=True),
        ModelDelta(turn=1, text="m", is_reasoning=True),
        ModelDelta(turn=1, text=HOSTILE),
        ModelFinished(turn=1, reply=half),
        ReplyParsed(turn=1, dialect="json", calls=(command, unknown), text="", problems=(denied,)),
        UserAsked(question=f"Run {HOSTILE}?", choices=("yes", "no")),
        UserAnswered(choice="no"),
        ToolStarted(turn=1, call=command),
        ToolFinished(
            turn=1,
            result=ToolResult(call_id="c1", name="run_command", status="denied", content="", problem=denied),
        ),
        ToolFinished(
            turn=1, result=ToolResult(call_id="c2", name=HOSTILE, status="error", content="No such tool.")
        ),
        CheckStarted(turn=1, paths=(NEXT_CELL, "cell:abc", "a.py", "b.py")),
        CheckFinished(turn=1, report=report),
        StrategyChosen(turn=1, strategy="resample", reason="the same again", temperature=0.5),
        StrategyChosen(turn=1, strategy="stop", reason="no calls are left"),
        StrategyChosen(turn=1, strategy="accept", reason=""),
        ModelStarted(turn=2, messages=(), kept_messages=0, temperature=0.5),
        ModelFinished(
            turn=2, reply=ModelReply(text=""), problem=Problem(code="StreamBroken", what="It went away.")
        ),
        ModelStarted(turn=3, messages=(), kept_messages=0, temperature=0.5),
        ModelDelta(turn=3, text="half an ans"),
        TaskFinished(
            outcome="cancelled",
            reason="You stopped it.",
            problem=Problem(code="Cancelled", what="The run was stopped.", hint="Ask again."),
            turns=3,
            seconds=125.0,
        ),
    ]
