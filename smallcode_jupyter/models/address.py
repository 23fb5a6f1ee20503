"""Addresses of servers: their normal form, and whether they are on this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from smallcode_jupyter.protocol.errors import ConfigError

__all__ = ["is_loopback", "normal_base_url", "require_allowed", "server_root"]

_CHAT_PATH = "/chat/completions"
_API_PATH = "/v1"


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
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_allowed(base_url: str, *, allows_remote: bool) -> None:
    """Raises ConfigError for another machine, unless the person allowed it."""
    if allows_remote or is_loopback(base_url):
        return
    host = urlsplit(base_url).hostname
    raise ConfigError(
        f"The model server {host} is not on this machine.",
        why="Prompts with your code would be sent there, and that was not allowed.",
        hint="Allow remote servers in the settings, or use an address such as http://127.0.0.1:8080/v1.",
    )
