"""Work on several files: the steps of the plan one after the other, each checked, then the whole.

The plan is the harness's; the model sees one file at a time, and only signatures of the others. All is staged in one
change set. Where the check of the whole points at a file, that one is done again; what comes of it stays only where
more passes than before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from smallcode_jupyter.agent import acting, improve
from smallcode_jupyter.agent.blame import blamed
from smallcode_jupyter.agent.flow import Done, Flow
from smallcode_jupyter.agent.opening import open_run
from smallcode_jupyter.agent.planning import renames_in, told
from smallcode_jupyter.agent.state import Attempt, Plan, Step
from smallcode_jupyter.protocol.checks import CheckReport, CheckRequest
from smallcode_jupyter.protocol.effects import Focus, Focused, Stage, StageReport
from smallcode_jupyter.protocol.errors import SmallCodeError
from smallcode_jupyter.protocol.events import PlanUpdated
from smallcode_jupyter.protocol.tasks import ContextItem, Limits
from smallcode_jupyter.protocol.tools import ToolCall

if TYPE_CHECKING:
    from smallcode_jupyter.agent.loop import Run

__all__ = ["work"]

_UNTOUCHED, _ALL = "untouched", "all steps"
_SUSPECT_WEIGHT = 1.5


def work(run: Run) -> Flow[None]:
    """All turns of a run, with a plan or without. Raises `Done` at its end."""
    if run.plan.is_search and run.state.baseline is None:
        yield from _show_suspects(run)
    elif run.plan.steps:
        yield from _walk(run)
    while True:
        yield from run.turn()


def _show_suspects(run: Run) -> Flow[None]:
    """Where nothing fails yet that could judge a step, the model sees all files that may hold the fault at once."""
    items = list(run.state.context.items)
    for step in run.plan.steps:
        if all(item.name != step.path for item in items):
            items += [replace(one, weight=_SUSPECT_WEIGHT) for one in (yield from _look(run, step.path))[:1]]
    run.state = replace(run.state, context=replace(run.state.context, items=tuple(items)))
    run.instruction = run.instruction_for(run.category)


def _look(run: Run, path: str, *, words: str = "") -> Flow[tuple[ContextItem, ...]]:
    return cast(Focused, (yield Focus(path=path, words=words or run.task.words))).items


def _walk(run: Run) -> Flow[None]:
    """The steps of the plan, then the whole. Raises `Done`."""
    run.task = replace(run.task, limits=_limits_of(run.task.limits, steps=len(run.plan.steps)))
    yield PlanUpdated(steps=told(run.plan))
    yield Stage(action="save", label=_UNTOUCHED)
    if run.plan.is_search:
        yield from _search(run)
    yield from _rename(run)
    missed: list[str] = []
    for at, step in enumerate(run.plan.steps):
        best = yield from _take(run, step, baseline=None, steps_left=len(run.plan.steps) - at)
        is_kept = best is not None and best.report.status != "failed"
        if best is not None and not is_kept:
            missed.append(step.path)
        yield from _keep(run, best if is_kept else None)
        run.plan = _ticked(run.plan, at)
        yield PlanUpdated(steps=told(run.plan))
    yield from _judge(run, missed)


def _limits_of(limits: Limits, *, steps: int) -> Limits:
    """Half as many calls for each step as a run without a plan has, and as many again to mend the whole."""
    return replace(limits, calls=max(limits.calls, (limits.calls // 2) * (steps + 2)))


def _search(run: Run) -> Flow[None]:
    """Try one file after the other, until all passes; a change stays only where more passes than before.

    Raises `Done`.
    """
    before = run.state.baseline
    kept: Attempt | None = None
    for at, step in enumerate(run.plan.steps):
        whole = replace(step, is_whole=True)
        best = yield from _take(run, whole, baseline=before, steps_left=len(run.plan.steps) - at)
        is_better = best is not None and (before is None or best.report.score > before.score)
        yield from _keep(run, best if is_better else None)
        run.plan = _ticked(run.plan, at)
        yield PlanUpdated(steps=told(run.plan))
        if best is not None and is_better:
            kept, before = best, best.report
            if before.status != "failed":
                break
    _end_with(run, kept)
    reason = (
        "The fault was found."
        if before is not None and before.status != "failed"
        else "Stopped: it still fails."
    )
    raise Done("validated" if kept is not None else "gave_up", reason)


def _rename(run: Run) -> Flow[None]:
    """What the words ask for literally and can be done exactly needs no model, and no step for its own sake."""
    renamed: set[str] = set()
    for number, (old, new) in enumerate(renames_in(run.task.words), 1):
        call = ToolCall(id=f"rename_{number}", name="rename_symbol", arguments={"name": old, "new_name": new})
        result = yield from acting.run_call(run, call)
        if result.status == "ok":
            renamed.add(old.rpartition(".")[2])
    left = tuple(
        step for step in run.plan.steps if not step.only_for or not renamed.issuperset(step.only_for)
    )
    run.plan = replace(run.plan, steps=left)
    yield Stage(action="save", label="start")


def _take(run: Run, step: Step, *, baseline: CheckReport | None, steps_left: int) -> Flow[Attempt | None]:
    """Turns with this file alone; the best attempt, or None where nothing came."""
    if run.state.spent.limit_reached(run.task.limits):
        return None
    _focus(
        run,
        step,
        (yield from _look(run, step.path, words=step.words)),
        baseline=baseline,
        steps_left=steps_left,
    )
    try:
        while True:
            yield from run.turn()
    except Done as done:
        yield from run.close_steps(done)
        if done.outcome in ("cancelled", "failed"):
            raise
    except SmallCodeError:
        if not step.is_whole:
            _end_with(run, None)
        raise
    return run.state.best


def _focus(
    run: Run,
    step: Step,
    items: tuple[ContextItem, ...],
    *,
    baseline: CheckReport | None,
    steps_left: int,
) -> None:
    """Begin anew with one file; what was spent and learned stays. Each step has a share of the calls left."""
    before, limits = run.state, run.task.limits
    share = max(1, (limits.calls - before.spent.calls) // steps_left)
    limits = replace(limits, calls=min(limits.calls, before.spent.calls + share))
    context = replace(before.context, items=items)
    fresh = open_run(replace(run.task, limits=limits), before.info, context, category="write", step=step)
    run.state = replace(
        fresh,
        baseline=baseline,
        spent=before.spent,
        turn=before.turn,
        calls=before.calls,
        counting=before.counting,
        previous_prompt=before.previous_prompt,
    )
    if baseline is not None:
        run.state = improve.format_after(run.state, baseline)
    run.category, run.reason = "write", f"the plan: {step.path}"
    run.instruction = run.instruction_for("write")


def _keep(run: Run, attempt: Attempt | None) -> Flow[None]:
    """Make an attempt what the next step begins with; without one, what this step began with."""
    yield Stage(action="restore", label=attempt.label if attempt is not None else "start")
    yield Stage(action="save", label="start")


def _ticked(plan: Plan, at: int) -> Plan:
    return replace(
        plan, steps=tuple(replace(s, is_done=s.is_done or n == at) for n, s in enumerate(plan.steps))
    )


def _end_with(run: Run, attempt: Attempt | None) -> None:
    """What is proposed at the end."""
    run.state = replace(run.state, attempts=(attempt,) if attempt is not None else (), step=None)


def _judge(run: Run, missed: list[str]) -> Flow[None]:
    """Check the whole, and do again what the check points at. Raises `Done`."""
    _end_with(run, None)
    staged = cast(StageReport, (yield Stage(action="collect")))
    if staged.changes.is_empty:
        raise Done("gave_up", "Stopped: no step changed anything.")
    paths = tuple(change.path for change in staged.changes.files)
    report = yield from run.check(CheckRequest(paths=paths, words=run.task.words))
    yield Stage(action="save", label=_ALL)
    best = Attempt(
        turn=run.state.turn,
        label=_ALL,
        reply="",
        changes=staged.changes,
        report=report,
        temperature=run.state.temperature,
    )
    best = yield from _mend(run, best)
    if best.report.status == "failed":
        yield Stage(action="restore", label=_UNTOUCHED)
        before = yield from run.check(CheckRequest(paths=paths, words=run.task.words))
        if before.score >= best.report.score:
            _end_with(run, None)
            raise Done("gave_up", "Stopped: no more passes than before, so nothing is proposed.")
    if missed and best.report.status != "passed":
        _end_with(run, None)
        raise Done(
            "gave_up",
            f"Stopped: {', '.join(missed)} could not be changed, and nothing shows that it works without.",
        )
    _end_with(run, best)
    raise Done("validated", f"All {len(run.plan.steps)} steps are done.")


def _mend(run: Run, best: Attempt) -> Flow[Attempt]:
    """Each file that a failure points at gets one more step, while there are calls left."""
    tried: set[str] = set()
    while best.report.status == "failed":
        step = blamed(best.report, run.plan, run.state.context, tried=tried)
        if step is None or run.state.spent.limit_reached(run.task.limits) or "improve" in run.task.without:
            break
        tried.add(step.path)
        run.plan = replace(run.plan, steps=(*run.plan.steps, step))
        yield PlanUpdated(steps=told(run.plan))
        again = yield from _take(run, replace(step, is_whole=True), baseline=best.report, steps_left=1)
        is_better = again is not None and again.report.score > best.report.score
        yield from _keep(run, again if is_better else None)
        run.plan = _ticked(run.plan, len(run.plan.steps) - 1)
        yield PlanUpdated(steps=told(run.plan))
        if again is not None and is_better:
            best = again
    return best
