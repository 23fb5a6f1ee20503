"""The command line: statuses, streams, and what is written."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frontends_fake import FakeSession
from render_runs import cell_run, failed_run, solved_run

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.frontends.console import Console
from smallcode_jupyter.protocol.codec import from_json, to_json
from smallcode_jupyter.protocol.errors import ConfigError, FileChanged, NoServer
from smallcode_jupyter.protocol.events import Envelope, Event, Outcome, TaskFinished
from smallcode_jupyter.session.config import Settings


class Terminal:
    """The command line with captured streams and a session that plays events."""

    def __init__(self, session: FakeSession, *, answers: list[str] | None = None) -> None:
        self.session = session
        self.out, self.err = io.StringIO(), io.StringIO()
        self.given: dict[str, object] = {}
        left = list(answers or [])

        def read(prompt: str) -> str:
            self.err.write(prompt)
            return left.pop(0)

        self.console = Console(out=self.out, err=self.err, read=read, is_interactive=answers is not None)

    def __call__(self, *arguments: str) -> int:
        def open_session(*, root: Path, given: dict[str, object] | None = None, ask: Any = None) -> Any:
            self.given = given or {}
            apply = self.given.get("apply", "ask")
            self.session.settings = Settings(apply=apply)  # type: ignore[arg-type]  # one of its words
            return self.session

        return main(arguments, console=self.console, open_session=open_session)


def ended(outcome: Outcome) -> list[Event]:
    return [*solved_run()[:-1], TaskFinished(outcome=outcome, reason="so it is", seconds=1.0)]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("validated", 0),
        ("answered", 0),
        ("unvalidated", 1),
        ("gave_up", 1),
        ("failed", 1),
        ("cancelled", 130),
    ],
)
def test_the_exit_status_tells_the_outcome(outcome: Outcome, status: int) -> None:
    assert Terminal(FakeSession(ended(outcome)))("run", "fix") == status


def test_no_model_is_status_three() -> None:
    terminal = Terminal(FakeSession(failed_run()))
    assert terminal("run", "fix") == 3
    assert "Start `smallcode serve`." in terminal.out.getvalue()


def test_an_error_before_the_run_is_one_sentence_and_its_status() -> None:
    error = NoServer("No model server was found.", hint="Start `smallcode serve`.")
    terminal = Terminal(FakeSession(solved_run(), error=error))
    assert terminal("run", "fix") == 3
    assert terminal.err.getvalue() == "No model server was found. Start `smallcode serve`.\n"
    assert terminal.session.calls[-1] == ("close",)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Name a command. smallcode --help lists them."),
        (("dance",), "Argument COMMAND: invalid choice: 'dance'"),
        (("run",), "The following arguments are required: words."),
        (("run", "  "), "There are no words to work on."),
        (("run", "x", "--max-calls", "0"), "Argument --max-calls: 0 is not above zero."),
        (("run", "x", "--apply", "maybe"), "Argument --apply: invalid choice: 'maybe'"),
        (("run", "x", "--frob"), "Unrecognized arguments: --frob."),
        (("serve", "--stop", "--status"), "Argument --status: not allowed with argument --stop."),
        (("models",), "The following arguments are required: ACTION."),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_status_two(
    arguments: tuple[str, ...], sentence: str
) -> None:
    terminal = Terminal(FakeSession())
    assert terminal(*arguments) == 2
    assert terminal.err.getvalue().startswith(sentence)
    assert terminal.err.getvalue().count("\n") == 1
    assert terminal.out.getvalue() == ""


def test_steps_go_to_standard_error_and_the_result_to_standard_output() -> None:
    terminal = Terminal(FakeSession(solved_run()))
    terminal("run", "fix")
    steps = terminal.err.getvalue().splitlines()
    assert [line.split("  ")[0] for line in steps] == [
        "○ look at solution.py",
        "◇ think · turn 1",
        "✎ edit solution.py",
        "✗ check syntax ✓ examples 1/3 ✗",
        "↻ retry: examples failed (resample, temperature 0.5)",
        "◇ think · turn 2",
        "✓ check syntax ✓ examples 3/3 ✓",
    ]
    out = terminal.out.getvalue()
    assert "+    return a + b\n" in out
    assert "✓ Validated: examples 3/3 hold\n" in out
    assert out.endswith("Nothing was changed yet; write it with: smallcode accept --cwd /project\n")


def test_json_is_the_events_and_nothing_else() -> None:
    terminal = Terminal(FakeSession(solved_run()))
    assert terminal("run", "fix", "--json") == 0
    lines = terminal.out.getvalue().splitlines()
    assert [from_json(json.loads(line)).event for line in lines] == solved_run()
    assert terminal.err.getvalue() == ""
    assert terminal.out.getvalue().isascii()


def test_options_become_settings_of_the_run() -> None:
    terminal = Terminal(FakeSession(solved_run()))
    terminal(
        "run", "fix", "--model", "m", "--max-seconds", "5", "--policy", "plan", "--base-url", "http://x/v1"
    )
    assert terminal.given == {"model": "m", "base_url": "http://x/v1", "policy": "plan", "max_seconds": 5}


@pytest.mark.parametrize(
    ("outcome", "arguments", "answers", "is_applied", "status"),
    [
        ("validated", ("--apply", "auto"), None, True, 0),
        ("unvalidated", ("--apply", "auto"), None, True, 1),
        ("gave_up", ("--apply", "auto"), None, False, 1),
        ("cancelled", ("--apply", "auto"), None, False, 130),
        ("validated", ("--apply", "never"), ["yes"], False, 0),
        ("validated", (), None, False, 0),
        ("validated", (), ["yes"], True, 0),
        ("validated", (), [""], False, 0),
        ("unvalidated", ("--apply", "ask"), ["y"], True, 1),
    ],
)
def test_what_is_applied_when(
    outcome: Outcome, arguments: tuple[str, ...], answers: list[str] | None, is_applied: bool, status: int
) -> None:
    terminal = Terminal(FakeSession(ended(outcome)), answers=answers)
    assert terminal("run", "fix", *arguments) == status
    assert (("accept",) in terminal.session.calls) == is_applied


def test_applying_without_validation_says_so() -> None:
    terminal = Terminal(FakeSession(ended("unvalidated")))
    terminal("run", "fix", "--apply", "auto")
    assert (
        "Written without validation, because nothing could judge it: solution.py." in terminal.out.getvalue()
    )


def test_a_file_changed_meanwhile_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    session = FakeSession(solved_run())

    def refuse(*choices: object) -> Any:
        raise FileChanged("a.py is no longer what was read.", hint="Run it again.")

    monkeypatch.setattr(session, "accept", refuse)
    terminal = Terminal(session)
    assert terminal("run", "fix", "--apply", "auto") == 1
    assert terminal.err.getvalue().endswith("a.py is no longer what was read. Run it again.\n")


def test_an_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    session = FakeSession(solved_run())
    monkeypatch.setattr(session, "run", interrupted)
    terminal = Terminal(session)
    assert terminal("run", "fix") == 130
    assert terminal.err.getvalue() == "Stopped.\n"


def test_diff_accept_reject_undo_and_trust() -> None:
    session = FakeSession(solved_run())
    terminal = Terminal(session)
    terminal("run", "fix")
    pending = session.pending
    terminal.out.truncate(0)
    terminal.out.seek(0)
    assert terminal("diff", "--cwd", ".") == 0
    assert terminal("accept", "solution.py:1") == 0
    session.pending = pending
    assert terminal("reject") == 0
    assert terminal("undo") == 0
    assert terminal("trust", ".") == 0
    shown = terminal.out.getvalue()
    assert "@@ -1,2 +1,2 @@ hunk 1" in shown
    assert shown.splitlines()[-4:] == [
        "Written: solution.py.",
        "Discarded: solution.py.",
        "Put back: a.py.",
        "Settings in /project/.env are read from now on.",
    ]


def test_nothing_to_accept_is_status_two() -> None:
    terminal = Terminal(FakeSession())
    assert terminal("accept") == 2
    assert terminal.err.getvalue().startswith("There is nothing to accept.")


def test_a_trace_file_reads_as_text(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    lines = [
        json.dumps(to_json(Envelope(run="r", seq=seq, at=float(seq), event=event)))
        for seq, event in enumerate(cell_run("x = 1\n"))
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    terminal = Terminal(FakeSession())
    assert terminal("trace", str(file)) == 0
    assert "✓ Validated: it ran" in terminal.out.getvalue()


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff\xfe\n", b'{"run": 1}\n\n'])
def test_what_is_no_trace_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "t.jsonl"
    file.write_bytes(content)
    terminal = Terminal(FakeSession())
    assert terminal("trace", str(file)) == 1
    assert "is no trace." in terminal.err.getvalue()
    assert terminal.err.getvalue().count("\n") == 1


def test_a_config_error_is_status_two() -> None:
    def broken(**_: object) -> Any:
        raise ConfigError("The setting max_calls cannot be 'x'.")

    terminal = Terminal(FakeSession())
    assert main(["run", "x"], console=terminal.console, open_session=broken) == 2


def test_doctor_tells_what_is_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    terminal = Terminal(FakeSession())
    assert terminal("doctor") == 0
    text = terminal.out.getvalue()
    for expected in (
        "Servers",
        "cores",
        "gemma4-e4b",
        "needs 8.0 GB",
        "gemma4-26b",
        "needs 16.0 GB",
        "Protection",
    ):
        assert expected in text


def test_doctor_as_json(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    terminal = Terminal(FakeSession())
    assert terminal("doctor", "--json") == 0
    report = json.loads(terminal.out.getvalue())
    assert set(report) == {
        "settings",
        "servers",
        "models_here",
        "probes",
        "machine",
        "protection",
        "packages",
    }
    assert {"name", "title", "needs", "place"} == set(report["machine"]["fits"][0])


def test_models_and_server_status(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    terminal = Terminal(FakeSession())
    assert [terminal("models", "list"), terminal("serve", "--status"), terminal("serve", "--stop")] == [
        0,
        0,
        0,
    ]
    assert "qwen2.5-coder-1.5b" in terminal.out.getvalue()
    assert terminal.out.getvalue().endswith("No server is running.\nNo server was running.\n")


def test_a_model_that_is_not_here_is_status_three(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    statuses = [
        Terminal(FakeSession())(*arguments)
        for arguments in (("models", "path", "qwen2.5-coder-0.5b"), ("models", "pull", "no-such"), ("serve",))
    ]
    assert statuses == [3, 3, 3]


@pytest.fixture
def launch(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The real program in its own process, in a script that may close its output."""

    def run(script: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        code = "import sys; from smallcode_jupyter.frontends.cli import main; sys.exit(main())"
        program = f"{sys.executable} -c '{code}'"
        root = str(Path(__file__).parents[2])
        env = {**os.environ, "PYTHONPATH": root, "SMALLCODE_HOME": str(tmp_path), **environment}
        return subprocess.run(
            ["bash", "-c", script.replace("smallcode", program)], capture_output=True, env=env, timeout=60
        )

    return run


def test_a_closed_pipe_is_no_complaint(launch: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = launch("smallcode models list | true; smallcode models list >&-; smallcode --version | head -c 3")
    assert done.stderr == b""


def test_a_terminal_without_our_signs_gets_others(
    launch: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    done = launch("smallcode doctor", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"ok CPU" in done.stdout
    assert done.stdout.isascii()


def test_the_package_is_imported_quickly_and_alone() -> None:
    code = (
        "import sys, time; t = time.process_time(); import smallcode_jupyter; t = time.process_time() - t;"
        "names = {'IPython', 'ipywidgets', 'openai', 'pydantic', 'nbformat', 'ipykernel'};"
        "print(t < 0.03, sorted(names & set(sys.modules)))"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout == "True []\n"


def test_what_the_first_display_needs_imports_nothing_heavy() -> None:
    code = (
        "import sys; import smallcode_jupyter.frontends.magic;"
        "names = {'IPython', 'ipywidgets', 'openai', 'pydantic', 'nbformat', 'smallcode_jupyter.session'};"
        "print(sorted(names & set(sys.modules)))"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout == "[]\n"
