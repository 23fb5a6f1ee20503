"""`smallcode replay` and `%smallcode replay`: saved runs are shown, paced, compared, and never more than text."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from frontends_fake import FakeSession
from IPython.utils.capture import capture_output
from render_runs import cell_run, envelopes, solved_run

from smallcode_jupyter.frontends import reports
from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.frontends.magic import load, use_session
from smallcode_jupyter.frontends.replaying import pauses, play
from smallcode_jupyter.protocol.codec import to_json
from smallcode_jupyter.protocol.events import Event
from smallcode_jupyter.render.scenes import scenes_of


def write(path: Path, events: list[Event], **options: float) -> Path:
    lines = [json.dumps(to_json(one)) for one in envelopes(events, **options)]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def replay(*arguments: str, is_interactive: bool = False) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    console = Console(out=out, err=err, is_interactive=is_interactive)
    return main(["replay", *arguments], console=console), out.getvalue(), err.getvalue()


def test_a_terminal_shows_every_scene_with_its_reason(tmp_path: Path) -> None:
    trace = write(tmp_path / "run.jsonl", solved_run())
    status, out, err = replay(str(trace), "--speed", "1000", is_interactive=True)
    scenes = scenes_of(envelopes(solved_run()))
    assert (status, err) == (0, "")
    assert out.count("why? ") == len(scenes)
    assert out.startswith(f"1/{len(scenes)}  ○ the task")


def test_a_step_stays_on_as_long_as_it_took_within_bounds_divided_by_the_speed() -> None:
    run = solved_run()[:5]
    times = [0.0, 0.2, 3.2, 60.0, 60.1]
    moved = [
        type(one)(run=one.run, seq=one.seq, at=at, event=one.event)
        for one, at in zip(envelopes(run), times, strict=True)
    ]
    scenes = scenes_of(moved)
    assert pauses(scenes, 1) == pytest.approx((1.0, 3.0, 5.0, 1.0))
    assert pauses(scenes, 2) == pytest.approx((0.5, 1.5, 2.5, 0.5))
    assert pauses(scenes, 0) is None
    done: list[float] = []
    play(scenes, pauses(scenes, 2), lambda number: done.append(number), sleep=lambda time: done.append(-time))
    assert done == pytest.approx([1, -0.5, 2, -1.5, 3, -2.5, 4, -0.5, 5])


def test_two_traces_are_compared(tmp_path: Path) -> None:
    first, second = (
        write(tmp_path / "a.jsonl", solved_run()),
        write(tmp_path / "b.jsonl", cell_run("x = 1\n")),
    )
    status, out, _ = replay(str(first), "--diff", str(second))
    assert status == 0
    assert "The runs go apart at step 1." in out
    assert "    -fix add\n    +count the rows\n" in out


DEEP = '{"run": ' + "[" * 100_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not json\nat all\n", "is no trace"),
        ('{"run": "r"}\n{}\n', "is no trace"),
        (DEEP + "\n\n", "is no trace"),
        (
            '{"run": "r", "seq": 0, "at": 1e999, "event": {"type": "user.answered", "choice": "x"}}\n\n',
            "is no trace",
        ),
        ("", "is no trace"),
    ],
)
def test_what_is_no_trace_is_said_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    status, out, err = replay(str(path))
    assert (status, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_only_ordinary_files_of_a_bounded_size_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert "no ordinary file" in replay(str(tmp_path / "pipe.jsonl"))[2]
    assert "cannot be read" in replay(str(tmp_path / "nowhere.jsonl"))[2]
    trace = write(tmp_path / "run.jsonl", solved_run())
    monkeypatch.setattr(reports, "_MAX_TRACE", 1_000)
    assert "is too large" in replay(str(trace))[2]


@pytest.mark.parametrize("speed", ["-1", "nan", "inf", "fast"])
def test_an_impossible_speed_is_a_sentence(tmp_path: Path, speed: str) -> None:
    trace = write(tmp_path / "run.jsonl", solved_run())
    status, out, err = replay(str(trace), f"--speed={speed}", is_interactive=True)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def notebook(shell: Any, line: str) -> tuple[Any, list[dict[str, Any]], str]:
    load(shell)
    use_session(FakeSession(solved_run()))  # type: ignore[arg-type]  # the fake has the same door
    with capture_output() as captured:
        result = shell.run_cell(f"%smallcode replay {line}")
    return result, [vars(output) for output in captured.outputs], captured.stdout


def test_a_notebook_plays_in_one_display_and_ends_with_the_whole_run(shell: Any, tmp_path: Path) -> None:
    trace = write(tmp_path / "my run.jsonl", solved_run())
    result, displays, _ = notebook(shell, f"'{trace}' --speed 1000")
    scenes = scenes_of(envelopes(solved_run()))
    assert result.success
    assert len({display["transient"]["display_id"] for display in displays}) == 1
    assert [display["update"] for display in displays] == [False, *[True] * (len(scenes) + 1)]
    assert "step 7 of" in displays[7]["data"]["text/html"]
    assert displays[-1]["data"]["text/html"].count('role="listitem"') == len(scenes)
    assert displays[-1]["data"]["text/plain"].count("why? ") == len(scenes)


def test_at_speed_nought_a_notebook_shows_all_at_once(shell: Any, tmp_path: Path) -> None:
    trace = write(tmp_path / "run.jsonl", solved_run())
    _, displays, _ = notebook(shell, f"{trace} --speed 0")
    assert [display["update"] for display in displays] == [False, True]


def test_a_notebook_compares_two_traces_and_runs_nothing_of_them(shell: Any, tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", cell_run("touched = 1\n"))
    second = write(tmp_path / "b.jsonl", cell_run("touched = 2\n"))
    result, displays, _ = notebook(shell, f"{first} --diff {second}")
    assert result.success
    assert "+touched = 2" in displays[0]["data"]["text/plain"]
    assert "<details>" in displays[0]["data"]["text/html"]
    assert "touched" not in shell.user_ns


@pytest.mark.parametrize("line", ["", "'unclosed", "a.jsonl --loud", "missing.jsonl"])
def test_a_wrong_line_ends_the_cell_with_a_sentence(shell: Any, line: str) -> None:
    result, displays, _ = notebook(shell, line)
    assert type(result.error_in_exec).__name__ == "CellUsageError"
    assert displays == []
