"""Which models can be chosen now: those of running servers, and files that the built-in server can serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smallcode_jupyter.models.address import normal_base_url, require_allowed
from smallcode_jupyter.models.discovery import LOCAL_SERVERS, find_servers
from smallcode_jupyter.models.local.pull import list_models
from smallcode_jupyter.models.servers import ServerFacts, identify_server
from smallcode_jupyter.models.settings import ModelSettings

__all__ = ["ModelChoice", "list_choices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A model that `ModelSettings.model` can name."""

    name: str
    where: str
    """`ollama at http://127.0.0.1:11434/v1`; `built in` for a file on this machine."""


def list_choices(
    settings: ModelSettings, *, local_servers: Sequence[str] = LOCAL_SERVERS
) -> tuple[ModelChoice, ...]:
    """In the order in which they are looked for. Where an address is set, only that server answers.

    Asks servers for a moment. Raises NoServer, ConfigError for a remote address, or what the server refuses.
    """
    servers: tuple[ServerFacts, ...]
    files: tuple[str, ...] = ()
    if settings.base_url:
        base_url = normal_base_url(settings.base_url)
        require_allowed(base_url, allowed=settings.allowed)
        servers = (identify_server(base_url, api_key=settings.api_key),)
    else:
        servers = find_servers(local_servers, loading_seconds=0.0)
        files = tuple(model.name for model in list_models() if model.path is not None)
    served = [
        ModelChoice(name=name, where=f"{server.kind} at {server.base_url}")
        for server in servers
        for name in server.names
    ]
    here = [ModelChoice(name=name, where="built in") for name in files]
    first: dict[str, ModelChoice] = {}
    for choice in (*served, *here):
        first.setdefault(choice.name, choice)
    return tuple(first.values())
