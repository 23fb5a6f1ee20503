"""The built-in server: one per user and model, found again, recovered, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from models_fake_server import FakeServer, answer

from smallcode_jupyter.models.discovery import discover
from smallcode_jupyter.models.local import serve
from smallcode_jupyter.models.local.device import available_cores, device_report
from smallcode_jupyter.models.local.idle import IdleWatch, read_activity
from smallcode_jupyter.models.local.places import models_folder, state_folder
from smallcode_jupyter.models.local.process import end_process, is_running, process_mark
from smallcode_jupyter.models.local.pull import pull
from smallcode_jupyter.models.local.records import ServerRecord, read_record, record_file, write_record
from smallcode_jupyter.models.local.serve import (
    ServeOptions,
    ServerHandle,
    StartProgress,
    ensure_server,
    server_arguments,
    server_status,
    start_embedded,
    stop_server,
)
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import Cancelled, NoModel, NoServer
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import ModelRequest

HERE = Path(__file__).parent
Ensure = Callable[..., ServerHandle]


def fake_command(options: ServeOptions, file: Path) -> list[str]:
    return [sys.executable, str(HERE / "models_fake_engine.py"), *server_arguments(options, file)]


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A model file in a home of its own; whatever serves it is ended."""
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    file = tmp_path / "tiny.gguf"
    file.write_bytes(b"GGUF")
    yield file
    stop_server()


@pytest.fixture
def ensure(model: Path) -> Ensure:
    def start(path: Path = model, **settings: object) -> ServerHandle:
        settings.setdefault("start_seconds", 20)
        return ensure_server(path, make_command=fake_command, **settings)  # type: ignore[arg-type]

    return start


def is_answering(handle: ServerHandle) -> bool:
    with urllib.request.urlopen(handle.base_url.removesuffix("/v1") + "/health", timeout=5) as response:
        return bool(response.status == 200)


def wait_until(is_done: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not is_done() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_done()


def test_server_starts_and_says_what_it_is(ensure: Ensure, model: Path) -> None:
    handle = ensure()

    assert handle.is_new
    assert is_answering(handle)
    assert (handle.name, handle.device, handle.context) == ("tiny", "a stand-in", 512)
    assert handle.base_url.startswith("http://127.0.0.1:")
    assert handle.log.exists()


def test_second_start_attaches_to_the_first(ensure: Ensure) -> None:
    first = ensure()
    assert ensure() == replace(first, is_new=False)


def test_starts_at_the_same_time_give_one_server(ensure: Ensure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_SECONDS", "0.5")
    handles: list[ServerHandle] = []
    waits: list[StartProgress] = []
    threads = [
        threading.Thread(target=lambda: handles.append(ensure(on_progress=waits.append))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({handle.pid for handle in handles}) == 1
    assert sum(handle.is_new for handle in handles) == 1
    assert {progress.what for progress in waits} == {"loading", "waiting for another start"}


def test_another_model_has_another_server(ensure: Ensure, model: Path) -> None:
    other = model.with_name("other.gguf")
    other.write_bytes(b"GGUF")
    assert ensure().pid != ensure(other).pid
    assert sorted(status.name for status in server_status()) == ["other", "tiny"]


def test_server_outlives_whoever_started_it(ensure: Ensure, model: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        f"sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[1])!r}]\n"
        "from test_models_local_serve import ensure_server, fake_command\n"
        "print(ensure_server(Path(sys.argv[1]), make_command=fake_command).pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(model)], capture_output=True, text=True, check=True
    )
    handle = ensure()
    assert (handle.pid, handle.is_new) == (int(done.stdout), False)


def test_killed_server_is_started_anew(ensure: Ensure) -> None:
    first = ensure()
    os.kill(first.pid, signal.SIGKILL)
    second = ensure()
    assert second.is_new
    assert second.pid != first.pid
    assert is_answering(second)


def test_number_of_a_dead_server_that_another_program_has_now(ensure: Ensure, model: Path) -> None:
    file = record_file(state_folder(), model)
    file.parent.mkdir(parents=True)
    write_record(
        file,
        ServerRecord(
            pid=os.getpid(), mark="an earlier one", name="tiny", model_path=str(model), status="ready", port=9
        ),
    )
    assert ensure().is_new  # and this process is still here


def test_port_of_a_dead_server_that_another_program_has_now(
    ensure: Ensure, model: Path, server: FakeServer
) -> None:
    server.on("/health", answer({"status": "ok"}))
    port = int(server.base_url.split(":")[2].removesuffix("/v1"))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    file = record_file(state_folder(), model)
    file.parent.mkdir(parents=True)
    write_record(
        file,
        ServerRecord(pid=gone.pid, mark="1", name="tiny", model_path=str(model), status="ready", port=port),
    )
    handle = ensure()
    assert handle.is_new
    assert handle.base_url != server.base_url


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1, "what": 2}', "\x00"])
def test_note_that_makes_no_sense(ensure: Ensure, model: Path, content: str) -> None:
    file = record_file(state_folder(), model)
    file.parent.mkdir(parents=True)
    file.write_text(content)
    assert ensure().is_new


def test_hung_server_is_replaced(
    ensure: Ensure, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_HUNG_SECONDS", 0.3)
    monkeypatch.setattr(serve, "_HEALTH_SECONDS", 0.2)
    monkeypatch.setenv("FAKE_HANGS", str(tmp_path / "hang"))
    first = ensure()
    (tmp_path / "hang").write_text("")
    assert [status.state for status in server_status()] == ["not answering"]

    monkeypatch.delenv("FAKE_HANGS")
    second = ensure()
    assert second.is_new
    assert not process_mark(first.pid)


def test_server_that_cannot_start_tells_its_last_words(
    ensure: Ensure, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_DIES", "error: failed to load model")
    with pytest.raises(NoServer, match="did not start") as caught:
        ensure()
    assert "failed to load model" in caught.value.why
    assert server_status() == ()
    assert caught.value.exit_status == 3


def test_server_that_loads_for_ever_is_given_up(ensure: Ensure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_SECONDS", "60")
    with pytest.raises(NoServer, match="did not start") as caught:
        ensure(start_seconds=1)
    assert "within 1 s" in caught.value.why
    assert server_status() == ()


def test_start_that_was_left_goes_on_and_the_next_call_attaches(
    ensure: Ensure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_SECONDS", "1.5")
    cancel = threading.Event()

    def on_progress(_: StartProgress) -> None:
        if server_status():
            cancel.set()

    with pytest.raises(Cancelled):
        ensure(on_progress=on_progress, cancel=cancel)
    (starting,) = server_status()
    assert starting.state == "starting"

    handle = ensure()
    assert (handle.pid, handle.is_new) == (starting.pid, False)


def test_question_to_a_server_that_ended_meanwhile_starts_it_again(ensure: Ensure, model: Path) -> None:
    opened = discover(
        ModelSettings(model=str(model)),
        start_embedded=lambda _: ensure(),
        local_servers=("http://127.0.0.1:9/v1",),
    )
    first = opened.info.base_url
    stop_server()
    question = ModelRequest(messages=(Message(role="user", content="Say hello."),), max_tokens=8)
    reply = opened.ask(question, on_delta=lambda _: True, cancel=threading.Event())

    assert reply.text == "Hello from the stand-in."
    assert opened.info.base_url != first


def test_port_that_is_taken_tells_so(ensure: Ensure, server: FakeServer) -> None:
    port = int(server.base_url.split(":")[2].removesuffix("/v1"))
    with pytest.raises(NoServer) as caught:
        ensure(port=port)
    assert "in use" in caught.value.why


def test_idle_server_ends_and_leaves_no_note(ensure: Ensure, model: Path) -> None:
    handle = ensure(idle_seconds=0.4)
    assert wait_until(lambda: not process_mark(handle.pid))
    assert read_record(record_file(state_folder(), model)) is None


def test_server_that_works_does_not_end(ensure: Ensure) -> None:
    handle = ensure(idle_seconds=0.8)
    for _ in range(12):
        urllib.request.urlopen(handle.base_url.removesuffix("/v1") + "/work", timeout=5).close()
        time.sleep(0.15)
    assert is_answering(handle)


def test_stopping_ends_it(ensure: Ensure, model: Path) -> None:
    handle = ensure()
    assert stop_server(model.with_name("another.gguf")) == 0
    assert stop_server(model) == 1
    assert not process_mark(handle.pid)
    assert (server_status(), stop_server()) == ((), 0)


def test_missing_engine_says_how_to_get_it(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda _: None)
    with pytest.raises(NoServer) as caught:
        ensure_server(model)
    assert "pip install 'smallcode-jupyter[local]'" in caught.value.hint


def test_state_folder_that_cannot_be_made(model: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file is in the way")
    with pytest.raises(NoServer, match="could not be started"):
        ensure_server(model, make_command=fake_command)


def test_without_any_model_there_is_a_hint(model: Path) -> None:
    with pytest.raises(NoModel, match="no model on this machine") as caught:
        start_embedded()
    assert "smallcode models pull 1.5b" in caught.value.hint


def test_places_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    assert (models_folder(), state_folder()) == (tmp_path / "models", tmp_path / "state")
    monkeypatch.delenv("SMALLCODE_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert models_folder() == tmp_path / "data" / "smallcode" / "models"


def test_process_is_known_by_its_start() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mark = process_mark(process.pid)
    assert is_running(process.pid, mark)
    assert not is_running(process.pid, mark + "0")
    assert not end_process(process.pid, mark + "0")
    assert end_process(process.pid, mark)
    assert not is_running(process.pid, mark)
    process.communicate()


def test_idle_time_counts_from_the_last_change() -> None:
    now = 0.0
    watch = IdleWatch(10, clock=lambda: now)
    seen = []
    for now, activity in [(0, "1"), (9, "2"), (18, "2"), (18.5, None), (20, "2"), (29, "2"), (30, "2")]:  # noqa: B007
        seen.append(watch.is_over(activity))
    assert seen == [False, False, False, False, False, False, True]


def test_idle_time_of_nothing_means_never() -> None:
    now = 0.0
    watch = IdleWatch(0, clock=lambda: now)
    watch.is_over("1")
    now = 1e9
    assert not watch.is_over("1")


@pytest.mark.parametrize(
    ("metrics", "activity"),
    [
        (
            "llamacpp:tokens_predicted_total 8\nllamacpp:n_decode_total 9\nllamacpp:requests_processing 0\n",
            "8 9",
        ),
        ("llamacpp:tokens_predicted_total 8\nllamacpp:requests_processing 1\n", None),
        (
            "llamacpp:tokens_predicted_total 8\nllamacpp:requests_processing 0\nllamacpp:requests_deferred 2\n",
            None,
        ),
    ],
)
def test_activity_of_a_server(server: FakeServer, metrics: str, activity: str | None) -> None:
    server.on("/metrics", answer(metrics))
    assert read_activity(server.base_url.removesuffix("/v1")) == activity


def test_device_report_says_what_fits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'NVIDIA Test 8GB, 8188'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    report = device_report()
    places = {fit.name: fit.place for fit in report.fits}

    assert report.cores == available_cores() >= 1
    assert report.memory > 0
    assert [(gpu.name, gpu.memory // 2**20) for gpu in report.gpus] == [("NVIDIA Test 8GB", 8188)]
    assert places["gemma4-e4b"] == places["qwen2.5-coder-0.5b"] == "GPU"
    assert places["gemma4-26b"] != "GPU"


def test_device_report_without_a_card(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert device_report().gpus == ()


@pytest.mark.real
def test_real_model_is_served_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pull("0.5b")
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path))
    places = ("http://127.0.0.1:9/v1",)
    try:
        model = discover(
            ModelSettings(model=str(path)),
            start_embedded=lambda _: ensure_server(path, context=1024),
            local_servers=places,
        )
        question = ModelRequest(messages=(Message(role="user", content="Say hello."),), max_tokens=8)
        reply = model.ask(question, on_delta=lambda _: True, cancel=threading.Event())

        assert reply.text
        assert model.info.context_window == 1024
        assert model.info.device
        assert reply.usage.prompt_tokens == model.count_request(question)
        again = model.ask(question, on_delta=lambda _: True, cancel=threading.Event())
        assert again.usage.cached_tokens >= again.usage.prompt_tokens - 1
        model.close()
    finally:
        stop_server()
