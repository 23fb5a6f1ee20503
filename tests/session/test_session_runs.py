"""Whole runs through the door, on a scripted model and real files."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from pathlib import Path

import pytest
from session_log import Log, Open

from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.protocol.changes import ChangeSet
from smallcode_jupyter.protocol.errors import FileChanged, NoServer, NotFound, UsageError
from smallcode_jupyter.protocol.events import CheckFinished, ModelDelta, Notice, StrategyChosen, TurnFinished
from smallcode_jupyter.protocol.tasks import Limits
from smallcode_jupyter.session.session import Session
from smallcode_jupyter.session.trace import read_trace
from smallcode_jupyter.workspace.selection import Choice

STUB = 'def double(x):\n    """Twice x.\n\n    >>> double(4)\n    8\n    """\n'
GOOD = f"```python tools.py\n{STUB}    return 2 * x\n```"
WRONG = f"```python tools.py\n{STUB}    return x + 3\n```"
WORDS = "Implement double in tools.py."


@pytest.fixture
def tools(project: Path) -> Path:
    path = project / "tools.py"
    path.write_text(STUB)
    return path


def test_a_solved_task_changes_nothing_before_it_is_accepted(
    open_session: Open, log: Log, tools: Path
) -> None:
    session = open_session(GOOD)
    result = session.run(WORDS, surface="files", on_event=log)
    assert result.finished.outcome == "validated"
    assert tools.read_text() == STUB
    assert session.accept().paths == ("tools.py",)
    assert tools.read_text().endswith("return 2 * x\n")
    assert session.undo().paths == ("tools.py",)
    assert tools.read_text() == STUB


def test_a_wrong_first_answer_is_caught_by_running_and_drawn_again(
    open_session: Open, log: Log, tools: Path
) -> None:
    session = open_session(WRONG, GOOD)
    assert session.run(WORDS, surface="files", on_event=log).finished.outcome == "validated"
    failed, passed = log.of(CheckFinished)
    assert "double(4) returned 7, expected 8" in failed.report.first_failure.detail  # type: ignore[attr-defined]
    assert passed.report.status == "passed"  # type: ignore[attr-defined]


def test_an_awaited_run_is_the_same(open_session: Open, log: Log, tools: Path) -> None:
    session = open_session(WRONG, GOOD)
    result = asyncio.run(session.arun(WORDS, surface="files", on_event=log))
    assert result.finished.outcome == "validated"
    other = Log()
    open_session(WRONG, GOOD).run(WORDS, surface="files", on_event=other)
    assert [envelope.event.type for envelope in log] == [envelope.event.type for envelope in other]


def test_the_trace_holds_every_event_and_survives_a_cut(open_session: Open, log: Log, tools: Path) -> None:
    result = open_session(GOOD).run(WORDS, surface="files", on_event=log)
    assert list(read_trace(result.trace)) == log
    text = result.trace.read_text()
    result.trace.write_text(text[:-20])
    assert list(read_trace(result.trace)) == log[:-1]
    result.trace.write_text(text.replace('"seq":2', '"seq":"x"'))
    with pytest.raises(ValueError, match="line 3"):
        read_trace(result.trace)


def test_reject_leaves_nothing_pending(open_session: Open, log: Log, tools: Path) -> None:
    session = open_session(GOOD)
    session.run(WORDS, surface="files", on_event=log)
    assert session.reject() == ("tools.py",)
    with pytest.raises(UsageError):
        session.accept()


def test_a_hunk_is_accepted_and_the_rest_stays_pending(open_session: Open, log: Log, project: Path) -> None:
    lines = [f"a{n} = {n}\n" for n in range(30)]
    (project / "values.py").write_text("".join(lines))
    lines[2], lines[27] = "a2 = 200\n", "a27 = 2700\n"
    session = open_session("```python values.py\n" + "".join(lines) + "```")
    session.run("Change two values in values.py.", surface="files", on_event=log)
    session.accept(Choice(verdict="accept", path="values.py", hunks=frozenset({0})))
    text = (project / "values.py").read_text()
    assert ("a2 = 200" in text, "a27 = 2700" in text) == (True, False)
    session.accept()
    assert "a27 = 2700" in (project / "values.py").read_text()


def test_what_was_proposed_can_be_accepted_by_a_later_process(
    open_session: Open, log: Log, tools: Path
) -> None:
    open_session(GOOD).run(WORDS, surface="files", on_event=log)
    later = open_session()
    assert later.pending is not None
    later.accept()
    assert "return 2 * x" in tools.read_text()


def test_accepting_is_refused_when_the_file_changed_meanwhile(
    open_session: Open, log: Log, tools: Path
) -> None:
    session = open_session(GOOD)
    session.run(WORDS, surface="files", on_event=log)
    tools.write_text("# mine\n")
    with pytest.raises(FileChanged):
        session.accept()
    assert tools.read_text() == "# mine\n"
    assert session.pending is not None


def test_read_patch_read_shows_the_new_text(open_session: Open, log: Log, tools: Path) -> None:
    call = '{"name": "read_file", "arguments": {"path": "tools.py"}}'
    session = open_session("read", call, GOOD)
    result = session.run(WORDS, surface="files", on_event=log)
    assert result.finished.outcome == "validated"


def test_an_interrupt_stops_at_once_and_keeps_the_trace(open_session: Open, log: Log, tools: Path) -> None:
    model = ScriptedModel([GOOD], delay=0.5)
    session = open_session()
    session._model = model
    timer = threading.Timer(0.7, lambda: signal.raise_signal(signal.SIGINT))
    timer.start()
    began = time.monotonic()
    result = session.run(WORDS, surface="files", on_event=log)
    assert time.monotonic() - began < 2.5
    assert result.finished.outcome == "cancelled"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert list(read_trace(result.trace)) == log


def test_cancelling_the_awaiting_task_ends_the_run_properly(
    open_session: Open, log: Log, tools: Path
) -> None:
    session = open_session()
    session._model = ScriptedModel([GOOD], delay=0.5)

    async def stop_soon() -> str:
        run = asyncio.ensure_future(session.arun(WORDS, surface="files", on_event=log))
        await asyncio.sleep(0.7)
        run.cancel()
        return (await run).finished.outcome

    assert asyncio.run(stop_soon()) == "cancelled"


def test_an_endless_answer_is_ended_when_it_repeats(open_session: Open, log: Log, tools: Path) -> None:
    endless = "```python\n" + "    print('again and again')\n" * 4000
    session = open_session(endless, GOOD)
    assert session.run(WORDS, surface="files", on_event=log).finished.outcome == "validated"
    deltas = sum(len(event.text) for event in log.of(ModelDelta))  # type: ignore[attr-defined]
    assert deltas < 10_000
    assert "repeated itself" in log.of(StrategyChosen)[0].reason  # type: ignore[attr-defined]


def test_the_time_limit_ends_a_slow_answer(open_session: Open, log: Log, tools: Path) -> None:
    session = open_session()
    session._model = ScriptedModel([GOOD, GOOD], delay=0.2)
    began = time.monotonic()
    result = session.run(WORDS, surface="files", limits=Limits(seconds=1.0), on_event=log)
    assert time.monotonic() - began < 4
    assert result.finished.outcome == "gave_up"


def test_no_model_is_a_failed_run_not_an_exception(open_session: Open, log: Log, tools: Path) -> None:
    session = open_session(NoServer("No server answers.", hint="Start one with smallcode serve."))
    result = session.run(WORDS, surface="files", on_event=log)
    assert result.finished.outcome == "failed"
    assert result.finished.problem is not None
    assert "smallcode serve" in result.finished.problem.hint


def test_two_runs_at_once_are_refused(open_session: Open, log: Log, tools: Path) -> None:
    session = open_session(GOOD)

    def again(envelope: object) -> None:
        with pytest.raises(UsageError, match="Another run"):
            session.run(WORDS, surface="files", on_event=lambda _: None)

    session.run(WORDS, surface="files", on_event=again)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Session(root=tmp_path / "nowhere")


def test_binary_and_latin_files_beside_do_no_harm(
    open_session: Open, log: Log, project: Path, tools: Path
) -> None:
    (project / "photo.py").write_bytes(b"\x00\x01\x02" * 1000)
    (project / "latin.py").write_bytes("# Größe\n".encode("latin-1"))
    assert open_session(GOOD).run(WORDS, surface="files", on_event=log).finished.outcome == "validated"


def test_a_trace_that_cannot_be_written_does_not_end_the_run(
    open_session: Open, log: Log, tools: Path, tmp_path: Path
) -> None:
    session = open_session(GOOD)
    (session._place).mkdir(parents=True, exist_ok=True)
    (session._place / "traces").write_text("a file where the folder should be")
    assert session.run(WORDS, surface="files", on_event=log).finished.outcome == "validated"


def test_the_harness_takes_little_time_of_its_own(open_session: Open, log: Log, tools: Path) -> None:
    open_session(WRONG, GOOD).run(WORDS, surface="files", on_event=log)
    assert all(event.harness_seconds < 0.05 for event in log.of(TurnFinished))  # type: ignore[attr-defined]


def test_nothing_proposed_means_nothing_pending(open_session: Open, log: Log, tools: Path) -> None:
    session = open_session("It doubles a number.")
    result = session.run("What does double do?", surface="files", on_event=log)
    assert (result.finished.outcome, result.changes, session.pending) == (
        "answered",
        ChangeSet(id=result.run),
        None,
    )
    assert log.of(Notice) == []
