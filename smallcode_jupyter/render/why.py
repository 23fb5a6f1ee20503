"""Why each step of a run is there, a sentence or two for a class: nothing in them is taken from a trace but numbers and
the words of `words`, made harmless.
"""

from __future__ import annotations

from typing import assert_never

from smallcode_jupyter.protocol.events import (
    ChangeProposed,
    CheckFinished,
    CheckStarted,
    ContextGathered,
    ContextReplanned,
    Event,
    ModelDelta,
    ModelFinished,
    ModelOpened,
    ModelStarted,
    Notice,
    Outcome,
    PlanUpdated,
    ReplyParsed,
    Strategy,
    StrategyChosen,
    TaskFinished,
    TaskStarted,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    TurnStarted,
    UserAnswered,
    UserAsked,
)
from smallcode_jupyter.protocol.tools import Category
from smallcode_jupyter.render.plain import one_line
from smallcode_jupyter.render.words import amount, duration

__all__ = ["why"]

_CATEGORIES: dict[Category, str] = {
    "read": "These look at what is there",
    "write": "These write code",
    "search": "These find a place",
    "run": "These run something to see what it does",
    "plan": "These put steps in order before the work",
}
_TOOLS: dict[str, str] = {
    "write_file": "The file is written to a staged copy of the folder: yours stays as it is until you accept.",
    "edit_file": "The edit is made in a staged copy, and only if the place to change is found exactly once.",
    "write_definitions": "Only the functions that change were asked for: a small model that must write the whole file "
    "likes to write the old one back.",
    "edit_cell": "The code is kept aside as the next cell. It has not run in your kernel.",
    "run_code": "The code runs in a copy of the kernel, which sees your variables and cannot change them.",
    "run_command": "The command runs confined: it can write only to a scratch folder and reaches no network.",
    "run_tests": "What tests say is worth more than what a model says of its own code.",
    "update_plan": "Steps that are written down survive when old messages must leave the prompt.",
    "finish": "The model says that it is done; whether it is, the checks decide.",
}
_LOOKING = "Looking costs little, and saves a small model from inventing what it has not seen."
_STRATEGIES: dict[Strategy, str] = {
    "accept": "The checks hold, so there is no reason to ask again: a second answer could only be worse.",
    "repair": "The failure is precise enough to be shown to the model with its message.",
    "resample": "Showing the failure would not help: a wrong value, or the same answer again, is better drawn afresh "
    "at a higher temperature. The prompt stays the same, so only what is written costs time.",
    "nudge": "Nothing usable came, so the model is reminded of the form in which it should answer.",
    "stop": "A budget or a detector of fruitless attempts ended it: more of the same seldom helps a small model.",
}
_OUTCOMES: dict[Outcome, str] = {
    "validated": "A check that runs the code held. That is as good as the check: an example you give makes it better.",
    "unvalidated": "Nothing here could judge the change by running it, and it is not called validated for that reason.",
    "answered": "The words were a question, so the result is an answer and no file is touched.",
    "gave_up": "The checks still fail. The best state so far is shown, not the last one, and nothing was changed.",
    "cancelled": "It was stopped; the trace is whole up to here, and nothing was changed.",
    "failed": "There was no way to go on without a model, a server or a readable folder. Nothing was changed.",
}


def why(event: Event) -> str:
    """Why this step is there and what it is good for."""
    match event:
        case TaskStarted() | ModelOpened() | ContextGathered():
            return _opening(event)
        case TurnStarted() | ContextReplanned():
            return _planned(event)
        case ModelStarted() | ModelDelta() | ModelFinished() | ReplyParsed():
            return _answer(event)
        case ToolStarted(call=call):
            is_cell = str(call.arguments.get("path", "")).startswith("cell:")
            return _TOOLS["edit_cell"] if is_cell else _TOOLS.get(call.name, _LOOKING)
        case ToolFinished(result=result):
            if result.status == "ok":
                return "The model will see this result, cut to what fits, in its next prompt."
            if result.status == "denied":
                return "The policy or the person did not allow it. The model is told so, and can do something else."
            return "A failed call is a result, not the end: the model reads what was wrong and what to do instead."
        case CheckStarted() | CheckFinished():
            return _checked(event)
        case StrategyChosen(strategy=strategy):
            return _STRATEGIES[strategy]
        case PlanUpdated():
            return (
                "The plan is kept outside the messages, so it stays in the prompt however long the run gets."
            )
        case UserAsked():
            return "This needs a person's word: a default that acts without asking would not be safe."
        case UserAnswered():
            return "The answer is part of the run, so that a reader of the trace sees who decided what."
        case TurnFinished(harness_seconds=seconds):
            return f"One turn is done. What is around model, tools and checks took {duration(seconds)} of it."
        case ChangeProposed():
            return "Now it is your turn: accept all, a file or a hunk. Nothing of yours has changed so far."
        case Notice():
            return (
                "It changes nothing in the run, but leaving it unsaid would hide how the result came about."
            )
        case TaskFinished(outcome=outcome):
            return _OUTCOMES[outcome]
        case _:
            assert_never(event)


def _opening(event: TaskStarted | ModelOpened | ContextGathered) -> str:
    if isinstance(event, TaskStarted):
        limits = event.task.limits
        return (
            "The words are taken literally: braces and quotes mean nothing special. The run may ask the model "
            f"{amount(limits.calls, 'time')} and take {duration(limits.seconds)}, so it ends whatever the model does."
        )
    if isinstance(event, ModelOpened):
        return (
            f"How a model is asked depends on which it is: this one is asked with {event.info.profile.tool_protocol}, "
            f"and prompt and answer share a window of {amount(event.info.context_window, 'token')}."
        )
    if not event.context.items:
        return "Nothing was found that the words are about, so the model gets the words alone."
    return (
        "A small model knows only what stands in its prompt. What the words are about is looked up first, "
        "so that no question to the model is spent on finding it."
    )


def _planned(event: TurnStarted | ContextReplanned) -> str:
    plan = event.plan
    gone = (
        f" {amount(len(plan.dropped), 'part')} worth least had to go or was shortened."
        if plan.dropped
        else ""
    )
    room = (
        f"The prompt has {amount(plan.prompt_tokens, 'token')} of {plan.window:,}, with {plan.answer_tokens:,} "
        f"kept free for the answer.{gone}"
    )
    if isinstance(event, ContextReplanned):
        return f"The server's window is smaller than it said, and it would have cut the prompt without a word. {room}"
    kind = _CATEGORIES[event.route.category]
    reason = one_line(event.route.reason, 160) or "the words"
    return (
        f"{kind}, and only they are shown: too many tools confuse a small model. Chosen by: {reason}. {room}"
    )


def _answer(event: ModelStarted | ModelDelta | ModelFinished | ReplyParsed) -> str:
    if isinstance(event, ModelStarted):
        if event.is_routing:
            return "The words alone do not tell which tools are needed, so the model is asked for a single word first."
        heat = "the likeliest answer" if event.temperature == 0 else "an answer unlike the one before"
        kept = (
            " What did not change in the prompt need not be read again by the server."
            if event.kept_messages
            else ""
        )
        return f"Temperature {event.temperature:g} asks for {heat}.{kept}"
    if isinstance(event, ModelDelta):
        return (
            "The answer is shown while it is written, so that you can stop it as soon as you see it go wrong."
        )
    if isinstance(event, ModelFinished):
        return _finished(event)
    if event.problems:
        return "Not all of it could be understood. What is unclear is not guessed; the model is told what was wrong."
    if event.repairs:
        return (
            "Small models write nearly the right form. What they meant is read from the text and each mend is named, "
            "which costs no second question."
        )
    return f"The answer was in a form that is read as it is ({one_line(event.dialect, 30)}); nothing had to be mended."


def _finished(event: ModelFinished) -> str:
    if event.problem is not None:
        return "No whole answer came. What had come until then is kept, and the reason is part of the run."
    if event.reply.finish_reason == "length":
        return "The answer reached its longest allowed length. A cut answer is treated with suspicion, never as whole."
    if event.reply.finish_reason == "guard":
        return "The answer went round in circles and was ended early: it could no longer become right."
    if event.reply.finish_reason == "cancelled":
        return "It was stopped while being written. What had come is kept for reading only."
    usage = event.reply.usage
    cached = f", {usage.cached_tokens:,} of them remembered" if usage.cached_tokens else ""
    return (
        f"The server read {amount(usage.prompt_tokens, 'token')}{cached}, and {usage.completion_tokens:,} were "
        "written. Whether they are any good, only running will tell."
    )


def _checked(event: CheckStarted | CheckFinished) -> str:
    if isinstance(event, CheckStarted):
        return "Cheapest checks first, up to the first failure: syntax, names, then running examples, tests, the cell."
    if event.report.status == "passed":
        return "The code was run and did what the check asks. That is evidence; a model's word would not be."
    if event.report.status == "failed":
        return "The failure is exact: it names what was expected and what came. That is what the next step works with."
    return "Nothing here can judge this by running it. That is said, and never counted as passed."
