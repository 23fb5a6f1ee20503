"""`%%smallcode` and `%smallcode` in a real IPython shell, with a session that plays events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from frontends_fake import FakeSession
from IPython.utils.capture import capture_output
from render_runs import cell_run, failed_run, solved_run

from smallcode_jupyter.frontends.magic import load, notebook_of, unload, use_session
from smallcode_jupyter.frontends.notebook import CellStopped, CellUsageError
from smallcode_jupyter.frontends.subcommands import COMMANDS
from smallcode_jupyter.protocol.errors import NoServer, UsageError
from smallcode_jupyter.protocol.tasks import Limits
from smallcode_jupyter.render.trace import TRACE_MIME
from smallcode_jupyter.session.config import Settings

Run = Callable[[str], Any]


def loaded(shell: Any, session: FakeSession) -> FakeSession:
    load(shell)
    use_session(session)  # type: ignore[arg-type]  # the fake has the same door
    return session


def run(shell: Any, code: str) -> tuple[Any, list[dict[str, Any]], str]:
    """Run a cell as a script would; its result, its displays, its text."""
    with capture_output() as captured:
        result = shell.run_cell(code)
    return result, [vars(output) for output in captured.outputs], captured.stdout + captured.stderr


async def arun(shell: Any, code: str) -> tuple[Any, list[dict[str, Any]]]:
    """Run a cell as a kernel does: on the running loop."""
    with capture_output() as captured:
        cell = shell.transform_cell(code)
        assert cell.startswith("await ")
        result = await shell.run_cell_async(code, transformed_cell=cell)
        shell.events.trigger("post_execute")
    return result, [vars(output) for output in captured.outputs]


def test_the_last_update_carries_the_run_in_four_types(shell: Any) -> None:
    loaded(shell, FakeSession(solved_run()))
    result, displays, _ = run(shell, "%%smallcode\nfix add\n")
    assert result.success
    assert list(displays[0]["data"]) == ["text/plain", "text/html"]
    assert list(displays[-1]["data"]) == ["text/plain", "text/markdown", "text/html", TRACE_MIME]
    assert "accept with %smallcode accept" in displays[-1]["data"]["text/plain"]


def test_words_are_literal(shell: Any) -> None:
    session = loaded(shell, FakeSession(solved_run()))
    shell.user_ns["x"] = "EXPANDED"
    run(shell, '%%smallcode\n>>> f({x}) $x {{x}} "quoted" \\n\n')
    assert session.calls[0][1] == '>>> f({x}) $x {{x}} "quoted" \\n'


def test_words_on_the_line_are_literal_too(shell: Any) -> None:
    session = loaded(shell, FakeSession(solved_run()))
    shell.user_ns["x"] = "EXPANDED"
    run(shell, "%%smallcode say {x} and $x\n")
    assert session.calls[0][1] == "say {x} and $x"


def test_options_reach_the_session_for_this_run_alone(shell: Any) -> None:
    session = loaded(
        shell, FakeSession(solved_run(), settings=Settings(model="old", sources={"model": "set here"}))
    )
    run(shell, "%%smallcode --model new --policy plan --files --max-calls 3\nwords\n")
    call = session.calls[1]
    assert call == (
        "run",
        "words",
        {"surface": "files", "policy": "plan", "limits": Limits(calls=3)},
        "new",
    )
    assert session.settings.model == "old"


def test_no_words_is_one_friendly_sentence(shell: Any) -> None:
    session = loaded(shell, FakeSession(solved_run()))
    result, displays, _ = run(shell, "%%smallcode\n\n   \n")
    assert result.success
    assert displays[0]["data"]["text/plain"].startswith("Write below %%smallcode what you want")
    assert session.calls == []


def test_an_unknown_option_is_one_sentence_without_traceback(shell: Any) -> None:
    loaded(shell, FakeSession(solved_run()))
    result, _, text = run(shell, "%%smallcode --frob\nwords\n")
    assert isinstance(result.error_in_exec, CellUsageError)
    assert text.startswith("There is no option --frob. Options are: --model M, ")
    assert "Traceback" not in text
    assert text.count("\n") <= 1
    assert run(shell, "1 + 1")[0].result == 2


def test_an_unknown_command_is_one_sentence_with_the_list(shell: Any) -> None:
    loaded(shell, FakeSession())
    _, _, text = run(shell, "%smallcode dance")
    assert text.startswith(
        "There is no command 'dance'. Commands are: status, accept, reject, undo, rerun, diff, "
    )
    assert text.strip() == f"There is no command 'dance'. Commands are: {', '.join(COMMANDS)}."


def test_no_model_is_a_sentence_with_what_to_do(shell: Any) -> None:
    error = NoServer("No model server was found.", why="Nothing answers.", hint="Start `smallcode serve`.")
    loaded(shell, FakeSession(solved_run(), error=error))
    result, displays, text = run(shell, "%%smallcode\nwords\n")
    assert result.success
    shown = displays[-1]["data"]["text/plain"]
    assert "No model server was found. Nothing answers. Start `smallcode serve`." in shown
    assert "Traceback" not in text + shown


def test_a_failed_run_says_what_to_do(shell: Any) -> None:
    loaded(shell, FakeSession(failed_run()))
    _, displays, _ = run(shell, "%%smallcode\nwords\n")
    assert "Start `smallcode serve`." in displays[-1]["data"]["text/plain"]


def test_accept_runs_the_code_here_and_keeps_it_as_the_next_cell(shell: Any) -> None:
    loaded(shell, FakeSession(cell_run("answer = 6 * 7\nprint('ran')\nanswer\n")))
    run(shell, "%%smallcode\ncompute\n")
    assert "answer" not in shell.user_ns
    result, displays, text = run(shell, "%smallcode accept")
    assert result.success
    assert shell.user_ns["answer"] == 42
    assert text.count("ran\n") == 1
    assert shell.rl_next_input == "answer = 6 * 7\nprint('ran')\nanswer"
    shown = [display["data"]["text/plain"] for display in displays]
    assert shown[0] == "answer = 6 * 7\nprint('ran')\nanswer\n"
    assert shown[-1] == "Accepted. Its code ran here and is kept as the next cell."


def test_accepted_code_that_fails_is_told(shell: Any) -> None:
    loaded(shell, FakeSession(cell_run("1 / 0\n")))
    run(shell, "%%smallcode\ncompute\n")
    _, displays, _ = run(shell, "%smallcode accept")
    assert displays[-1]["data"]["text/plain"] == (
        "Accepted. Its code ran here and ended in an error (ZeroDivisionError: division by zero); "
        "it is in the next cell."
    )


async def test_code_that_awaits_is_left_for_the_person_where_it_cannot_run(shell: Any) -> None:
    loaded(shell, FakeSession(cell_run("import asyncio\nawait asyncio.sleep(0)\ndone = True\n")))
    await arun(shell, "%%smallcode\nwait\n")
    _, displays, _ = run(shell, "%smallcode accept")
    assert displays[-1]["data"]["text/plain"] == (
        "Accepted. Its code awaits something, so it was put into the next cell for you to run."
    )
    assert "done" not in shell.user_ns


async def test_auto_accepts_what_validated_and_awaits_its_code(shell: Any) -> None:
    session = loaded(shell, FakeSession(cell_run("import asyncio\nawait asyncio.sleep(0)\ndone = True\n")))
    _, displays = await arun(shell, "%%smallcode --policy auto\nwait\n")
    assert shell.user_ns["done"] is True
    assert session.pending is None
    closing = "Accepted. Its code ran here and is kept as the next cell."
    assert any(closing in display["data"]["text/plain"] for display in displays)


def test_reject_undo_and_set_go_to_the_session(shell: Any) -> None:
    session = loaded(shell, FakeSession(solved_run()))
    run(shell, "%%smallcode\nfix\n")
    shown = [
        run(shell, f"%smallcode {command}")[1][-1]["data"]["text/plain"]
        for command in ("reject", "undo", "set model other", "trust")
    ]
    assert shown == [
        "Discarded: solution.py.",
        "Put back: a.py.",
        "model is set.",
        "Settings in /project/.env are read from now on.",
    ]
    assert session.settings.model == "other"


def test_undo_puts_back_files_and_variables_and_says_so(shell: Any) -> None:
    session = loaded(shell, FakeSession(cell_run("total = 3\nextra = 4\n")))
    shell.user_ns["total"] = 1
    run(shell, "%%smallcode\nsum\n")
    run(shell, "%smallcode accept")
    assert (shell.user_ns["total"], shell.user_ns["extra"]) == (3, 4)
    shown = run(shell, "%smallcode undo")[1][-1]["data"]["text/plain"]
    assert shown == (
        "Put back: a.py. Variables put back: total. Variables removed: extra. "
        "The cell with its code stays: delete it if it is not wanted."
    )
    assert session.calls[-1] == ("undo", "entry")
    assert shell.user_ns["total"] == 1
    assert "extra" not in shell.user_ns


def test_status_config_diff_models_help_read_well(shell: Any) -> None:
    loaded(shell, FakeSession(solved_run()))
    run(shell, "%%smallcode\nfix\n")
    shown = {
        name: run(shell, f"%smallcode {name}")[1][-1]["data"]["text/plain"]
        for name in ("", "config", "diff", "models", "help")
    }
    assert shown[""].splitlines()[:4] == [
        "folder      /project",
        "model       not looked for yet",
        "policy      trial",
        "to accept   solution.py",
    ]
    assert shown["config"].splitlines()[0].split() == ["setting", "value", "from"]
    assert "+    return a + b" in shown["diff"]
    assert "qwen2.5-coder-1.5b" in shown["models"]
    assert "%smallcode accept [PATH[:HUNK,...]]" in shown["help"]


def test_nothing_to_show_is_said(shell: Any) -> None:
    loaded(shell, FakeSession())
    assert run(shell, "%smallcode diff")[1][-1]["data"]["text/plain"] == "Nothing is proposed."
    assert run(shell, "%smallcode trace")[1][-1]["data"]["text/plain"] == "There is no trace yet."


def test_a_file_that_is_no_trace_is_one_sentence(shell: Any) -> None:
    loaded(shell, FakeSession())
    _, _, text = run(shell, "%smallcode trace nowhere.jsonl")
    assert text.startswith("The trace nowhere.jsonl cannot be read. No such file or directory.")


async def test_an_interrupted_cell_stops_at_once_and_shows_what_was(shell: Any) -> None:
    loaded(shell, FakeSession(solved_run(), pause=60))
    with capture_output() as captured:
        code = "%%smallcode\nfix\n"
        cell = asyncio.ensure_future(shell.run_cell_async(code, transformed_cell=shell.transform_cell(code)))
        await asyncio.sleep(0.15)
        cell.cancel()
        result = await asyncio.wait_for(cell, 1.0)
    assert isinstance(result.error_in_exec, CellStopped)
    last = captured.outputs[-1].data
    assert "■ Stopped: stopped by you" in last["text/plain"]
    assert "check syntax ✓ examples 3/3 ✓" in last["text/plain"]
    assert TRACE_MIME in last
    assert "Stopped. What was done until then is shown above." in captured.stdout
    assert "Traceback" not in captured.stdout + captured.stderr


async def test_the_output_is_refreshed_while_the_model_is_silent(shell: Any) -> None:
    loaded(shell, FakeSession(solved_run(), pause=1.3))
    _, displays = await arun(shell, "%%smallcode\nfix\n")
    assert len(displays) >= 4
    assert len({display["transient"]["display_id"] for display in displays}) == 1
    assert [display["update"] for display in displays] == [False] + [True] * (len(displays) - 1)


async def test_a_cell_within_a_cell_uses_the_plain_magic(shell: Any) -> None:
    session = loaded(shell, FakeSession(solved_run()))
    code = "get_ipython().run_cell('%%smallcode\\nfix {this}\\n')"
    with capture_output():
        result = await shell.run_cell_async(code, transformed_cell=shell.transform_cell(code))
    assert result.success
    assert session.calls[0][1] == "fix {this}"


def test_without_autoawait_the_plain_magic_is_used(shell: Any) -> None:
    loaded(shell, FakeSession(solved_run()))
    assert (
        shell.transform_cell("%%smallcode\nx\n") == "get_ipython().find_cell_magic('smallcode')('', 'x\\n')\n"
    )


def test_loading_twice_and_unloading_leave_no_trace(shell: Any) -> None:
    before = list(shell.input_transformers_cleanup)
    load(shell)
    session = loaded(shell, FakeSession())
    unload(shell)
    unload(shell)
    assert shell.input_transformers_cleanup == before
    assert "smallcode" not in shell.magics_manager.magics["cell"]
    assert session.calls == [("close",)]
    with pytest.raises(UsageError, match="Run %load_ext smallcode_jupyter first"):
        notebook_of(shell)


def test_load_ext_loads(shell: Any) -> None:
    assert run(shell, "%load_ext smallcode_jupyter")[0].success
    assert notebook_of(shell).shell is shell


def test_a_terminal_shows_each_step_once(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    loaded(shell, FakeSession(solved_run()))
    shell.run_cell("%%smallcode\nfix\n")
    text = capsys.readouterr().out
    assert text.count("look at solution.py") == 1
    assert text.count("✓ Validated: examples 3/3 hold") == 1
    assert "+    return a + b" in text
