"""Run in a network of its own, with loopback only: the agent on a scripted model, on a server, and without any."""

from __future__ import annotations

import fcntl
import json
import socket
import struct
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "models"))

from models_fake_server import CHAT, FakeHTTPServer, FakeServer, Handler, answer, delta, finish, stream

from smallcode_jupyter.frontends.cli import main
from smallcode_jupyter.models.scripted import ScriptedModel
from smallcode_jupyter.session.config import load_settings
from smallcode_jupyter.session.session import Session

STUB = 'def double(x):\n    """Twice x.\n\n    >>> double(4)\n    8\n    """\n'
GOOD = f"```python tools.py\n{STUB}    return 2 * x\n```"
WORDS = "Implement double in tools.py."
_SIOCSIFFLAGS, _IFF_UP_RUNNING = 0x8914, 0x41
_WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname")


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plug:
        fcntl.ioctl(plug, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP_RUNNING))


def watch(tried: set[str]) -> None:
    """Note each address that Python code of this process tries to reach or to look up."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _WATCHED:
            address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
            tried.add(str(address[0] if isinstance(address, tuple) else address))

    sys.addaudithook(hook)


def project(folder: str, name: str) -> Path:
    root = Path(folder, name)
    root.mkdir()
    (root / "tools.py").write_text(STUB)
    return root


def run_scripted(root: Path) -> str:
    session = Session(
        root=root, settings=load_settings(root), model=ScriptedModel([GOOD]), state=root.parent / "state"
    )
    return session.run(WORDS, surface="files", on_event=lambda _: None).finished.outcome


def run_on_server(root: Path) -> int:
    fake = FakeServer()
    fake.on("/v1/models", answer({"object": "list", "data": [{"id": "tiny"}]}))
    fake.on(CHAT, stream(delta(content=GOOD), finish()))
    with FakeHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.fake = fake
        threading.Thread(target=http.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{http.server_address[1]}/v1"
        status = main(["run", WORDS, "--apply", "auto", "--cwd", str(root), "--base-url", address])
        http.shutdown()
    return status


if __name__ == "__main__":
    raise_loopback()
    tried: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        watch(tried)
        report = {
            "scripted": run_scripted(project(folder, "scripted")),
            "server": run_on_server(served := project(folder, "served")),
            "written": (served / "tools.py").read_text(),
            "nothing": main(["run", WORDS, "--cwd", str(project(folder, "nothing"))]),
            "remote": main(
                ["run", WORDS, "--cwd", str(served), "--base-url", "https://api.example.invalid/v1"]
            ),
            "tried": sorted(tried),
        }
    print(json.dumps(report))
