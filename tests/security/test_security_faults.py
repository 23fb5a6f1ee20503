"""Faults, each tried a few times; `scripts/measure/faults/run.py` tries them all."""

from __future__ import annotations

import errno
import os
import resource
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from smallcode_jupyter.protocol.errors import DiskFull, FileChanged, SandboxError
from smallcode_jupyter.protocol.events import Envelope, Notice
from smallcode_jupyter.sandbox.scratch import ScratchFolder, _sweep
from smallcode_jupyter.session.trace import read_trace
from smallcode_jupyter.workspace.journal import Journal
from smallcode_jupyter.workspace.selection import Choice


@pytest.mark.parametrize("undoes", [False, True], ids=["accept", "undo"])
@pytest.mark.parametrize("renames", [False, True], ids=["in place", "renamed over"])
def test_what_an_editor_saves_at_the_last_moment_stays(undoes: bool, renames: bool) -> None:
    from meanwhile import saved_at_each_step

    assert saved_at_each_step(undoes=undoes, renames=renames).failures == ()


def test_what_an_editor_saved_stays_though_the_agent_is_killed_before_it_is_put_back() -> None:
    from ground import TEXTS, die, ground, in_child

    with ground() as place:

        def step(name: str) -> None:
            if name == "replace a file":
                (place.root / "changed.py").write_text("theirs\n")
            if name == "look at what was replaced":
                die()

        changes = place.proposal(TEXTS)
        folder = place.state / "journal"
        assert in_child(lambda: Journal(place.root, folder, step=step).apply(changes)) == -signal.SIGKILL
        assert (place.root / "changed.py").read_text() == "new\n"
        Journal(place.root, folder).recover()
        assert (place.root / "changed.py").read_text() == "theirs\n"
        assert [path.name for path in place.root.glob(".smallcode-*")] == []


def test_a_killed_agent_leaves_no_program_of_its_tests_running() -> None:
    from kills import agent_while_tests_run

    assert agent_while_tests_run(1).failures == ()


def test_a_killed_agents_temporary_folder_is_removed_by_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from ground import die, in_child

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _sweep.cache_clear()

    def make() -> None:
        (ScratchFolder().path / "copy.py").write_text("x = 1\n")
        die()

    assert in_child(make) == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    _sweep.cache_clear()
    mine = ScratchFolder()
    assert list(tmp_path.iterdir()) == [mine.path]
    _sweep.cache_clear()
    other = ScratchFolder()
    assert mine.path.is_dir()
    assert not left.exists()
    mine.close()
    other.close()
    assert list(tmp_path.iterdir()) == []
    _sweep.cache_clear()


def test_half_a_character_in_an_answer_or_in_the_words_ends_no_run() -> None:
    from ground import GOOD, ground

    with ground() as place:
        session = place.session(f"Half: \ud800\n{GOOD}", GOOD)
        events: list[object] = []
        words = "Implement double in tools.py, as in caf\udce9.py."
        result = session.run(words, surface="files", on_event=events.append)
        assert result.finished.outcome == "validated"
        assert list(read_trace(result.trace)) == events


def test_a_file_that_came_meanwhile_is_not_written_over() -> None:
    from ground import ground

    with ground() as place:
        made = place.root / "made.py"

        def step(name: str) -> None:
            if name == "replace a file":
                made.write_text("theirs\n")

        changes = place.proposal({"made.py": "ours\n"})
        with pytest.raises(FileChanged):
            Journal(place.root, place.state / "journal", step=step).apply(changes)
        assert made.read_text() == "theirs\n"
        assert sorted(os.listdir(place.root)) == ["changed.py", "deleted.py", "made.py", "pkg", "tools.py"]


def _without_space(act: Callable[[], object], *, size: int) -> None:
    """In a process that can write files of at most so many bytes; fails where `act` raises."""
    from ground import in_child

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        act()

    assert in_child(limited) == 0


def test_where_what_is_left_of_a_proposal_cannot_be_kept_no_file_changes() -> None:
    from ground import ground

    with ground({"a.py": "old\n", "b.py": "old\n"}) as place:
        session = place.session()
        session._set_pending(place.proposal({"a.py": "1\n", "b.py": "2\n" * 4_000}))
        old, pending = place.snapshot(), session.pending

        def accept_a_part() -> None:
            with pytest.raises(DiskFull, match="nothing was changed"):
                session.accept(Choice(verdict="accept", path="a.py"))
            assert (place.snapshot(), session.pending) == (old, pending)
            with pytest.raises(DiskFull):
                session.reject(Choice(verdict="reject", path="a.py"))

        _without_space(accept_a_part, size=2_000)
        assert (place.snapshot(), place.session().pending) == (old, pending)
        assert session.accept(Choice(verdict="accept", path="a.py")).paths == ("a.py",)


def test_a_proposal_and_a_trace_that_cannot_be_kept_are_told_before_the_end() -> None:
    from ground import GOOD, STUB, WORDS, ground

    with ground({"tools.py": STUB}) as place:
        session = place.session(GOOD, GOOD)
        session._set_pending(place.proposal({"tools.py": "what an earlier run proposed\n"}))
        (session._place / "pending.tmp").mkdir()
        (session._place / "traces").write_text("a file where the folder should be")
        events: list[Envelope] = []
        assert session.run(WORDS, surface="files", on_event=events.append).finished.outcome == "validated"
        told = {one.event.problem.code for one in events if isinstance(one.event, Notice)}
        assert {"not_kept", "trace_incomplete"} <= told
        assert [one.seq for one in events] == list(range(len(events)))
        assert session.pending is not None
        assert place.session().pending is None


def test_where_no_temporary_folder_can_be_made_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: str) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(SandboxError, match="No space left on device"):
        ScratchFolder()
