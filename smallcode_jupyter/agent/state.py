"""The steps of a run so far, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from smallcode_jupyter.agent.voting import most_agreed
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.checks import CheckReport
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import EditFormat, ModelInfo, ModelReply
from smallcode_jupyter.protocol.tasks import Context, Limits, Task
from smallcode_jupyter.protocol.tools import Category, ToolCall, ToolResult

__all__ = ["Attempt", "Counting", "Exchange", "Plan", "RunState", "Spent", "Step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a run has used."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0
    """In the model, tools and checks."""
    model_seconds: float = 0.0

    def plus_reply(self, reply: ModelReply) -> Spent:
        """After one more answer."""
        usage = reply.usage
        return replace(
            self,
            calls=self.calls + 1,
            prompt_tokens=self.prompt_tokens + usage.prompt_tokens,
            completion_tokens=self.completion_tokens + usage.completion_tokens,
            cached_tokens=self.cached_tokens + usage.cached_tokens,
            seconds=self.seconds + usage.seconds,
            model_seconds=self.model_seconds + usage.seconds,
        )

    def plus_seconds(self, seconds: float) -> Spent:
        """After a tool or check."""
        return replace(self, seconds=self.seconds + seconds)

    @property
    def weighted_tokens(self) -> float:
        """Tokens as `Limits.tokens` counts them: cached prompt tokens at a tenth."""
        return self.prompt_tokens - 0.9 * self.cached_tokens + self.completion_tokens

    def limit_reached(self, limits: Limits) -> str:
        """Which limit ends the run, in words; empty if none."""
        if self.calls >= limits.calls:
            return f"{limits.calls} model calls used"
        if self.weighted_tokens >= limits.tokens:
            return f"{limits.tokens:,} tokens used"
        if self.seconds >= limits.seconds:
            return f"{limits.seconds:g} seconds used"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An answer of the model and what it was told next. Never split: an answered call keeps its answer."""

    name: str
    """For the context plan: `search_text result`."""
    assistant: Message
    answers: tuple[Message, ...]
    calls: tuple[ToolCall, ...] = ()
    """What the model asked for; empty where it asked for nothing."""
    results: tuple[ToolResult, ...] = ()
    """One for each of `calls`, their `content` as it stands in `answers`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How the tokens of a planned prompt compare with what the server reported of the last ones."""

    scale: float = 1.0
    """Of estimates: times this they are what the server counts."""
    extra: int = 0
    """Of the server's own counts: tokens of the chat template beyond those assumed; below 0 where it has less."""
    is_learned: bool = False
    """False until a reply has told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One staged state that was checked."""

    turn: int
    label: str
    """Under which the staged state was saved."""
    reply: str
    """The model's text that led to it."""
    changes: ChangeSet
    report: CheckReport
    temperature: float
    is_repair: bool = False
    """Whether the model was shown an earlier attempt's failure."""
    behaviour: tuple[str, ...] = ()
    """What it did on inputs made for the task, as `Behaviour.outcomes`; empty where it was not run on any."""
    breaks: tuple[str, ...] = ()
    """Calls on which it broke, and how."""
    missing: tuple[str, ...] = ()
    """Tests that the person asked for by name and that were left out."""

    @property
    def is_fine(self) -> bool:
        """Whether no check refused it, and nothing that was asked for is missing."""
        return self.report.status != "failed" and not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file to change."""

    path: str
    reason: str
    is_new: bool = False
    is_done: bool = False
    only_for: tuple[str, ...] = ()
    """The names for whose sake alone the file is to change: renamed exactly, they leave nothing to do."""
    is_whole: bool = False
    """Whether the work as a whole can be judged after it; else only what the file alone shows is checked."""
    words: str = ""
    """What of the task concerns this file; empty where that cannot be told, and all of it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The files to change, in order; no steps where the work is not on several files."""

    steps: tuple[Step, ...] = ()
    is_search: bool = False
    """Whether the fault may be in any of them: a step stays only where the checks then say that more is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """Everything the loop decides by."""

    task: Task
    info: ModelInfo
    context: Context
    target: str | None
    """Where a block without a path goes; None if that is open."""
    edit_format: EditFormat
    category: Category
    """What the task as a whole asks for."""
    step: Step | None = None
    """The step of the plan that is being worked on; None where there is no plan."""
    baseline: CheckReport | None = None
    """How the untouched state fares, where that was looked at."""
    spent: Spent = Spent()
    turn: int = 0
    history: tuple[Exchange, ...] = ()
    """Tool steps, kept for the rest of the run as long as they fit."""
    repair: Exchange | None = None
    """The attempt being repaired and its failure; replaces the one before."""
    calls: tuple[ToolCall, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    repaired: frozenset[str] = frozenset()
    """Labels of attempts that were shown to the model with their failure."""
    nudges: int = 0
    """Answers that held nothing usable."""
    failed_edits: int = 0
    answer_tokens: int = 2_048
    temperature: float = 0.0
    previous_prompt: tuple[Message, ...] = ()
    counting: Counting = Counting()
    shortened: Mapping[str, int] = field(default_factory=dict)
    """By section: how many of its shorter forms the prompt has gone down to. It does not come back up."""
    forgotten: frozenset[str] = frozenset()
    """Ids of calls whose answers had to go from the prompt, or were shortened."""

    @property
    def calls_in_sight(self) -> tuple[ToolCall, ...]:
        """The calls but those whose answers the model can no longer see: it may rightly make these again."""
        return tuple(call for call in self.calls if call.id not in self.forgotten)

    @property
    def best(self) -> Attempt | None:
        """The attempt with the best score; of equals, the one that agrees most with the others, then the earliest."""
        equals = self.leaders
        if not equals:
            return None
        voters = [attempt for attempt in equals if attempt.behaviour]
        return voters[most_agreed([voter.behaviour for voter in voters])] if voters else equals[0]

    @property
    def leaders(self) -> tuple[Attempt, ...]:
        """The attempts whose checks came out best, in their order."""

        def worth(attempt: Attempt) -> tuple[object, ...]:
            return (attempt.report.score, -len(attempt.missing))

        top = max(map(worth, self.attempts), default=None)
        return tuple(attempt for attempt in self.attempts if worth(attempt) == top)
