"""A long run in a small window: a scripted model that reads, searches, plans and tests for as many turns as one likes.

The server behind it counts exactly, refuses what does not fit, and keeps the last prompt in its cache. Facts that the
model needs are hidden in the plan, in the failing output and in the current file; `missing` says which were gone when
it was asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from random import Random

from world import SPECS, file_item

from smallcode_jupyter.agent import asking
from smallcode_jupyter.agent.loop import Run
from smallcode_jupyter.agent.opening import open_run
from smallcode_jupyter.agent.state import Exchange, RunState
from smallcode_jupyter.models.scripted import split_words
from smallcode_jupyter.protocol.effects import AskModel, CountTokens
from smallcode_jupyter.protocol.errors import ContextOverflow
from smallcode_jupyter.protocol.events import EVENT_TYPES, ContextPlan, Event, TurnStarted
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import (
    ModelInfo,
    ModelProfile,
    ModelReply,
    ModelRequest,
    NativeCall,
    ToolProtocol,
    Usage,
)
from smallcode_jupyter.protocol.tasks import Context, Limits, Task
from smallcode_jupyter.protocol.tools import ToolCall, ToolResult
from smallcode_jupyter.tools.truncate import BRIEF, truncate

TARGET = "shop/billing.py"
TEMPLATE = 5
"""Tokens that the server's template adds to a message."""


WORDS = ("total", "amount", "invoice", "rate", "discount", "customer", "order", "line", "entry", "rounding")


def code(random: Random, lines: int, *, needle: str = "") -> str:
    """Lines that look like source code, the needle in the middle of them."""
    made = [
        f"    {'_'.join(random.choices(WORDS, k=2))} = {' + '.join(random.choices(WORDS, k=3))}"
        for _ in range(lines)
    ]
    if needle:
        made[lines // 2] = f"    {needle} = {random.randrange(100)}"
    return "\n".join(made)


@dataclass
class LongRun:
    window: int = 4_096
    protocol: ToolProtocol = "blocks"
    is_exact: bool = True
    """Whether the server counts for the agent; else it estimates, here by a third too high."""
    seed: int = 0

    errors: int = 0
    """Prompts that the server refused."""
    missing: list[str] = field(default_factory=list)
    prompt_tokens: int = 0
    cached_tokens: int = 0
    longest: int = 0
    plans: list[ContextPlan] = field(default_factory=list)
    requests: list[ModelRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._facts: dict[str, str] = {}
        self._cache: list[str] = []
        info = ModelInfo(
            name="m",
            base_url="",
            server="scripted",
            context_window=self.window,
            is_window_known=True,
            profile=ModelProfile(name="test", tool_protocol=self.protocol),
            has_tokenizer=self.is_exact,
        )
        task = Task(
            id="t",
            words="Correct the rounding in shop/billing.py.",
            limits=Limits(calls=10_000, tokens=10**9),
        )
        items = (
            file_item(TARGET, code(self._random, 30, needle="FIRST_RATE")),
            file_item("tests/test_billing.py", code(self._random, 60), weight=1.0),
        )
        self._run = Run(task, SPECS)
        self._run.state = open_run(task, info, Context(items=items, paths=(TARGET,)), category="write")
        self._run.category = "write"
        self._run.instruction = self._run.instruction_for("write")
        self._facts["target"] = "FIRST_RATE"

    def go(self, turns: int) -> LongRun:
        for _ in range(turns):
            self._turn()
        return self

    @property
    def state(self) -> RunState:
        return self._run.state

    @property
    def cache_share(self) -> float:
        """Of all prompt tokens, those that the server had read before."""
        return self.cached_tokens / self.prompt_tokens

    def _turn(self) -> None:
        run = self._run
        run.state = replace(run.state, turn=run.state.turn + 1)
        call = self._next_call(run.state.turn)
        flow = asking.ask(run)
        reply: object = None
        error: ContextOverflow | None = None
        while True:
            try:
                step = flow.throw(error) if error else flow.send(reply)  # type: ignore[arg-type]
            except StopIteration as stop:
                answer, parsed = stop.value
                break
            reply = error = None
            if isinstance(step, EVENT_TYPES):
                self._see(step)
            elif isinstance(step, CountTokens):
                reply = tuple(self._counted(text) for text in step.texts)
            elif isinstance(step, AskModel):
                try:
                    reply = self._answer(step.request, call)
                except ContextOverflow as caught:
                    self.errors += 1
                    error = caught
        run._open_steps.clear()
        (asked,) = parsed.calls
        result = self._perform(asked, run.state.turn)
        run.state = replace(
            run.state,
            history=(*run.state.history, self._exchange(answer, asked, result)),
            calls=(*run.state.calls, asked),
        )

    def _see(self, event: Event) -> None:
        if isinstance(event, TurnStarted):
            self.plans.append(event.plan)

    def _counted(self, text: str) -> int:
        tokens = len(split_words(text))
        return tokens if self.is_exact else tokens * 4 // 3 + 1

    def _answer(self, request: ModelRequest, call: ToolCall) -> ModelReply:
        words = self._words(request)
        if len(words) + request.max_tokens > self.window:
            raise ContextOverflow(f"{len(words)} tokens and {request.max_tokens} for the answer.")
        self.requests.append(request)
        text = "".join(message.content for message in request.messages)
        self.missing += [
            f"turn {self._run.state.turn}: {kind}" for kind, fact in self._facts.items() if fact not in text
        ]
        cached = next(
            (n for n, pair in enumerate(zip(self._cache, words, strict=False)) if pair[0] != pair[1]),
            min(len(self._cache), len(words)),
        )
        self.prompt_tokens += len(words)
        self.cached_tokens += cached
        self.longest = max(self.longest, len(words))
        arguments = json.dumps(dict(call.arguments))
        said = f'{{"name": "{call.name}", "arguments": {arguments}}}'
        self._cache = words + list(split_words(said))
        usage = Usage(prompt_tokens=len(words), completion_tokens=20, cached_tokens=cached)
        if self.protocol == "native":
            native = NativeCall(id=call.id, name=call.name, arguments=arguments)
            return ModelReply(text="", native_calls=(native,), finish_reason="tool_calls", usage=usage)
        return ModelReply(text=said, usage=usage)

    def _words(self, request: ModelRequest) -> list[str]:
        """The prompt as the template makes it."""
        words = [word for spec in request.tools for word in split_words(json.dumps(spec.schema()))]
        for message in request.messages:
            calls = "".join(f"{call.name} {json.dumps(dict(call.arguments))}" for call in message.calls)
            words += [f"<{message.role}>"] * TEMPLATE + list(split_words(message.content + calls))
        return words

    def _next_call(self, turn: int) -> ToolCall:
        """What the model wants next: mostly to look around, now and then a plan, the tests, or the file in question."""
        random = self._random
        choices = {1: "plan", 2: "tests", 3: "target"}
        every = {25: "plan", 17: "tests", 11: "target"}
        kind = choices.get(turn) or next((kind for n, kind in every.items() if turn % n == 0), "look")
        name, arguments = {
            "plan": ("update_plan", {"steps": ["read", f"NEEDLE_PLAN_{turn}", "test"], "done": ["read"]}),
            "tests": ("run_tests", {}),
            "target": ("read_file", {"path": TARGET, "start": 31, "end": 110}),
            "look": random.choice(
                [
                    ("read_file", {"path": f"shop/module_{random.randrange(12)}.py"}),
                    ("search_text", {"pattern": f"step_{random.randrange(40)}"}),
                    (
                        "read_file",
                        {"path": f"shop/module_{random.randrange(12)}.py", "start": 81, "end": 160},
                    ),
                ]
            ),
        }[kind]
        return ToolCall(id=f"call_{turn}", name=name, arguments=arguments)

    def _perform(self, call: ToolCall, turn: int) -> ToolResult:
        random, text = self._random, ""
        if call.name == "update_plan":
            self._facts["plan"] = f"NEEDLE_PLAN_{turn}"
            text = "\n".join(f"[ ] {step}" for step in call.arguments["steps"])  # type: ignore[union-attr]
        elif call.name == "run_tests":
            self._facts["failure"] = f"NEEDLE_FAIL_{turn}"
            noise = code(random, 90)
            text = f"failed (pytest): 3 passed, 1 failed\n{noise}\nE   AssertionError: NEEDLE_FAIL_{turn}\n{noise}"
        elif call.name == "search_text":
            text = "\n".join(
                f"shop/module_{n}.py:{random.randrange(300)}: {code(random, 1)}" for n in range(40)
            )
        else:
            path, first = call.arguments["path"], call.arguments.get("start", 1)
            needle = ""
            if path == TARGET:
                needle = self._facts["current"] = f"NEEDLE_CODE_{turn}"
            end = int(first) + 79  # type: ignore[arg-type]
            text = f"{path} (lines {first}-{end} of 300)\n{code(random, 80, needle=needle)}"
        return ToolResult(
            call_id=call.id,
            name=call.name,
            status="ok",
            content=truncate(text),
            brief=truncate(text, BRIEF) if len(text) > BRIEF else "",
        )

    def _exchange(self, answer: ModelReply, call: ToolCall, result: ToolResult) -> Exchange:
        said = answer.text
        if self.protocol == "native":
            assistant = Message(role="assistant", content=said, calls=(call,))
            answers = (Message(role="tool", content=result.content, call_id=call.id),)
        else:
            assistant = Message(role="assistant", content=said)
            told = f"Result of {call.name}:\n{result.content}\n\n{self._run.instruction}"
            answers = (Message(role="user", content=told),)
        return Exchange(
            name=f"{call.name} result",
            assistant=assistant,
            answers=answers,
            calls=(call,),
            results=(result,),
        )
