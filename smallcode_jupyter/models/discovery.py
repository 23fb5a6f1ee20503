"""Which model answers: the one named in the settings, else one on a running local server, else the embedded one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from smallcode_jupyter.models.address import is_loopback, normal_base_url, require_allowed
from smallcode_jupyter.models.local.catalogue import find_entry
from smallcode_jupyter.models.local.pull import list_models
from smallcode_jupyter.models.masked import MaskedModel, secrets_of_environment
from smallcode_jupyter.models.naming import find_name, unknown_model
from smallcode_jupyter.models.openai_compat import OpenAICompatModel
from smallcode_jupyter.models.probe import with_probe
from smallcode_jupyter.models.profiles import profile_for, rank_models
from smallcode_jupyter.models.servers import ServedModel, ServerFacts, identify_server
from smallcode_jupyter.models.settings import ModelSettings
from smallcode_jupyter.protocol.errors import ModelError, NoModel, NoServer, UnknownModel
from smallcode_jupyter.protocol.model import ModelInfo

__all__ = [
    "LOCAL_SERVERS",
    "EmbeddedServer",
    "StartEmbedded",
    "discover",
    "find_servers",
    "identify_server",
]

LOCAL_SERVERS = (
    "http://127.0.0.1:11434/v1",
    "http://127.0.0.1:1234/v1",
    "http://127.0.0.1:8080/v1",
    "http://127.0.0.1:8000/v1",
)
"""Where Ollama, LM Studio, llama.cpp and vLLM listen if nobody tells them otherwise."""
_PROBE_SECONDS = 0.3
_NAMED_SECONDS = 20.0
"""For the first sign of life of a server that was named: one that a whole class asks may be late."""
_LOADING_SECONDS = 60.0


class EmbeddedServer(Protocol):
    """A running server of the package itself."""

    @property
    def base_url(self) -> str:
        """With `/v1`."""

    @property
    def device(self) -> str:
        """Where the model runs."""


StartEmbedded = Callable[[str | None], EmbeddedServer]
"""Starts the embedded server with a model of the catalogue (None: the default one), or attaches to it.
Raises NoModel where it cannot."""


def discover(
    settings: ModelSettings,
    *,
    start_embedded: StartEmbedded | None = None,
    local_servers: Sequence[str] = LOCAL_SERVERS,
) -> OpenAICompatModel | MaskedModel:
    """The model to ask; one on another machine is told no secrets.

    Raises NoServer, UnknownModel, ConfigError for an address that is not allowed, or what the server refuses.
    """
    if settings.base_url:
        base_url = normal_base_url(settings.base_url)
        require_allowed(base_url, allowed=settings.allowed)
        facts = identify_server(
            base_url, api_key=settings.api_key, timeout=_NAMED_SECONDS, loading_seconds=_LOADING_SECONDS
        )
        return _guarded(facts, _choose(facts, settings.model), settings, api_key=settings.api_key)
    servers = find_servers(local_servers)
    for facts in servers:
        if (name := _match(facts, settings.model)) is not None:
            return _guarded(facts, name, settings)
    return _embedded(settings, servers, start_embedded)


def find_servers(
    local_servers: Sequence[str] = LOCAL_SERVERS, *, loading_seconds: float = _LOADING_SECONDS
) -> tuple[ServerFacts, ...]:
    """The servers that run on this machine, in the order of the addresses; no key is sent to them.

    One that still loads its model is waited for `loading_seconds`.
    """
    found: dict[str, ServerFacts] = {}

    def probe(base_url: str) -> None:
        try:
            found[base_url] = identify_server(
                base_url, timeout=_PROBE_SECONDS, loading_seconds=loading_seconds
            )
        except ModelError:
            return  # nothing there, or something else that happens to use the port

    threads = [threading.Thread(target=probe, args=(base_url,), daemon=True) for base_url in local_servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(found[base_url] for base_url in local_servers if base_url in found)


def _match(facts: ServerFacts, wanted: str | None) -> str | None:
    if wanted is not None:
        return find_name(wanted, facts.names)
    ranked = rank_models(tuple(model.name for model in facts.models if not model.forwards_to))
    return ranked[0] if ranked else None


def _choose(facts: ServerFacts, wanted: str | None) -> str:
    name = _match(facts, wanted)
    if name is not None:
        return name
    if wanted is not None:
        raise unknown_model(wanted, facts.names, where=f"on the server at {facts.base_url}")
    raise NoModel(
        f"The server at {facts.base_url} has no model to talk to.",
        why="Its list of models is empty." if not facts.names else f"It has only {', '.join(facts.names)}.",
        hint="Load or pull a model there first.",
    )


def _embedded(
    settings: ModelSettings, servers: tuple[ServerFacts, ...], start: StartEmbedded | None
) -> OpenAICompatModel:
    if start is None:
        raise _nothing_found(settings, servers)
    if settings.model is not None and not _is_local(settings.model):
        raise _unknown(settings.model, servers)
    return OpenAICompatModel(_embedded_info(settings, start), restart=lambda: _embedded_info(settings, start))


def _embedded_info(settings: ModelSettings, start: StartEmbedded) -> ModelInfo:
    embedded = start(settings.model)
    facts = replace(identify_server(embedded.base_url), kind="embedded")
    return _info(facts, _choose(facts, None), settings, device=embedded.device)


def _nothing_found(settings: ModelSettings, servers: tuple[ServerFacts, ...]) -> NoModel:
    if settings.model is not None and servers:
        return _unknown(settings.model, servers)
    return NoServer(
        "No model server was found on this machine.",
        why="Nothing answers on the ports of Ollama, LM Studio, llama.cpp and vLLM.",
        hint="Start one of them, or run `smallcode models pull 1.5b` and `smallcode serve`.",
    )


def _is_local(name: str) -> bool:
    """Whether the built-in server could have a model of this name: of the catalogue, or a file."""
    return (
        find_entry(name) is not None
        or any(name in (model.name, str(model.path)) for model in list_models())
        or Path(name).is_file()
    )


def _unknown(wanted: str, servers: tuple[ServerFacts, ...]) -> UnknownModel:
    served = [name for facts in servers for name in facts.names]
    names = (*served, *(model.name for model in list_models()))
    return unknown_model(wanted, names, where="on the servers of this machine or in the catalogue")


def _guarded(
    facts: ServerFacts, name: str, settings: ModelSettings, *, api_key: str | None = None
) -> OpenAICompatModel | MaskedModel:
    """The model; behind masks where prompts leave this machine. Raises ConfigError where that is not allowed."""
    behind = facts.model(name).forwards_to
    if behind:
        require_allowed(behind, allowed=settings.allowed)
    opened = _open(facts, name, settings, api_key=api_key)
    if is_loopback(facts.base_url) and not behind:
        return opened
    return MaskedModel(opened, known=(*((api_key,) if api_key else ()), *secrets_of_environment()))


def _open(
    facts: ServerFacts, name: str, settings: ModelSettings, *, api_key: str | None = None
) -> OpenAICompatModel:
    def find_window() -> int | None:
        return _window_now(facts.base_url, name, api_key=api_key)

    return OpenAICompatModel(_info(facts, name, settings), api_key=api_key, find_window=find_window)


def _info(facts: ServerFacts, name: str, settings: ModelSettings, *, device: str = "") -> ModelInfo:
    served = facts.model(name)
    window, is_known = _window(served, settings.context_window)
    info = ModelInfo(
        name=name,
        base_url=facts.base_url,
        server=facts.kind,
        context_window=window,
        is_window_known=is_known,
        profile=profile_for(name),
        device=device or served.device,
        fingerprint=served.fingerprint,
    )
    return with_probe(info)


def _window(served: ServedModel, setting: int | None) -> tuple[int, bool]:
    """A person may ask for less than the server has, and may know it where the server does not say."""
    if setting is None:
        return served.context_window, served.is_window_known
    return (min(setting, served.context_window) if served.is_window_known else setting), True


def _window_now(base_url: str, name: str, *, api_key: str | None) -> int | None:
    try:
        served = identify_server(base_url, api_key=api_key).model(name)
    except (ModelError, KeyError):
        return None
    return served.context_window if served.is_window_known else None
