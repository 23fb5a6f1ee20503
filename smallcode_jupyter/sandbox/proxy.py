"""The network of a confined kernel, by the names of servers: an HTTP proxy that runs outside of it.

The kernel has no network of its own. Inside, the variables that programs look at lead to a port which leads to a
socket in the kernel's folder, and there this proxy listens. It connects to what a list names, which the person changes
outside, and refuses the rest in a sentence with the name. It sees names, not what is said: a server that is allowed
is trusted, and so is what lies behind it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.sandbox.forwarding import join_streams

__all__ = ["AllowList", "parse_domain", "start_proxy"]

_DOMAIN = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?(:\d{1,5})?")
_WEB_PORTS = (80, 443)
_MOST_HEAD = 65_536
_SECONDS = 30.0
_END = b"\r\n\r\n"


def parse_domain(text: str) -> str:
    """A line of the list: `pypi.org`, `*.pythonhosted.org` for all below it, `localhost:8080`. Raises UsageError."""
    name = text.strip().lower().rstrip(".")
    if not _DOMAIN.fullmatch(name):
        raise UsageError(
            f"{text!r} is no name of a server.",
            hint="Write it as pypi.org, *.pythonhosted.org or localhost:8080.",
        )
    return name


class AllowList:
    """The servers that may be reached: lines of a file, which the person may change while the kernel runs."""

    def __init__(self, place: Path, *, is_fixed: bool) -> None:
        """`is_fixed`: the file is read now and never again, because the kernel could write it."""
        self._place = place
        self._lines = self._read() if is_fixed else None

    def allows(self, host: str, port: int) -> str | None:
        """The line that allows it, or None. A line without a port means the two of the web."""
        for line in self._read() if self._lines is None else self._lines:
            name, _, named_port = line.partition(":")
            if port not in ((int(named_port),) if named_port else _WEB_PORTS):
                continue
            if host == name or (name.startswith("*.") and host.endswith(name[1:])):
                return line
        return None

    def _read(self) -> tuple[str, ...]:
        try:
            lines = self._place.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return ()
        return tuple(line.strip() for line in lines if _DOMAIN.fullmatch(line.strip()))


def start_proxy(socket_place: Path, allowed: AllowList) -> None:
    """Serve on a socket file, in threads that live as long as the process. Raises OSError."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(socket_place))
    listener.listen(32)
    _thread(_accept, listener, allowed)


def _thread(work: object, *arguments: object) -> None:
    threading.Thread(target=work, args=arguments, name="smallcode-proxy", daemon=True).start()  # type: ignore[arg-type]  # a function


def _accept(listener: socket.socket, allowed: AllowList) -> None:
    while True:
        near, _ = listener.accept()
        _thread(_serve, near, allowed)


class _Refusal(Exception):
    """A status line's number and sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def _serve(near: socket.socket, allowed: AllowList) -> None:
    near.settimeout(_SECONDS)
    try:
        head, rest = _read_head(near)
        host, port, opening = _wanted(head)
        far = _connected(host, port, allowed)
    except _Refusal as refusal:
        body = f"{refusal}\n".encode()
        answer = f"HTTP/1.1 {refusal.status} {refusal}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n"
        with contextlib.suppress(OSError), near:
            near.sendall(answer.encode() + b"Connection: close" + _END + body)
        return
    except OSError:
        near.close()
        return
    near.settimeout(None)
    with contextlib.suppress(OSError):
        if opening is None:
            near.sendall(b"HTTP/1.1 200 Connection established" + _END)
        far.sendall((opening or b"") + rest)
    join_streams(near, far)


def _read_head(near: socket.socket) -> tuple[str, bytes]:
    """The request up to its empty line, and what came after it."""
    data = b""
    while _END not in data:
        chunk = near.recv(4_096)
        data += chunk
        if not chunk or len(data) > _MOST_HEAD:
            raise _Refusal(400, "This is no request that a proxy understands")
    head, _, rest = data.partition(_END)
    return head.decode("latin-1"), rest


def _wanted(head: str) -> tuple[str, int, bytes | None]:
    """The server, its port, and how to open towards it; None for a tunnel."""
    lines = head.split("\r\n")
    try:
        method, target, version = lines[0].split(" ")
        url = urlsplit(f"//{target}" if method == "CONNECT" else target)
        host, port = (url.hostname or "").rstrip("."), url.port
    except ValueError:
        raise _Refusal(400, "This is no request that a proxy understands") from None
    if method == "CONNECT":
        return host, port or 443, None
    if url.scheme != "http":
        raise _Refusal(400, "Only http and tunnels are passed on")
    path = url._replace(scheme="", netloc="").geturl() or "/"
    kept = [
        line
        for line in lines[1:]
        if not line.lower().startswith(("host:", "connection:", "proxy-", "keep-alive:"))
    ]
    # The server that was allowed is the one that is asked for, whatever the program wrote.
    opening = [
        f"{method} {path} {version}",
        f"Host: {url.netloc.rpartition('@')[2]}",
        "Connection: close",
        *kept,
    ]
    return host, port or 80, "\r\n".join(opening).encode("latin-1") + _END


def _connected(host: str, port: int, allowed: AllowList) -> socket.socket:
    line = allowed.allows(host, port)
    if line is None:
        shown = re.sub(r"[^a-z0-9_.-]", "?", host)[:200]
        name = shown if port in _WEB_PORTS else f"{shown}:{port}"
        print(f"A confined kernel was refused {name}.", file=sys.stderr)  # noqa: T201  # the server's log
        raise _Refusal(
            403, f"{name} is not allowed from this kernel; outside of it: smallcode kernel allow {name}"
        )
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _Refusal(502, f"{host} was not found ({error})") from None
    for _, _, _, _, address in found:
        # A name of the web must not lead to services of this machine or its neighbours; one with its port may.
        if ":" not in line and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            continue
        with contextlib.suppress(OSError):
            return _joinable(socket.create_connection((str(address[0]), port), _SECONDS))
    raise _Refusal(502, f"{host} could not be reached at a public address")


def _joinable(far: socket.socket) -> socket.socket:
    far.settimeout(None)
    return far
