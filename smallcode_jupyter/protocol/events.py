"""Every step of a run, in past tense. All front ends, the trace file and the benchmark read only these.

Invariants (asserted by `smallcode_jupyter.session.trace.check_invariants`): the first event is `task.started`;
exactly one `task.finished`, the last; every `*.started` has its `*.finished`, properly nested; every tool call is
answered once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelInfo, ModelReply
from smallcode_jupyter.protocol.tasks import Context, Task
from smallcode_jupyter.protocol.tools import Category, ToolCall, ToolResult

__all__ = [
    "EVENT_TYPES",
    "ChangeProposed",
    "CheckFinished",
    "CheckStarted",
    "ContextGathered",
    "ContextPlan",
    "ContextReplanned",
    "Dropped",
    "Envelope",
    "Event",
    "ModelDelta",
    "ModelFinished",
    "ModelOpened",
    "ModelStarted",
    "Notice",
    "Outcome",
    "PlanStep",
    "PlanUpdated",
    "Repair",
    "ReplyParsed",
    "Route",
    "StrategyChosen",
    "TaskFinished",
    "TaskStarted",
    "ToolFinished",
    "ToolStarted",
    "TurnFinished",
    "TurnStarted",
    "UserAnswered",
    "UserAsked",
]

Outcome = Literal["validated", "unvalidated", "answered", "gave_up", "cancelled", "failed"]
"""`validated`: a check beyond syntax passed. `unvalidated`: a change nothing could judge.
`answered`: words only. `gave_up`: checks still fail, or nothing came.
`failed`: no model, no server, a broken workspace."""

Strategy = Literal["accept", "repair", "resample", "nudge", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Something left out of a prompt, or shown in a shorter form, from this turn on."""

    name: str
    tokens: int
    """Of it as it was."""
    reason: str
    kept_tokens: int = 0
    """Of the shorter form that is shown instead; 0 where nothing of it is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextPlan:
    """What one prompt holds, and what had to go for it."""

    window: int
    """Tokens of the model's window."""
    prompt_tokens: int
    """Of the prompt as planned: system prompt, chat template and schemas of native tools included."""
    answer_tokens: int
    """Kept free for the answer."""
    kept: tuple[str, ...]
    """Names of what is in it, in order."""
    dropped: tuple[Dropped, ...] = ()
    """What left with this turn; it stays out in later ones."""
    sizes: tuple[int, ...] = ()
    """Tokens of each of `kept`."""
    shared_tokens: int = 0
    """Of the messages at the start that the prompt before had, too: what a server's cache can give."""
    is_estimated: bool = False
    """Whether the tokens are estimates, because the server has no tokenizer to ask."""
    is_prefix_stable: bool = True
    """Whether this prompt starts with the previous one's stable prefix."""
    reason: str = ""
    """Why the prefix was broken; empty if it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which category of tools a turn offers."""

    category: Category
    tools: tuple[str, ...]
    reason: str
    scores: tuple[tuple[Category, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One mend the parser made."""

    name: str
    """A named repair: `json-repair`, `alias:file_path`, `inferred-path`."""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One step of the plan."""

    words: str
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStarted:
    task: Task
    type: Literal["task.started"] = "task.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOpened:
    info: ModelInfo
    type: Literal["model.opened"] = "model.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextGathered:
    context: Context
    type: Literal["context.gathered"] = "context.gathered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnStarted:
    turn: int
    """Counts from 1."""
    route: Route
    plan: ContextPlan
    type: Literal["turn.started"] = "turn.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReplanned:
    """The turn is asked again with another prompt: the first did not fit the window that the server really has."""

    turn: int
    plan: ContextPlan
    type: Literal["context.replanned"] = "context.replanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStarted:
    turn: int
    messages: tuple[Message, ...]
    """The first turn's whole prompt; afterwards only what follows the messages kept from the turn before."""
    kept_messages: int
    """How many messages of the previous turn's prompt come before `messages`."""
    temperature: float
    is_routing: bool = False
    """Whether only one word is asked for: the category of the next step."""
    type: Literal["model.started"] = "model.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDelta:
    turn: int
    text: str
    is_reasoning: bool = False
    type: Literal["model.delta"] = "model.delta"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFinished:
    turn: int
    reply: ModelReply
    problem: Problem | None = None
    """Set where no whole answer came; `reply` then holds what had come."""
    type: Literal["model.finished"] = "model.finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyParsed:
    turn: int
    dialect: str
    """The answer's format: `native`, `json`, `fenced-file`, `search-replace`, `python-call`, `category`, `prose`."""
    calls: tuple[ToolCall, ...]
    text: str
    """The words around the calls."""
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
    type: Literal["reply.parsed"] = "reply.parsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolStarted:
    turn: int
    call: ToolCall
    type: Literal["tool.started"] = "tool.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFinished:
    turn: int
    result: ToolResult
    type: Literal["tool.finished"] = "tool.finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStarted:
    turn: int
    paths: tuple[str, ...]
    type: Literal["check.started"] = "check.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinished:
    turn: int
    report: CheckReport
    type: Literal["check.finished"] = "check.finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyChosen:
    turn: int
    strategy: Strategy
    reason: str
    temperature: float = 0.0
    """Of the next attempt, if there is one."""
    type: Literal["strategy.chosen"] = "strategy.chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanUpdated:
    steps: tuple[PlanStep, ...]
    type: Literal["plan.updated"] = "plan.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAsked:
    question: str
    choices: tuple[str, ...]
    type: Literal["user.asked"] = "user.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAnswered:
    choice: str
    type: Literal["user.answered"] = "user.answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFinished:
    turn: int
    harness_seconds: float = 0.0
    """Time of the turn outside the model, tools and checks; filled by the driver."""
    type: Literal["turn.finished"] = "turn.finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposed:
    changes: ChangeSet
    report: CheckReport
    type: Literal["change.proposed"] = "change.proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the person should know that changes nothing: a fallback taken, a failure ignored."""

    level: Literal["info", "warning", "error"]
    problem: Problem
    type: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFinished:
    outcome: Outcome
    reason: str
    """One sentence for the person."""
    answer: str = ""
    """The model's words, where the task was a question."""
    turns: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0
    """Filled by the driver."""
    model_seconds: float = 0.0
    problem: Problem | None = None
    type: Literal["task.finished"] = "task.finished"


Event = (
    TaskStarted
    | ModelOpened
    | ContextGathered
    | TurnStarted
    | ContextReplanned
    | ModelStarted
    | ModelDelta
    | ModelFinished
    | ReplyParsed
    | ToolStarted
    | ToolFinished
    | CheckStarted
    | CheckFinished
    | StrategyChosen
    | PlanUpdated
    | UserAsked
    | UserAnswered
    | TurnFinished
    | ChangeProposed
    | Notice
    | TaskFinished
)
EVENT_TYPES: tuple[type[Event], ...] = (
    TaskStarted,
    ModelOpened,
    ContextGathered,
    TurnStarted,
    ContextReplanned,
    ModelStarted,
    ModelDelta,
    ModelFinished,
    ReplyParsed,
    ToolStarted,
    ToolFinished,
    CheckStarted,
    CheckFinished,
    StrategyChosen,
    PlanUpdated,
    UserAsked,
    UserAnswered,
    TurnFinished,
    ChangeProposed,
    Notice,
    TaskFinished,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One event of one run, as it is stored and sent."""

    run: str
    seq: int
    """Counts from 0 without gaps."""
    at: float
    """Seconds since the epoch."""
    event: Event
