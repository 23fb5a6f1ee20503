"""Addresses of servers: their normal form, and whether they are on this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from smallcode_jupyter.protocol.errors import ConfigError

__all__ = [
    "HERE",
    "Target",
    "is_loopback",
    "normal_base_url",
    "remote_refused",
    "require_allowed",
    "server_root",
    "target_of",
]

HERE = "this machine"
_PORTS = {"http": 80, "https": 443}

_CHAT_PATH = "/chat/completions"
_API_PATH = "/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where requests go."""

    origin: str
    """`https://api.example.com`, with the port where it is no usual one; `HERE` for every server of this machine."""
    host: str
    is_encrypted: bool
    is_here: bool


def normal_base_url(base_url: str) -> str:
    """The address with its API path and without a slash at its end. Raises ConfigError for what is no address."""
    text = base_url.strip()
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or any(character.isspace() for character in text):
        raise ConfigError(
            f"{base_url!r} is no address of a server.",
            why="An address has the form http://HOST:PORT/v1.",
            hint="Correct SMALLCODE_BASE_URL.",
        )
    path = parts.path.rstrip("/").removesuffix(_CHAT_PATH)
    return urlunsplit((parts.scheme, parts.netloc, path or _API_PATH, "", ""))


def server_root(base_url: str) -> str:
    """Where the server's own endpoints begin: the address without its API path."""
    return base_url.rstrip("/").removesuffix(_API_PATH)


def is_loopback(base_url: str) -> bool:
    """Whether what is sent there stays on this machine."""
    host = (urlsplit(base_url).hostname or "").lower()
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def target_of(base_url: str) -> Target:
    """Whom an address belongs to. Raises ConfigError for what is no address."""
    parts = urlsplit(normal_base_url(base_url))
    host = (parts.hostname or "").rstrip(".").lower()
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    is_here = is_loopback(base_url)
    return Target(
        origin=HERE if is_here else f"{parts.scheme}://{host}{port}",
        host=host,
        is_encrypted=parts.scheme == "https",
        is_here=is_here,
    )


def require_allowed(base_url: str, *, allowed: Collection[str]) -> None:
    """Raises ConfigError for another machine, unless the person allowed its host or its origin."""
    target = target_of(base_url)
    if not target.is_here and target.host not in allowed and target.origin not in allowed:
        raise remote_refused(target)


def remote_refused(target: Target) -> ConfigError:
    """The refusal to ask another machine that nobody allowed."""
    return ConfigError(
        f"The model server {target.host} is not on this machine.",
        why="Prompts with your code would be sent there, and that was not allowed.",
        hint=f"Allow it with `smallcode remote allow {target.origin}`, "
        "or use an address such as http://127.0.0.1:8080/v1.",
    )
