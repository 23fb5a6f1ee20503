"""The second half of a turn: run the calls, check what changed, decide what comes next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from smallcode_jupyter.agent import improve
from smallcode_jupyter.agent.advising import advice_on
from smallcode_jupyter.agent.flow import Done, Flow
from smallcode_jupyter.agent.guards import is_read_loop
from smallcode_jupyter.agent.marking import marked, unmarked
from smallcode_jupyter.agent.parsing.parsed import Parsed
from smallcode_jupyter.agent.prompts import render
from smallcode_jupyter.agent.routing import category_word
from smallcode_jupyter.agent.state import Attempt, Exchange
from smallcode_jupyter.agent.suspects import suspects
from smallcode_jupyter.protocol.changes import NEXT_CELL
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest
from smallcode_jupyter.protocol.effects import (
    Behaviour,
    DropFailing,
    Dropped,
    Observe,
    RunTool,
    Stage,
    StageReport,
)
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import (
    Notice,
    PlanStep,
    PlanUpdated,
    StrategyChosen,
    ToolFinished,
    ToolStarted,
)
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelReply
from smallcode_jupyter.protocol.tools import Category, ToolCall, ToolResult

if TYPE_CHECKING:
    from smallcode_jupyter.agent.loop import Run

__all__ = ["act", "run_call"]

_LONGEST_FAILURE = 1_500
_EDITS = frozenset({"write_file", "write_definitions", "edit_file", "edit_cell"})


def act(run: Run, reply: ModelReply, parsed: Parsed) -> Flow[None]:
    """Do what the answer says. Raises `Done` where that ends the run."""
    if reply.finish_reason == "cancelled":
        raise Done("cancelled", "Stopped.")
    if run.is_asking_route:
        run.is_asking_route = False
        _switch(run, reply, category_word(parsed.text) or run.state.category, why="the model's choice")
        return
    if parsed.calls:
        yield from _run_calls(run, reply, parsed.calls)
        return
    word = category_word(parsed.text) if parsed.dialect == "category" else None
    if word is not None and word != run.category and "routing" not in run.task.without:
        _switch(run, reply, word, why="the model asked for it")
        return
    is_words = bool(parsed.text.strip()) and not parsed.problems
    if is_words and run.category != "write":
        raise Done("answered", "Answered.", answer=parsed.text.strip())
    yield from _after_nothing(run, reply, parsed)


def _switch(run: Run, reply: ModelReply, category: Category, *, why: str) -> None:
    """Offer another category's tools in the next turn: one step, and the prompt only grows at its end."""
    if run.task.policy == "plan" and category in ("write", "run"):
        category = "read"
    run.category, run.reason = category, why
    exchange = Exchange(
        name=f"choice of {category}",
        assistant=Message(role="assistant", content=reply.text.strip() or category),
        answers=(Message(role="user", content=run.instruction_for(category)),),
    )
    run.state = replace(run.state, history=(*run.state.history, exchange))


def _run_calls(run: Run, reply: ModelReply, calls: tuple[ToolCall, ...]) -> Flow[None]:
    results: list[ToolResult] = []
    if run.state.step is not None:
        calls = tuple(call for call in calls if _is_of_step(call, run.state.step.path))
    for call in calls:
        if call.name == "finish":
            answer = str(call.arguments.get("answer", ""))
            raise Done("answered", "Answered.", answer=answer)
        results.append((yield from run_call(run, _as_asked(run, call))))
    changed = tuple(dict.fromkeys(path for result in results for path in result.changed))
    problems = [result.problem for result in results if result.problem is not None]
    failed = next((problem for problem in problems if problem.code != "no_change"), None)
    is_edit = any(call.name in _EDITS for call in calls)
    if not calls:
        yield from _after_nothing(run, reply, Parsed(dialect="other files", problems=(_OTHER_FILES,)))
    elif changed and failed is None:
        yield from _check(run, reply, changed)
    elif is_edit and failed is not None:
        yield from _after_failed_edit(run, reply, failed)
    elif is_edit:
        yield from _after_nothing(run, reply, Parsed(dialect="unchanged", problems=(_UNCHANGED,)))
    else:
        _continue_with(run, reply, calls, results)


def _is_of_step(call: ToolCall, path: str) -> bool:
    """Whether a call keeps to the file of the step: other files have steps of their own."""
    return call.name not in _EDITS or call.arguments.get("path") == path


def _as_asked(run: Run, call: ToolCall) -> ToolCall:
    """A fenced block for a file of which only definitions were asked for is merged into it, not written over it.

    Marks of mistakes that a repair brought along are left out.
    """
    if run.state.repair is not None:
        clean = {name: unmarked(v) if isinstance(v, str) else v for name, v in call.arguments.items()}
        call = replace(call, arguments=clean)
    content = call.arguments.get("content")
    if call.name != "write_file" or run.state.edit_format != "definitions" or content is None:
        return call
    if call.arguments.get("path") != run.state.target:
        return call
    arguments = {"path": call.arguments["path"], "source": content}
    return ToolCall(id=call.id, name="write_definitions", arguments=arguments)


def run_call(run: Run, call: ToolCall) -> Flow[ToolResult]:
    """Run one call on the staged copy."""
    turn = run.state.turn
    is_loop = is_read_loop(run.state.calls_in_sight, call)
    yield from run.start(
        ToolStarted(turn=turn, call=call),
        lambda end: ToolFinished(
            turn=turn,
            result=ToolResult(
                call_id=call.id,
                name=call.name,
                status="error",
                content="stopped",
                problem=end.problem or _STOPPED,
            ),
        ),
    )
    if is_loop:
        result = ToolResult(
            call_id=call.id, name=call.name, status="error", content=str(_READ_LOOP), problem=_READ_LOOP
        )
    else:
        result = cast(ToolResult, (yield RunTool(call=call)))
    spent = run.state.spent.plus_seconds(result.seconds)
    run.state = replace(run.state, calls=(*run.state.calls, call), spent=spent)
    yield from run.finish(ToolFinished(turn=turn, result=result))
    if call.name == "update_plan" and result.status == "ok":
        yield PlanUpdated(steps=_plan_steps(call))
    return result


_STOPPED = Problem(code="stopped", what="The run ended before this call was answered.")
_UNCHANGED = Problem(
    code="unchanged",
    what="the file was written back as it was",
)
_OTHER_FILES = Problem(
    code="other_files", what="the answer is for other files", hint="Change only the file asked for."
)
_READ_LOOP = Problem(
    code="read_loop",
    what="You have had this answer twice already.",
    hint="Answer the person in words, or use another tool.",
)


def _plan_steps(call: ToolCall) -> tuple[PlanStep, ...]:
    steps, done = call.arguments.get("steps"), call.arguments.get("done")
    names = [str(step) for step in steps] if isinstance(steps, list) else []
    ticked = {str(item) for item in done} if isinstance(done, list) else set()
    return tuple(
        PlanStep(words=name, is_done=name in ticked or str(index) in ticked)
        for index, name in enumerate(names, 1)
    )


def _check(run: Run, reply: ModelReply, paths: tuple[str, ...]) -> Flow[None]:
    """Save the state under this turn's label, have it judged, and decide."""
    state = run.state
    label = f"turn {state.turn}"
    yield Stage(action="save", label=label)
    staged = cast(StageReport, (yield Stage(action="collect")))
    if staged.changes.is_empty:
        yield from _after_nothing(run, reply, Parsed(dialect="unchanged", problems=(_UNCHANGED,)))
        return
    paths = tuple(dict.fromkeys((*paths, *(change.path for change in staged.changes.files))))
    is_step = state.step is not None and not state.step.is_whole
    part = state.step.words if state.step is not None and is_step else ""
    about = state.step.path if state.step is not None and part else ""
    report = yield from run.check(
        CheckRequest(paths=paths, words=part or state.task.words, is_step=is_step, about=about)
    )
    missing: tuple[str, ...] = ()
    if improve.wants_pruning(run.state, staged.changes, report):
        staged, report, missing = yield from _prune(run, staged, paths, report, label=label)
    behaviour = Behaviour()
    if (
        report.status != "failed"
        and state.step is None
        and not {"improve", "selection", "trial"} & set(state.task.without)
    ):
        behaviour = cast(Behaviour, (yield Observe(paths=paths, words=state.task.words)))
    attempt = Attempt(
        turn=state.turn,
        label=label,
        reply=reply.text,
        changes=staged.changes,
        report=report,
        temperature=state.temperature,
        is_repair=state.repair is not None,
        behaviour=behaviour.outcomes,
        breaks=behaviour.breaks,
        missing=missing,
    )
    run.state = improve.format_after(replace(run.state, attempts=(*run.state.attempts, attempt)), report)
    decision = improve.after_check(run.state, report)
    yield _chosen(run, decision)
    if decision.strategy == "accept":
        raise Done("validated", decision.reason)
    if decision.strategy == "stop":
        raise Done("gave_up", f"Stopped: {decision.reason}.")
    yield Stage(action="restore", label=decision.base.label if decision.base else "start")
    _prepare(run, decision)


def _prune(
    run: Run, staged: StageReport, paths: tuple[str, ...], report: CheckReport, *, label: str
) -> Flow[tuple[StageReport, CheckReport, tuple[str, ...]]]:
    """Leave out written tests that fail on the code as it is, and judge the rest. Names those that were asked for."""
    dropped = cast(Dropped, (yield DropFailing(paths=paths)))
    if not dropped.names:
        return staged, report, ()
    what = f"Left out {len(dropped.names)} written tests that fail on the code as it is: {', '.join(dropped.names)}."
    yield Notice(level="info", problem=Problem(code="dropped_tests", what=what))
    yield Stage(action="save", label=label)
    staged = cast(StageReport, (yield Stage(action="collect")))
    again = yield from run.check(CheckRequest(paths=paths, words=run.state.task.words))
    return staged, again, improve.asked_for(run.state.task.words, dropped.names)


def _prepare(run: Run, decision: improve.Decision) -> None:
    """Set up the next attempt: one of those so far with its failure, or the bare question again."""
    repair = None
    base = decision.base
    if base is not None:
        run.state = replace(run.state, repaired=run.state.repaired | {base.label})
        failure = base.report.first_failure
        is_cell = run.state.target == NEXT_CELL
        instruction = render("write_cell_again") if is_cell else run.instruction_for("write")
        if failure is not None:
            detail = failure.detail.strip()[:_LONGEST_FAILURE]
            advice = advice_on(detail)
            detail += f"\n{advice}" if advice else ""
            words = render("repair", failure=detail, instruction=instruction)
        else:
            detail = "\n".join(base.breaks)[:_LONGEST_FAILURE]
            words = render("harden", failure=detail, instruction=instruction)
        repair = _exchange(run, _shown_again(base), words, name=f"attempt {base.turn} and its failure")
    run.category = "write"
    run.instruction = run.instruction_for("write")
    if decision.hint:
        failure_words = decision.hint.strip()[:_LONGEST_FAILURE]
        run.instruction = render("hint", failure=failure_words, instruction=run.instruction)
    run.state = replace(run.state, repair=repair, temperature=decision.temperature)


def _shown_again(base: Attempt) -> str:
    """The answer that led to an attempt, its mistakes marked where the failure says on which lines they are."""
    failure = base.report.first_failure
    reply = base.reply
    if failure is None:
        return reply
    for change in base.changes.files:
        reply = marked(reply, path=change.path, text=change.after or "", failure=failure.detail)
    return reply


def _exchange(run: Run, reply: str, words: str, *, name: str) -> Exchange:
    return Exchange(
        name=name,
        assistant=Message(role="assistant", content=reply.strip() or "(nothing)"),
        answers=(Message(role="user", content=words),),
    )


def _after_failed_edit(run: Run, reply: ModelReply, problem: Problem) -> Flow[None]:
    """An edit that could not be made: say exactly why; after two, ask for the whole file instead."""
    run.state = replace(run.state, failed_edits=run.state.failed_edits + 1)
    limit = run.state.spent.limit_reached(run.task.limits)
    if limit or run.state.failed_edits > 4 or "improve" in run.task.without:
        raise Done("gave_up", f"Stopped: {limit or 'the edits could not be made'}.")
    yield Stage(action="restore", label="start")
    if run.state.failed_edits == 2 and run.state.edit_format != "whole":
        run.state = replace(run.state, edit_format="whole", answer_tokens=run.task.limits.answer_tokens)
        run.instruction = run.instruction_for("write")
        decision = improve.Decision(strategy="resample", reason="two edits failed: asking for the whole file")
        run.state = replace(run.state, repair=None)
    else:
        decision = improve.Decision(strategy="repair", reason=problem.what)
        words = render("edit_failed", failure=str(problem), instruction=run.instruction_for("write"))
        run.state = replace(run.state, repair=_exchange(run, reply.text, words, name="edit that failed"))
    yield _chosen(run, decision)


def _continue_with(
    run: Run, reply: ModelReply, calls: tuple[ToolCall, ...], results: list[ToolResult]
) -> None:
    """Show the results, and ask for what the task as a whole wants."""
    state = run.state
    category: Category = "write" if state.category == "write" and run.task.policy != "plan" else run.category
    run.category, run.reason = category, "what the task wants"
    following = run.instruction_for(category)
    answers: tuple[Message, ...]
    if reply.native_calls:
        answers = tuple(Message(role="tool", content=r.content, call_id=r.call_id) for r in results)
        assistant = Message(role="assistant", content=reply.text, calls=calls)
    else:
        texts = [f"Result of {result.name}:\n{result.content}" for result in results]
        answers = (Message(role="user", content="\n\n".join([*texts, following])),)
        assistant = Message(role="assistant", content=reply.text.strip())
    exchange = Exchange(
        name=", ".join(result.name for result in results) + " result",
        assistant=assistant,
        answers=answers,
        calls=calls,
        results=tuple(results),
    )
    run.state = replace(state, history=(*state.history, exchange))


def _after_nothing(run: Run, reply: ModelReply, parsed: Parsed) -> Flow[None]:
    """Nothing usable came: ask differently, a bounded number of times."""
    state = run.state
    problem = parsed.problems[0] if parsed.problems else None
    if reply.finish_reason == "guard":
        why = "the answer repeated itself"
    elif not reply.text.strip():
        why = "the answer is empty"
    else:
        why = problem.what if problem else "the answer is words, not code"
    is_worth_saying = bool(reply.text.strip()) and (problem is None or problem.code != "unchanged")
    decision = improve.after_nothing(state, why, is_worth_saying=is_worth_saying)
    if problem is not None and problem.code == "cut_off":
        state = replace(state, answer_tokens=min(2 * state.answer_tokens, run.task.limits.answer_tokens))
    yield _chosen(run, decision)
    if decision.strategy == "stop":
        if not state.attempts and parsed.text.strip() and not parsed.problems:
            raise Done("answered", "Answered in words; nothing was changed.", answer=parsed.text.strip())
        raise Done("gave_up", f"Stopped: {decision.reason}.")
    repair = None
    if decision.strategy == "nudge":
        words = render(
            "nudge", why=str(problem) if problem else why, instruction=run.instruction_for(run.category)
        )
        repair = _exchange(run, reply.text, words, name="answer without code")
    if problem is _UNCHANGED:
        run.instruction = _narrowed(run)
    run.state = replace(state, nudges=state.nudges + 1, repair=repair, temperature=decision.temperature)


def _narrowed(run: Run) -> str:
    """The instruction with the definitions that are to change by name: asked for all of them, it copied the file."""
    state, instruction = run.state, run.instruction_for("write")
    text = next((item.text for item in state.context.items if item.name == state.target), "")
    failure = state.baseline.first_failure if state.baseline else None
    words = (state.step.words if state.step is not None else "") or state.task.words
    names = suspects(text, words=words, failure=failure.detail if failure else "")
    if not names or state.edit_format != "definitions":
        return instruction
    return render("narrow", names=", ".join(names), path=state.target or "")


def _chosen(run: Run, decision: improve.Decision) -> StrategyChosen:
    return StrategyChosen(
        turn=run.state.turn,
        strategy=decision.strategy,
        reason=decision.reason,
        temperature=decision.temperature,
    )
