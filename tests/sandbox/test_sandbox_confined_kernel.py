"""The kernel that is confined when it starts, driven as a notebook drives it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from sandbox_echo import echoing

from smallcode_jupyter.protocol.errors import NotFound, SandboxError, UsageError
from smallcode_jupyter.sandbox import bubblewrap, kernel_launch, kernelspec

pytestmark = pytest.mark.confined


class Kernel:
    """A confined kernel and the folder it works in."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient, folder: Path, port: int) -> None:
        self.manager, self.client, self.folder, self.port = manager, client, folder, port

    def run(self, code: str, **more: Any) -> str:
        """What a cell prints and shows, and its error."""
        texts: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            texts.append(str(content.get("text", "")) + str(content.get("data", {}).get("text/plain", "")))
            texts.append(f"{content['ename']}: {content['evalue']}" if message["msg_type"] == "error" else "")

        self.client.execute_interactive(code, output_hook=hear, timeout=60, **more)
        return "".join(texts)


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """A server outside that answers with what it is sent."""
    with echoing(b"outside: ") as port:
        yield port


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory, echo: int) -> Iterator[Kernel]:
    base = tmp_path_factory.mktemp("confined")
    home, folder, data = base / "home", base / "work", base / "data"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id_fake").write_text("secret")
    (home / "theirs.txt").write_text("theirs")
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(data))
        patch.setenv("HOME", str(home))
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        kernelspec.install_kernel(forward=(f"127.0.0.1:{echo}",), domains=("pypi.org",))
        manager = KernelManager(
            kernel_name=kernelspec.KERNEL_NAME, kernel_spec_manager=KernelSpecManager(data_dir=str(data))
        )
        manager.start_kernel(cwd=str(folder))
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            yield Kernel(manager, client, folder, echo)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=False)
        assert not manager.is_alive()


def test_it_writes_in_the_notebooks_folder_and_nowhere_else(kernel: Kernel) -> None:
    kernel.run("open('made.txt', 'w').write('x'); import pathlib; home = pathlib.Path.home()")
    assert (kernel.folder / "made.txt").read_text() == "x"
    kernel.run("(home / 'theirs.txt').write_text('broken')")
    assert (kernel.folder.parent / "home" / "theirs.txt").read_text() == "theirs"
    assert "Read-only file system" in kernel.run("open('/usr/planted', 'w')")
    assert kernel.run("import tempfile; tempfile.TemporaryFile().write(b'abc')") == "3"


def test_it_sees_no_secrets_and_nobody_else(kernel: Kernel) -> None:
    assert kernel.run("import os; os.listdir(home / '.ssh')") == "[]"
    assert (
        kernel.run("os.listdir('/run'), [n for n in os.listdir('/tmp') if n.startswith('.X')]") == "([], [])"
    )
    assert int(kernel.run("max(int(name) for name in os.listdir('/proc') if name.isdigit())")) < 100


def test_it_reaches_the_addresses_named_and_no_other(kernel: Kernel) -> None:
    kernel.run(
        "import socket\n"
        "def ask(port):\n"
        "    with socket.create_connection(('127.0.0.1', port), 5) as near:\n"
        "        near.sendall(b'hello')\n"
        "        return near.recv(100)"
    )
    assert kernel.run(f"ask({kernel.port})") == "b'outside: hello'"
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert "ConnectionRefusedError" in kernel.run(f"ask({other.getsockname()[1]})")
    assert "unreachable" in kernel.run("socket.create_connection(('192.0.2.1', 80), 1)")


def test_it_reaches_servers_by_name_once_they_are_allowed_outside(kernel: Kernel) -> None:
    kernel.run(
        "import http.client, os\n"
        "def tunnel(port):\n"
        "    near = http.client.HTTPConnection(os.environ['https_proxy'].removeprefix('http://'), timeout=10)\n"
        "    near.set_tunnel('localhost', port)\n"
        "    near.connect()\n"
        "    near.sock.sendall(b'hello')\n"
        "    return near.sock.recv(100)"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(kernel.folder.parent / "data"))
        assert kernelspec.allowed_domains() == ("pypi.org",)
        assert f"403 localhost:{kernel.port} is not allowed" in kernel.run(f"tunnel({kernel.port})")
        kernelspec.allow_domain(f"localhost:{kernel.port}")
        assert kernel.run(f"tunnel({kernel.port})") == "b'outside: hello'"
        kernelspec.forbid_domain(f"localhost:{kernel.port}")
        assert "403" in kernel.run(f"tunnel({kernel.port})")


def test_trials_work_inside_with_all_that_holds_them(kernel: Kernel) -> None:
    kernel.run("%load_ext smallcode_jupyter")
    told = kernel.run("%%trial\nopen('tried.txt', 'w').write('x'); print(sorted(os.listdir()))")
    assert "added file: tried.txt, 1 bytes" in told
    assert "unconfined" not in told
    assert not (kernel.folder / "tried.txt").exists()
    assert "landlock+seccomp+namespaces" in kernel.run(
        "import tempfile\nfrom smallcode_jupyter.sandbox.trial import run_trial\n"
        "run_trial(get_ipython(), '1', scratch=pathlib.Path(tempfile.mkdtemp()) / 's').confinement"
    )


def test_asking_the_person_works_through_the_relay(kernel: Kernel) -> None:
    def answer(message: dict[str, Any]) -> None:
        assert message["content"]["prompt"] == "name? "
        kernel.client.input("Ada")

    assert kernel.run("input('name? ')", allow_stdin=True, stdin_hook=answer) == "'Ada'"


def test_it_can_be_interrupted_and_answers_at_once(kernel: Kernel) -> None:
    sent = kernel.client.execute("import time; time.sleep(60)")
    time.sleep(0.7)
    began = time.monotonic()
    kernel.manager.interrupt_kernel()
    while True:
        reply = kernel.client.get_shell_msg(timeout=10)
        if reply["parent_header"]["msg_id"] == sent:
            break
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert time.monotonic() - began < 2
    assert kernel.run("1 + 1") == "2"
    assert kernel.manager.is_alive()


def test_hooks_of_git_cannot_be_planted_and_hidden_places_lie_over_all_else(tmp_path: Path) -> None:
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / ".ssh").mkdir()
    launch = bubblewrap.KernelLaunch(
        workspace=tmp_path, channels=tmp_path, hidden=(tmp_path / ".ssh",), filter_handle=9
    )
    line = " ".join(bubblewrap.bubblewrap_arguments(launch, ("true",)))
    given = line.index(f"--bind {tmp_path} {tmp_path}")
    assert line.index(f"--ro-bind {tmp_path}/.git/hooks {tmp_path}/.git/hooks") > given
    assert line.index(f"--tmpfs {tmp_path}/.ssh") > given


def test_no_kernel_is_started_where_it_cannot_be_confined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    bubblewrap.check_bubblewrap.cache_clear()
    (tmp_path / "connection.json").write_text(json.dumps({"transport": "tcp", "ip": "127.0.0.1"}))
    try:
        assert kernel_launch.main(["-f", str(tmp_path / "connection.json")]) == 1
        assert "The confined kernel was not started." in capsys.readouterr().err
        with pytest.raises(SandboxError, match="bwrap was not found"):
            kernelspec.install_kernel()
    finally:
        bubblewrap.check_bubblewrap.cache_clear()


def test_an_unconfined_process_does_not_become_the_kernel(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "smallcode_jupyter.sandbox.kernel_inside", str(tmp_path)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stderr) == (1, "The confinement does not hold: no kernel was started.\n")


def test_it_is_installed_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    place = kernelspec.install_kernel(forward=("localhost:8080",), writable=(tmp_path,))
    spec = json.loads((place / "kernel.json").read_text())
    assert spec["display_name"] == "Python 3 (SmallCode, confined)"
    assert spec["argv"][3:] == [
        "-f",
        "{connection_file}",
        "--forward",
        "localhost:8080",
        "--writable",
        str(tmp_path),
        "--domains",
        str(place / "domains.txt"),
    ]
    assert kernelspec.remove_kernel() == place
    with pytest.raises(NotFound):
        kernelspec.remove_kernel()
    with pytest.raises(UsageError, match="no address"):
        kernelspec.install_kernel(forward=("everywhere",))
