"""Agents as subjects, against a scripted server."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from bench_scripted import RIGHT, STARTER, TEST, WRONG, fenced, make_job, make_task, say, script
from models_fake_server import CHAT, FakeServer, answer, silent

from smallcode_jupyter.bench.agents.answers import files_in, prompt_for
from smallcode_jupyter.bench.agents.catalogue import AGENTS, agent_named
from smallcode_jupyter.bench.agents.port import Brief
from smallcode_jupyter.bench.agents.process import run_agent
from smallcode_jupyter.bench.attempting import run_job
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.sandbox.toolchains import find_go, find_rustc


@pytest.fixture
def brief(tmp_path: Path, server: FakeServer) -> Brief:
    folder, home = tmp_path / "work", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    (folder / "solution.py").write_text(STARTER)
    (folder / "test_public.py").write_text(TEST)
    return Brief(
        prompt="Write double.",
        folder=folder,
        home=home,
        base_url=server.base_url,
        model="tiny",
        context_window=4_096,
        seconds=400.0,
        tokens=24_000,
        editable=("solution.py",),
        visible_checks="python -m pytest -q test_public.py",
    )


def test_an_unknown_agent_is_named(server: FakeServer) -> None:
    with pytest.raises(UsageError, match="no agent 'nobody'"):
        agent_named("nobody")
    assert {"smallcode", "oneshot", "resample"} <= AGENTS.keys()


def test_oneshot_shows_every_file_and_writes_the_block(server: FakeServer, brief: Brief) -> None:
    (brief.folder / "package.json").write_text('{"private": true}')
    script(server, say(fenced(RIGHT)))
    attempt = AGENTS["oneshot"].attempt(brief)
    (question,) = server.asked(CHAT)
    prompt = question.body["messages"][0]["content"]
    assert attempt.status == "ended"
    assert (brief.folder / "solution.py").read_text() == RIGHT
    assert question.body["temperature"] == 0
    assert STARTER.rstrip() in prompt
    assert TEST.rstrip() in prompt
    assert "Write double." in prompt
    assert "private" not in prompt
    assert "Not shown: package.json" in prompt


def test_oneshot_without_a_block_has_no_answer(server: FakeServer, brief: Brief) -> None:
    script(server, say("I cannot do that."))
    assert AGENTS["oneshot"].attempt(brief).status == "no_answer"
    assert (brief.folder / "solution.py").read_text() == STARTER


def test_oneshot_is_timed_out_by_a_slow_server(server: FakeServer, brief: Brief) -> None:
    script(server, silent)
    assert AGENTS["oneshot"].attempt(replace(brief, seconds=1.0)).status == "timed_out"


def test_a_server_that_refuses_is_a_failed_agent(server: FakeServer, brief: Brief) -> None:
    script(server, answer({"error": {"message": "too long"}}, status=400))
    assert AGENTS["oneshot"].attempt(brief).status == "failed"


def test_files_that_may_not_be_changed_are_left_out_where_there_is_no_room(brief: Brief) -> None:
    (brief.folder / "notes.md").write_text("word " * 20_000)
    (brief.folder / "picture.png").write_bytes(b"\x89PNG\0\xff")
    prompt = prompt_for(brief)
    assert "Not shown: notes.md" in prompt
    assert "picture.png" not in prompt
    assert STARTER.rstrip() in prompt
    assert TEST.rstrip() in prompt


@pytest.mark.parametrize(
    "text",
    [
        "src/a.py\n```python\nA\n```\nand\n**src/b.py**\n```python\nB\n```",
        "```python src/a.py\nA\n```\n```python src/b.py\nB\n```",
        "First `a.py`:\n```\nA\n```\nThen `b.py`:\n```\nB\n```\nRead only `c.py`:\n```\nC\n```",
        "src/a.py\n```python\nA\n```\n\nsrc/b.py\n```python\nB\n",
    ],
)
def test_blocks_go_to_the_files_they_are_labelled_with(brief: Brief, text: str) -> None:
    (brief.folder / "src").mkdir()
    for name in ("a", "b"):
        (brief.folder / "src" / f"{name}.py").write_text("old\n")
    many = replace(brief, editable=("src/**",))
    found = {path: content.strip() for path, content in files_in(text, many).items()}
    assert found == {"src/a.py": "A", "src/b.py": "B"}


def test_a_path_out_of_the_folder_is_not_written(server: FakeServer, brief: Brief, tmp_path: Path) -> None:
    script(server, say("../evil.py\n```python\nprint()\n```\n"))
    AGENTS["oneshot"].attempt(replace(brief, editable=("*.py", "other.txt")))
    assert not (tmp_path / "evil.py").exists()


def test_resampling_ends_with_the_first_sample_that_passes(server: FakeServer, brief: Brief) -> None:
    script(server, say(fenced(WRONG.replace("+ 4", "+ 1")), fenced(RIGHT), fenced(WRONG)))
    attempt = AGENTS["resample"].attempt(replace(brief, seed=2))
    asked = server.asked(CHAT)
    assert attempt.status == "ended"
    assert (brief.folder / "solution.py").read_text() == RIGHT
    assert [one.body["seed"] for one in asked] == [2001, 2002]
    assert {one.body["temperature"] for one in asked} == {0.8}
    assert len({str(one.body["messages"]) for one in asked}) == 1


def test_resampling_without_success_keeps_the_first_that_parses(server: FakeServer, brief: Brief) -> None:
    bad = WRONG.replace("+ 4", "+ 1")
    script(server, say("no code", fenced("def double(:\n"), fenced(bad), fenced(bad + "\n\n")))
    AGENTS["resample"].attempt(brief)
    assert (brief.folder / "solution.py").read_text() == bad
    assert len(server.asked(CHAT)) == 4


def test_resampling_spends_what_it_is_compared_with(server: FakeServer, brief: Brief) -> None:
    script(server, say("no code"))
    AGENTS["resample"].attempt(replace(brief, comparison_tokens=650))
    assert len(server.asked(CHAT)) == 7  # 102 tokens each


def test_without_public_checks_the_first_sample_that_parses_is_taken(
    server: FakeServer, brief: Brief
) -> None:
    script(server, say(fenced("def double(:\n"), fenced(WRONG)))
    AGENTS["resample"].attempt(replace(brief, visible_checks=""))
    assert (brief.folder / "solution.py").read_text() == WRONG
    assert len(server.asked(CHAT)) == 2


def test_smallcode_works_through_its_command_line(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path, visible=False)
    script(server, say("Let me see.", fenced(RIGHT)))
    row = run_job(make_job(server, tmp_path, agent="smallcode"))
    assert (row.status, row.failure, row.problems) == ("solved", "", ())
    assert row.requests == 3  # words, code, and code again to see whether it does the same
    assert row.prompt_tokens == 300


def test_smallcode_that_answers_in_words_has_no_answer(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, say("I would rather not."))
    row = run_job(make_job(server, tmp_path, agent="smallcode"))
    assert (row.status, row.failure) == ("failed", "parse")


def test_an_agent_sees_neither_what_is_hidden_nor_another_home(brief: Brief, tmp_path: Path) -> None:
    secret = tmp_path / "suites" / "secret.py"
    secret.parent.mkdir()
    secret.write_text("ANSWER = 42\n")
    code = (
        "import os, pathlib, smallcode_jupyter.protocol.tasks\n"
        "print(os.environ['HOME'], os.environ['API_KEY'])\n"
        "pathlib.Path('made.txt').write_text('x')\n"
        f"for path, mode in (({str(secret)!r}, 'r'), ({str(tmp_path / 'outside')!r}, 'w')):\n"
        "    try:\n        open(path, mode)\n        print('open')\n"
        "    except PermissionError:\n        print('refused')\n"
    )
    paths = str(Path(__file__).parents[2])
    confined = replace(brief, hidden=(secret.parent,))
    finished = run_agent((sys.executable, "-c", code), confined, env={"API_KEY": "k", "PYTHONPATH": paths})
    assert finished.stdout.split("\n") == [f"{brief.home} k", "refused", "refused", ""], finished.stderr
    assert (brief.folder / "made.txt").read_text() == "x"


def test_what_an_agent_starts_ends_with_it_whatever_its_group(brief: Brief, tmp_path: Path) -> None:
    mark = brief.home / "mark"
    child = f"import time\nwhile True:\n    open({str(mark)!r}, 'a').write('x')\n    time.sleep(0.02)"
    code = (
        "import os, subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True)\n"
        f"while not os.path.exists({str(mark)!r}):\n    time.sleep(0.02)\n"
    )
    finished = run_agent((sys.executable, "-c", code), brief, env={})
    assert (finished.is_timed_out, finished.exit_code) == (False, 0)
    size = mark.stat().st_size
    time.sleep(0.3)
    assert mark.stat().st_size == size


def test_an_agent_is_ended_after_its_time(brief: Brief) -> None:
    started = time.monotonic()
    finished = run_agent(
        (sys.executable, "-c", "import time; time.sleep(300)"), replace(brief, seconds=1.0), env={}
    )
    assert finished.is_timed_out
    assert time.monotonic() - started < 60


def test_an_agent_has_the_machines_compilers_and_a_built_library_whatever_its_home(brief: Brief) -> None:
    look = "import os, shutil; print(shutil.which('go'), shutil.which('rustc'), len(os.listdir(os.environ['GOCACHE'])))"
    finished = run_agent((sys.executable, "-c", look), replace(brief, needs=("go", "rust")), env={})
    go, rustc, entries = finished.stdout.split()
    assert [go, rustc] == [str(find_go()), str(find_rustc())]
    assert int(entries) > 100
