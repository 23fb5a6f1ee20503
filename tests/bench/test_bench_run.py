"""Running a suite: rows, resuming, killing, arms side by side, several at a time, and on a cluster."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench_scripted import RIGHT, WRONG, fenced, make_job, make_task, say, script
from models_fake_server import CHAT, FakeServer, Handler, answer, silent

from smallcode_jupyter.bench import toolchains
from smallcode_jupyter.bench.agents.port import Attempt
from smallcode_jupyter.bench.attempting import Arm, failure_of, run_job
from smallcode_jupyter.bench.facts import ServedBy, harness_commit, hash_file, machine_words
from smallcode_jupyter.bench.grading.grade import Grade
from smallcode_jupyter.bench.meter import Reading
from smallcode_jupyter.bench.rows import Row, append_row, read_rows
from smallcode_jupyter.bench.run import Plan, Progress, plan_jobs, run_jobs, solved_by_arm, spent_by
from smallcode_jupyter.bench.tasks import load_suite
from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.protocol.errors import UsageError

BARE = {"seconds": 0.0, "started": "", "transcript": "", "commit": "", "machine": ""}


def make_plan(server: FakeServer, folder: Path, **more: Any) -> Plan:
    served = ServedBy(base_url=server.base_url, model="tiny", context_window=4_096, server="fake 1")
    fields: dict[str, Any] = {"arms": (Arm(agent="oneshot"),), "seconds": 400.0, **more}
    return Plan(tasks=load_suite("tiny", folder=folder), served=served, folder=folder, **fields)


def row(**more: Any) -> Row:
    fields: dict[str, Any] = {"task": "double", "suite": "tiny", "category": "python", "agent": "smallcode"}
    return Row(**{**fields, "model": "tiny", "status": "solved", **more})


def test_a_row_says_everything_about_the_attempt(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, say(fenced(RIGHT)))
    found = run_job(make_job(server, tmp_path, seed=3))
    assert replace(found, **BARE) == row(
        agent="oneshot",
        prompt_tokens=100,
        completion_tokens=13,
        requests=1,
        seed=3,
        version="1",
        claims=3,
        held=3,
        server="fake 1",
        sampler={"temperature": 0, "seed": 3, "max_tokens": 2048},
    )
    assert found.commit == harness_commit() != ""
    assert found.machine == machine_words() != ""
    assert (len(found.transcript), found.started[-6:]) == (64, "+00:00")
    assert json.loads(found.to_json())["task"] == "double"


def test_a_wrong_answer_says_what_did_not_hold(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, say(fenced(WRONG)))
    found = run_job(make_job(server, tmp_path))
    assert (found.status, found.failure, found.claims, found.held) == ("failed", "wrong_answer", 3, 1)
    assert "expected 2, got 5" in found.problems[0]


def test_what_is_not_installed_is_skipped(
    server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_task(tmp_path)
    (place / "task.toml").write_text((place / "task.toml").read_text() + 'needs = ["rust"]\n')
    gone = replace(toolchains.TOOLCHAINS["rust"], find=lambda: None)
    monkeypatch.setitem(toolchains.TOOLCHAINS, "rust", gone)
    toolchains.find_toolchain.cache_clear()
    found = run_job(make_job(server, tmp_path))
    toolchains.find_toolchain.cache_clear()
    assert (found.status, found.failure, found.problems) == ("skipped", "", ("There is no rust.",))
    assert server.received == []


def test_the_budget_is_held_from_outside(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, say("Let me see.", cached=90))  # the agent itself counts those at a tenth
    found = run_job(make_job(server, tmp_path, agent="smallcode", tokens=200))
    assert (found.status, found.failure, found.requests) == ("failed", "loop", 2)


def test_an_agent_that_takes_too_long_is_ended(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, silent)
    started = time.monotonic()
    found = run_job(make_job(server, tmp_path, agent="smallcode", seconds=4.0))
    assert (found.status, found.failure) == ("failed", "time_out")
    assert time.monotonic() - started < 200
    assert not server.asked(CHAT) or server.was_left.wait(5)


def test_the_folder_and_the_questions_can_be_kept(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, say(fenced(RIGHT)))
    run_job(make_job(server, tmp_path, keep=tmp_path / "kept"))
    place = tmp_path / "kept" / "tiny-double-oneshot-0"
    assert (place / "work" / "solution.py").read_text() == RIGHT
    assert json.loads((place / "requests.jsonl").read_text())["status"] == 200
    assert not (place / "work" / "hidden").exists()


@pytest.mark.parametrize(
    ("attempt", "refused", "graded", "failure"),
    [
        ("timed_out", 0, "solved", ""),
        ("failed", 0, "no_edit", "agent_error"),
        ("failed", 1, "no_edit", "loop"),
        ("timed_out", 0, "wrong_answer", "time_out"),
        ("gave_up", 0, "no_edit", "loop"),
        ("ended", 1, "wrong_answer", "loop"),
        ("no_answer", 0, "no_edit", "parse"),
        ("ended", 0, "no_edit", "no_edit"),
        ("ended", 0, "parse", "parse"),
        ("ended", 0, "wrong_answer", "wrong_answer"),
    ],
)
def test_failures_have_kinds(attempt: Any, refused: int, graded: str, failure: str) -> None:
    is_solved = graded == "solved"
    found = Grade(is_solved=is_solved, failure="" if is_solved else graded)
    assert failure_of(Attempt(status=attempt), Reading(refused=refused), found) == failure


def test_arms_are_interleaved_task_by_task(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path, name="a")
    make_task(tmp_path, name="b")
    arms = (Arm(agent="oneshot"), Arm(agent="smallcode", without="trial"))
    jobs = plan_jobs(make_plan(server, tmp_path, arms=arms, seeds=2), tmp_path / "o", resumes=False)
    order = [(job.seed, job.task, job.arm.name) for job in jobs]
    names = ["oneshot", "smallcode without trial"]
    assert order == [(seed, task, name) for seed in (0, 1) for task in ("a", "b") for name in names]


def test_an_existing_file_is_only_gone_on_with_when_asked(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path, name="a")
    make_task(tmp_path, name="b")
    script(server, say(fenced(RIGHT)))
    out = tmp_path / "out" / "rows.jsonl"
    plan = make_plan(server, tmp_path)
    run_jobs(plan_jobs(plan, out, resumes=False)[:1], out)
    with out.open("a") as file:
        file.write('{"task": "b", "suite": "ti')
    with pytest.raises(UsageError, match="results in"):
        plan_jobs(plan, out, resumes=False)
    left = plan_jobs(plan, out, resumes=True)
    assert [job.task for job in left] == ["b"]
    run_jobs(left, out)
    assert [(found.task, found.status) for found in read_rows(out)] == [("a", "solved"), ("b", "solved")]
    assert plan_jobs(plan, out, resumes=True) == ()


def test_a_killed_run_is_resumed_where_it_was(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path, name="a")
    make_task(tmp_path, name="b")
    out = tmp_path / "rows.jsonl"
    first = say(fenced(RIGHT))

    def then_hang(handler: Handler) -> None:
        (first if len(server.asked(CHAT)) == 1 else silent)(handler)

    script(server, then_hang)
    code = (
        "import sys; from pathlib import Path\n"
        "from smallcode_jupyter.bench.attempting import Arm\n"
        "from smallcode_jupyter.bench.facts import ServedBy\n"
        "from smallcode_jupyter.bench.run import Plan, plan_jobs, run_jobs\n"
        "from smallcode_jupyter.bench.tasks import load_suite\n"
        "folder, out, url = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "served = ServedBy(base_url=url, model='tiny', context_window=4096, server='fake 1')\n"
        "plan = Plan(tasks=load_suite('tiny', folder=folder), arms=(Arm(agent='oneshot'),), served=served,\n"
        "            folder=folder)\n"
        "run_jobs(plan_jobs(plan, out, resumes=True), out)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(out), server.base_url]
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")})
    deadline = time.monotonic() + 60
    while len(server.asked(CHAT)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [found.task for found in read_rows(out)] == ["a"]
    assert server.was_left.wait(5)
    script(server, say(fenced(RIGHT)))
    left = plan_jobs(make_plan(server, tmp_path), out, resumes=True)
    run_jobs(left, out)
    assert [(found.task, found.status) for found in read_rows(out)] == [("a", "solved"), ("b", "solved")]


def test_a_terminated_run_leaves_no_folder_and_no_agent(server: FakeServer, tmp_path: Path) -> None:
    script(server, silent)
    words = ["bench", "run", "--suite", "single", "--tasks", "py-duration", "--base-url", server.base_url]
    command = [sys.executable, "-m", "smallcode_jupyter", *words, "--out", str(tmp_path / "rows.jsonl")]
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    process = subprocess.Popen(
        command, env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while not server.asked(CHAT) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.terminate()
    assert process.wait(60) == 130
    assert server.was_left.wait(5)
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "rows.jsonl").exists()


def test_several_at_a_time_give_the_same_rows(server: FakeServer, tmp_path: Path) -> None:
    for name in "abcd":
        make_task(tmp_path, name=name)
    script(server, say(fenced(RIGHT)))
    jobs = plan_jobs(make_plan(server, tmp_path), tmp_path / "one", resumes=False)
    told: list[int] = []
    run_jobs(jobs, tmp_path / "one")
    run_jobs(jobs, tmp_path / "many", workers=3, on_row=lambda _, progress: told.append(progress.done))
    one, many = (
        sorted((replace(found, **BARE) for found in read_rows(tmp_path / name)), key=lambda found: found.task)
        for name in ("one", "many")
    )
    assert one == many
    assert told == [1, 2, 3, 4]


def test_a_cluster_gives_the_same_rows(server: FakeServer, tmp_path: Path) -> None:
    from distributed import LocalCluster

    for name in "abc":
        make_task(tmp_path, name=name)
    script(server, say(fenced(RIGHT)))
    jobs = plan_jobs(make_plan(server, tmp_path), tmp_path / "here", resumes=False)
    run_jobs(jobs, tmp_path / "here")
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        run_jobs(jobs, tmp_path / "there", scheduler=cluster.scheduler_address)
    without_times = {"seconds": 0.0, "started": "", "commit": ""}
    here, there = (
        sorted(
            (replace(found, **without_times) for found in read_rows(tmp_path / name)),
            key=lambda found: found.task,
        )
        for name in ("here", "there")
    )
    assert here == there
    assert [found.status for found in here] == ["solved"] * 3


def test_the_time_that_is_left_is_reckoned_by_arm(server: FakeServer, tmp_path: Path) -> None:
    slow, fast = Arm(agent="smallcode"), Arm(agent="oneshot")
    jobs = [make_job(server, tmp_path, arm=arm, seed=seed) for seed in range(3) for arm in (slow, fast)]
    progress = Progress.of(jobs)
    progress.add(row(seconds=60.0))
    progress.add(row(agent="oneshot", seconds=10.0, status="failed"))
    assert (progress.done, progress.solved, progress.total) == (2, 1, 6)
    assert progress.seconds_left(1) == 140.0
    assert progress.seconds_left(2) == 70.0


def test_what_smallcode_spent_is_found_by_task_and_seed(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    out = tmp_path / "rows.jsonl"
    append_row(out, row(prompt_tokens=500, completion_tokens=50))
    append_row(out, row(prompt_tokens=900, seed=1))
    append_row(out, row(prompt_tokens=1, without="trial"))
    append_row(out, row(prompt_tokens=1, model="other"))
    assert spent_by(out, model="tiny") == {("tiny", "double", 0): 550, ("tiny", "double", 1): 900}
    jobs = plan_jobs(make_plan(server, tmp_path, match=out, seeds=3), tmp_path / "new", resumes=False)
    assert [job.comparison_tokens for job in jobs] == [550, 900, 550]


def test_solved_is_counted_by_arm_without_what_was_skipped() -> None:
    rows = [row(), row(status="failed"), row(without="trial"), row(agent="oneshot", status="skipped")]
    assert solved_by_arm(rows) == {"smallcode": (1, 2), "smallcode without trial": (1, 1)}


def test_a_models_hash_is_remembered_until_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    path = tmp_path / "model.gguf"
    path.write_bytes(b"one")
    first = hash_file(path)
    assert first == hash_file(path)
    assert list(json.loads((tmp_path / "home" / "state" / "hashes.json").read_text()).values()) == [first]
    path.write_bytes(b"three")
    assert hash_file(path) != first


def test_the_command_line_runs_and_refuses_what_is_not_there(
    server: FakeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script(server, say("no code"))
    out = tmp_path / "rows.jsonl"
    words = ["bench", "run", "--suite", "single", "--tasks", "py-duration", "--base-url", server.base_url]
    words += ["--agent", "oneshot", "--out", str(out)]
    assert main(words) == 0
    (found,) = read_rows(out)
    said = capsys.readouterr()
    assert (found.model, found.failure, found.server) == ("tiny", "parse", "openai-compatible")
    assert "oneshot: 0 of 1 solved" in said.out
    assert "[1/1] 0/1 solved, done | py-duration oneshot: parse, 102 tokens" in said.err
    assert main(words) == 2
    assert main([*words, "--resume"]) == 0
    assert main([*words, "--resume", "--without", "trial"]) == 2
    assert main([*words, "--resume", "--agent", "nobody"]) == 2
    assert main([*words, "--resume", "--model", "huge"]) == 3


def test_without_a_server_nothing_is_started(closed: str, tmp_path: Path) -> None:
    words = ["bench", "run", "--suite", "single", "--base-url", closed, "--out", str(tmp_path / "o")]
    assert main(words) == 3
    assert not (tmp_path / "o").exists()


def test_an_answer_that_never_comes_from_the_server_is_an_agents_error(
    server: FakeServer, tmp_path: Path
) -> None:
    make_task(tmp_path)
    script(server, answer({"error": {"message": "broken"}}, status=500))
    found = run_job(make_job(server, tmp_path))
    assert (found.failure, found.requests) == ("agent_error", 1)
    assert "HTTP 500" in found.problems[0]


def test_a_row_names_no_folder_of_this_machine(server: FakeServer, tmp_path: Path) -> None:
    make_task(tmp_path)
    script(server, say(fenced("import os\nraise OSError(os.path.abspath(__file__))\n")))
    row = run_job(make_job(server, tmp_path))
    assert row.problems
    assert "solution.py" in row.problems[0]
    assert not any("smallcode-grade" in problem or "/" in problem for problem in row.problems)
