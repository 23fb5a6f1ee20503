"""The proxy of confined kernels: what it connects to, and what it refuses. Everything is on the loopback interface."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sandbox_echo import echoing

from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.sandbox.proxy import AllowList, parse_domain, start_proxy

Ask = Callable[[str], str]


@pytest.fixture
def echo() -> Iterator[int]:
    """A server that answers with what it is sent first."""
    with echoing(b"heard: ") as port:
        yield port


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "domains.txt"


@pytest.fixture
def ask(tmp_path: Path, listed: Path) -> Ask:
    """Sends a head, and what follows it, to a proxy with that list; all that comes back."""
    place = tmp_path / "proxy"
    start_proxy(place, AllowList(listed, is_fixed=False))

    def send(text: str) -> str:
        with socket.socket(socket.AF_UNIX) as near:
            near.settimeout(10)
            near.connect(str(place))
            near.sendall(text.encode())
            return b"".join(iter(lambda: near.recv(4_096), b"")).decode()

    return send


def test_a_tunnel_leads_to_a_server_that_is_listed(ask: Ask, listed: Path, echo: int) -> None:
    listed.write_text(f"localhost:{echo}\n")
    answer = ask(f"CONNECT localhost:{echo} HTTP/1.1\r\nHost: x\r\n\r\nhello")
    assert answer == "HTTP/1.1 200 Connection established\r\n\r\nheard: hello"


def test_a_server_that_is_not_listed_is_refused_by_name_until_it_is(
    ask: Ask, listed: Path, echo: int
) -> None:
    request = f"CONNECT localhost:{echo} HTTP/1.1\r\n\r\nhello"
    listed.write_text("example.org\n")
    assert ask(request).startswith(
        f"HTTP/1.1 403 localhost:{echo} is not allowed from this kernel; "
        f"outside of it: smallcode kernel allow localhost:{echo}\r\n"
    )
    listed.write_text(f"example.org\nlocalhost:{echo}\n")
    assert ask(request).endswith("heard: hello")


def test_a_plain_request_asks_the_server_that_was_allowed_and_no_other(
    ask: Ask, listed: Path, echo: int
) -> None:
    listed.write_text(f"localhost:{echo}\n")
    head = f"GET http://localhost:{echo}/a?b=1 HTTP/1.1\r\nHost: elsewhere.example\r\nAccept: */*\r\n\r\n"
    assert ask(head) == (
        f"heard: GET /a?b=1 HTTP/1.1\r\nHost: localhost:{echo}\r\nConnection: close\r\nAccept: */*\r\n\r\n"
    )


def test_a_name_of_the_web_does_not_lead_to_this_machine(ask: Ask, listed: Path) -> None:
    listed.write_text("localhost\n127.0.0.1\n")
    for name in ("localhost", "127.0.0.1"):
        assert ask(f"CONNECT {name}:443 HTTP/1.1\r\n\r\n").startswith("HTTP/1.1 502 ")


@pytest.mark.parametrize(
    "text", ["hello\r\n\r\n", "GET /x HTTP/1.1\r\n\r\n", "GET ftp://a/b HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_request_to_a_proxy_is_refused(ask: Ask, text: str) -> None:
    assert ask(text).startswith("HTTP/1.1 400 ")


def test_names_are_matched_whole(tmp_path: Path) -> None:
    place = tmp_path / "domains.txt"
    place.write_text("pypi.org\n*.example.com\nlocalhost:8080\nnot a name\n")
    allowed = AllowList(place, is_fixed=False)
    assert allowed.allows("pypi.org", 443) == "pypi.org"
    assert allowed.allows("a.b.example.com", 80) == "*.example.com"
    assert allowed.allows("localhost", 8080) == "localhost:8080"
    for host, port in (
        ("evilpypi.org", 443),
        ("pypi.org.evil.com", 443),
        ("pypi.org", 22),
        ("example.com", 443),
        ("localhost", 80),
    ):
        assert allowed.allows(host, port) is None


def test_a_list_that_the_kernel_could_write_is_read_once(tmp_path: Path) -> None:
    place = tmp_path / "domains.txt"
    place.write_text("pypi.org\n")
    allowed = AllowList(place, is_fixed=True)
    place.write_text("evil.com\n")
    assert (allowed.allows("evil.com", 443), allowed.allows("pypi.org", 443)) == (None, "pypi.org")


def test_a_domain_is_read_as_it_is_meant() -> None:
    assert [parse_domain(text) for text in ("PyPI.org.", "*.a.io", "localhost:80")] == [
        "pypi.org",
        "*.a.io",
        "localhost:80",
    ]
    for text in ("", "https://pypi.org", "*", "a b", "*.", "a:b"):
        with pytest.raises(UsageError):
            parse_domain(text)
