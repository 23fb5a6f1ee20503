"""Commands run confined: what they may not do, and that they always end."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from smallcode_jupyter.protocol.errors import SandboxError
from smallcode_jupyter.sandbox.confine import confinement_available
from smallcode_jupyter.sandbox.policy import ProcessResult, SandboxPolicy
from smallcode_jupyter.sandbox.process import run_confined

HOLDS_FILES = confinement_available().protects_files
needs_landlock = pytest.mark.skipif(not HOLDS_FILES, reason="this kernel has no Landlock")


def run(folder: Path, code: str, **fields: object) -> ProcessResult:
    policy = SandboxPolicy(write_roots=(folder,), **fields)  # type: ignore[arg-type]
    return run_confined([sys.executable, "-c", code], cwd=folder, policy=policy)


def test_output_and_exit_status_are_kept_apart(tmp_path: Path) -> None:
    result = run(tmp_path, "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (result.status, result.exit_code) == ("exited", 3)
    assert (result.stdout, result.stderr) == ("out\n", "err\n")
    assert result.confinement == confinement_available().name


def test_input_reaches_the_command(tmp_path: Path) -> None:
    policy = SandboxPolicy(write_roots=(tmp_path,))
    assert run_confined(["cat"], cwd=tmp_path, policy=policy, stdin="grüße").stdout == "grüße"


def test_writing_below_a_write_root_works(tmp_path: Path) -> None:
    run(tmp_path, "import os; os.mkdir('d'); open('d/a','w').write('x'); os.rename('d/a','b')")
    assert (tmp_path / "b").read_text() == "x"


@needs_landlock
@pytest.mark.parametrize(
    "attack",
    [
        "open(T,'w')",
        "open(T,'a')",
        "os.truncate(T,0)",
        "os.remove(T)",
        "os.rename(T,T+'2')",
        "os.mkdir(T+'d')",
        "os.symlink('/etc',T+'l')",
        "os.link(T,'inside')",
        "os.symlink(T,'link'); open('link','w')",
    ],
)
def test_writing_elsewhere_is_refused(tmp_path: Path, attack: str) -> None:
    inside, target = tmp_path / "inside", tmp_path / "theirs.txt"
    inside.mkdir()
    target.write_text("theirs")
    result = run(inside, f"import os; T={str(target)!r}; {attack}")
    assert result.exit_code == 1
    assert "PermissionError" in result.stderr or "Invalid cross-device link" in result.stderr
    assert target.read_text() == "theirs"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside", "theirs.txt"]


def test_the_same_write_succeeds_without_confinement(tmp_path: Path) -> None:
    target = tmp_path / "theirs.txt"
    policy = SandboxPolicy(write_roots=(tmp_path,))
    run_confined([sys.executable, "-c", f"open({str(target)!r},'w')"], cwd=tmp_path, policy=policy)
    assert target.exists()


@needs_landlock
def test_the_network_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        assert "PermissionError" in run(tmp_path, code).stderr
        assert run(tmp_path, code, allows_network=True).exit_code == 0


@needs_landlock
def test_a_socket_of_a_daemon_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "daemon")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        result = run(tmp_path, f"import socket; socket.socket(socket.AF_UNIX).connect({path!r})")
    assert "PermissionError" in result.stderr


@needs_landlock
@pytest.mark.parametrize(
    "attack",
    [
        "check(lib.ptrace(16, parent, 0, 0))",
        "check(lib.process_vm_readv(parent, 0, 0, 0, 0, 0))",
        "check(lib.unshare(0x10000000))",
        "check(lib.mount(b'none', b'/mnt', b'tmpfs', 0, 0))",
        "check(lib.syscall(425, 8, 0))",
        "import os; os.kill(parent, 0)",
        "import resource; resource.prlimit(parent, resource.RLIMIT_CORE, (0, 0))",
    ],
)
def test_other_processes_and_the_system_are_out_of_reach(tmp_path: Path, attack: str) -> None:
    code = (
        "import ctypes, os\n"
        "lib = ctypes.CDLL(None, use_errno=True)\n"
        f"parent = {os.getpid()}\n"
        "def check(value):\n"
        "    if value == -1 and ctypes.get_errno() == 1: raise PermissionError\n"
        f"{attack}\n"
    )
    assert "PermissionError" in run(tmp_path, code).stderr


def test_threads_and_child_processes_still_work(tmp_path: Path) -> None:
    code = (
        "import subprocess, threading, socket\n"
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n"
        "print(subprocess.run(['echo', 'child'], capture_output=True, text=True).stdout)\n"
        "socket.socketpair()\n"
    )
    assert run(tmp_path, code).stdout.split() == ["thread", "child"]


def test_the_wall_clock_kills_the_whole_group(tmp_path: Path) -> None:
    started = time.monotonic()
    code = "import subprocess, time; subprocess.Popen(['sleep', '31.7']); print('x'); time.sleep(31.7)"
    result = run(tmp_path, code, seconds=0.7)
    assert (result.status, result.stdout) == ("timed_out", "x\n")
    assert time.monotonic() - started < 3
    assert _ends("sleep 31.7")


def test_a_background_process_does_not_hold_up_the_end(tmp_path: Path) -> None:
    started = time.monotonic()
    policy = SandboxPolicy(write_roots=(tmp_path,))
    result = run_confined(["sh", "-c", "sleep 31.8 & echo done"], cwd=tmp_path, policy=policy)
    assert (result.status, result.stdout) == ("exited", "done\n")
    assert time.monotonic() - started < 3
    assert _ends("sleep 31.8")


def test_a_process_that_left_the_group_does_not_hold_up_the_end(tmp_path: Path) -> None:
    started = time.monotonic()
    policy = SandboxPolicy(write_roots=(tmp_path,))
    result = run_confined(["sh", "-c", "setsid sleep 4 & echo done"], cwd=tmp_path, policy=policy)
    assert (result.status, result.stdout) == ("exited", "done\n")
    assert time.monotonic() - started < 3


def test_cancelling_ends_it_at_once(tmp_path: Path) -> None:
    cancel = threading.Event()
    moment: list[float] = []
    threading.Timer(0.4, lambda: (moment.append(time.monotonic()), cancel.set())).start()
    policy = SandboxPolicy(write_roots=(tmp_path,))
    result = run_confined(["sleep", "30"], cwd=tmp_path, policy=policy, cancel=cancel)
    assert result.status == "cancelled"
    assert time.monotonic() - moment[0] < 0.2 + 0.2  # a loaded machine may take its time to wake up


def test_endless_output_keeps_head_and_tail(tmp_path: Path) -> None:
    code = "print('first'); [print('y' * 999) for _ in range(20000)]; print('last')"
    result = run(tmp_path, code, output_chars=10_000)
    assert len(result.stdout) < 10_200
    assert result.stdout.startswith("first\n")
    assert result.stdout.endswith("last\n")
    assert "bytes of output not kept" in result.stdout


def test_output_that_is_not_utf8_is_readable(tmp_path: Path) -> None:
    result = run(tmp_path, r"import sys; sys.stdout.buffer.write(b'\xff ok')")
    assert result.stdout == "\N{REPLACEMENT CHARACTER} ok"


def test_a_missing_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="'nosuchprogram' was not found"):
        run_confined(["nosuchprogram"], cwd=tmp_path, policy=SandboxPolicy())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="no such folder"):
        run_confined(["true"], cwd=tmp_path / "gone", policy=SandboxPolicy())


def test_a_file_that_is_no_program_is_an_error(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"\x00\x01")
    program.chmod(0o755)
    with pytest.raises(SandboxError, match="could not be started"):
        run_confined(["./program"], cwd=tmp_path, policy=SandboxPolicy())


@needs_landlock
def test_nothing_runs_where_confining_fails(tmp_path: Path) -> None:
    policy = SandboxPolicy(write_roots=(tmp_path, tmp_path / "gone"))
    with pytest.raises(SandboxError, match="Landlock failed"):
        run_confined([sys.executable, "-c", "open('ran','w')"], cwd=tmp_path, policy=policy)
    assert not (tmp_path / "ran").exists()


def test_secrets_of_the_environment_stay_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "GH_TOKEN", "LC_SECRET", "UNRELATED"):
        monkeypatch.setenv(name, "hidden-value")
    code = "import os; print(os.environ)"
    result = run_confined(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        policy=SandboxPolicy(),
        env={"MINE": "shown", "MY_PASSWORD": "hidden-value"},
    )
    assert "hidden-value" not in result.stdout
    assert "'MINE': 'shown'" in result.stdout


def test_home_and_temporary_folder_are_its_own_and_go_away(tmp_path: Path) -> None:
    code = "import pathlib, tempfile; p = tempfile.mkdtemp(); print(pathlib.Path.home(), p)"
    home, temporary = run(tmp_path, code).stdout.split()
    assert Path(home) != Path.home()
    assert not Path(home).exists()
    assert not Path(temporary).exists()


def test_memory_and_file_size_are_limited(tmp_path: Path) -> None:
    assert "MemoryError" in run(tmp_path, "bytearray(1 << 30)", memory_mb=512).stderr
    result = run(tmp_path, "open('big','wb').write(bytes(3 << 20))", file_mb=2)
    assert "File too large" in result.stderr


def _ends(command: str) -> bool:
    """Whether no process has this command line any more; one that was killed takes a moment to go."""
    wanted = command.replace(" ", "\0").encode()
    for _ in range(40):
        if not any(wanted in _command_line(place) for place in Path("/proc").glob("[0-9]*/cmdline")):
            return True
        time.sleep(0.05)
    return False


def _command_line(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        return b""
