"""What a server is, which models it has, and how large their windows really are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import monotonic, sleep

from smallcode_jupyter.models.address import normal_base_url, server_root
from smallcode_jupyter.models.failures import Refusal, error_of, is_loading, server_message, unreachable
from smallcode_jupyter.models.json_http import Answer, as_int, as_list, as_object, as_text, ask_json
from smallcode_jupyter.protocol.errors import StreamBroken
from smallcode_jupyter.protocol.tools import Json

__all__ = ["ASSUMED_WINDOW", "ServedModel", "ServerFacts", "identify_server"]

ASSUMED_WINDOW = 4_096
"""Tokens, where a server does not say: Ollama's default on most machines, and it cuts longer prompts silently."""
_OLD_OLLAMA_WINDOW = 2_048
_OLD_OLLAMA = (0, 6)
"""Before this version 2,048 tokens were the default."""
_DETAIL_SECONDS = 3.0
_LOADING_POLL_SECONDS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedModel:
    """One model of a server."""

    name: str
    context_window: int = ASSUMED_WINDOW
    is_window_known: bool = False
    is_loaded: bool = True
    device: str = ""
    """Where it runs, as far as the server says."""
    fingerprint: str = ""
    """As `ModelInfo.fingerprint`."""
    forwards_to: str = ""
    """The address of another machine that the server sends the prompts on to; empty: it answers by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """What was found out about a server."""

    base_url: str
    kind: str
    """As `ModelInfo.server`."""
    models: tuple[ServedModel, ...] = ()
    """Loaded ones first."""

    @property
    def names(self) -> tuple[str, ...]:
        """The models' names, in their order."""
        return tuple(model.name for model in self.models)

    def model(self, name: str) -> ServedModel:
        """The model of exactly this name. Raises KeyError."""
        return {model.name: model for model in self.models}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    """A server while it is asked."""

    base_url: str
    api_key: str | None
    timeout: float
    rows: tuple[dict[str, Json], ...]
    """Of `/v1/models`."""

    def get(self, path: str, body: Json = None) -> dict[str, Json]:
        """The JSON object at a path of the root; empty where there is none."""
        url = server_root(self.base_url) + path
        try:
            answer = ask_json(url, body, timeout=self.timeout, api_key=self.api_key)
        except OSError:
            return {}
        return as_object(answer.body) if answer.is_ok else {}

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of its models."""
        return tuple(as_text(row.get("id")) for row in self.rows if as_text(row.get("id")))

    def is_owned_by(self, owner: str) -> bool:
        """Whether every model says so."""
        return bool(self.rows) and all(as_text(row.get("owned_by")) == owner for row in self.rows)


def identify_server(
    base_url: str, *, api_key: str | None = None, timeout: float = 5.0, loading_seconds: float = 0.0
) -> ServerFacts:
    """Ask a server what it is. Raises NoServer, or the error of its refusal (say, AccessDenied).

    `timeout` is for its first sign of life; one that still loads its model is waited for `loading_seconds`.
    """
    base_url = normal_base_url(base_url)
    rows = _model_rows(base_url, api_key=api_key, timeout=timeout, deadline=monotonic() + loading_seconds)
    server = _Server(base_url=base_url, api_key=api_key, timeout=max(timeout, _DETAIL_SECONDS), rows=rows)
    for kind, find_models in _KINDS.items():
        models = find_models(server)
        if models is not None:
            return _facts(base_url, kind, models)
    return _facts(base_url, "openai-compatible", tuple(ServedModel(name=name) for name in server.ids))


def _facts(base_url: str, kind: str, models: tuple[ServedModel, ...]) -> ServerFacts:
    ordered = tuple(sorted(models, key=lambda model: not model.is_loaded))
    return ServerFacts(base_url=base_url, kind=kind, models=ordered)


def _model_rows(
    base_url: str, *, api_key: str | None, timeout: float, deadline: float
) -> tuple[dict[str, Json], ...]:
    answer = _list_models(base_url, api_key=api_key, timeout=timeout)
    while is_loading(answer.status, _words(answer)) and monotonic() < deadline:
        sleep(_LOADING_POLL_SECONDS)
        answer = _list_models(base_url, api_key=api_key, timeout=timeout)
    if not answer.is_ok:
        raise error_of(Refusal(status=answer.status, message=_words(answer), model="", base_url=base_url))
    rows = as_object(answer.body).get("data")
    # Ollama without any model answers {"data": null}.
    if not isinstance(rows, list) and "data" not in as_object(answer.body):
        raise StreamBroken(
            f"What answers at {base_url} is no OpenAI-compatible server.",
            why="It has no list of models under /models.",
            hint="Check the address: it usually ends in /v1.",
        )
    return tuple(as_object(row) for row in as_list(rows))


def _list_models(base_url: str, *, api_key: str | None, timeout: float) -> Answer:
    try:
        return ask_json(f"{base_url}/models", timeout=timeout, api_key=api_key)
    except OSError as error:
        raise unreachable(base_url, str(error)) from error


def _words(answer: Answer) -> str:
    return server_message(answer.body if answer.body is not None else answer.text)


def _llama_models(server: _Server) -> tuple[ServedModel, ...] | None:
    if not server.is_owned_by("llamacpp"):
        return None
    # The window in the list is of the whole server; that of one slot is what a prompt has.
    slot = as_int(as_object(server.get("/props").get("default_generation_settings")).get("n_ctx"))
    return tuple(
        replace(_served(name, slot or as_int(meta.get("n_ctx"))), fingerprint=_size_of(meta))
        for name, meta in zip(server.ids, (as_object(row.get("meta")) for row in server.rows), strict=False)
    )


def _size_of(meta: dict[str, Json]) -> str:
    """Quantisations of one model differ in their bytes."""
    size = as_int(meta.get("size"))
    return f"{size} bytes" if size else ""


def _vllm_models(server: _Server) -> tuple[ServedModel, ...] | None:
    if not any(as_int(row.get("max_model_len")) for row in server.rows):
        return None
    rows = zip(server.ids, server.rows, strict=False)
    return tuple(
        replace(_served(name, as_int(row.get("max_model_len"))), fingerprint=as_text(row.get("root")))
        for name, row in rows
    )


def _ollama_models(server: _Server) -> tuple[ServedModel, ...] | None:
    version = as_text(server.get("/api/version").get("version"))
    if not version:
        return None
    loaded = {as_text(row.get("name")): row for row in _rows(server.get("/api/ps"), "models")}
    rows = {as_text(row.get("name")): row for row in _rows(server.get("/api/tags"), "models")}
    return tuple(
        replace(
            _ollama_model(server, name, loaded.get(name), version),
            fingerprint=as_text(rows.get(name, {}).get("digest")),
            # Its "cloud" models: an address of this machine, and prompts that leave it all the same.
            forwards_to=as_text(rows.get(name, {}).get("remote_host")),
        )
        for name in server.ids
    )


def _ollama_model(server: _Server, name: str, loaded: dict[str, Json] | None, version: str) -> ServedModel:
    if loaded is not None and (window := as_int(loaded.get("context_length"))):
        return ServedModel(
            name=name, context_window=window, is_window_known=True, device=_ollama_device(loaded)
        )
    # What the model was made for says nothing: unless its settings say otherwise, the server gives it far less.
    shown = server.get("/api/show", {"model": name})
    setting = re.search(r"^num_ctx\s+(\d+)", as_text(shown.get("parameters")), re.MULTILINE)
    if setting:
        window = int(setting[1])
        return ServedModel(
            name=name, context_window=window, is_window_known=True, is_loaded=loaded is not None
        )
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    window = ASSUMED_WINDOW if numbers >= _OLD_OLLAMA else _OLD_OLLAMA_WINDOW
    return ServedModel(name=name, context_window=window, is_loaded=loaded is not None)


def _ollama_device(loaded: Mapping[str, Json]) -> str:
    size, on_gpu = as_int(loaded.get("size")), as_int(loaded.get("size_vram"))
    if not size:
        return ""
    return "GPU" if on_gpu >= size else "GPU and CPU" if on_gpu else "CPU"


def _lmstudio_models(server: _Server) -> tuple[ServedModel, ...] | None:
    rows = _rows(server.get("/api/v0/models"), "data")
    if not rows:
        return None
    return tuple(
        _lmstudio_model(row)
        for row in rows
        if as_text(row.get("type")) in ("llm", "vlm") and as_text(row.get("id"))
    )


def _lmstudio_model(row: dict[str, Json]) -> ServedModel:
    name, quantization = as_text(row.get("id")), as_text(row.get("quantization"))
    if as_text(row.get("state")) == "loaded":
        return replace(_served(name, as_int(row.get("loaded_context_length"))), fingerprint=quantization)
    most = as_int(row.get("max_context_length"))
    window = min(most or ASSUMED_WINDOW, ASSUMED_WINDOW)
    return ServedModel(name=name, context_window=window, is_loaded=False, fingerprint=quantization)


def _served(name: str, window: int) -> ServedModel:
    return ServedModel(name=name, context_window=window or ASSUMED_WINDOW, is_window_known=window > 0)


def _rows(answer: dict[str, Json], key: str) -> tuple[dict[str, Json], ...]:
    return tuple(as_object(row) for row in as_list(answer.get(key)))


_KINDS: dict[str, Callable[[_Server], tuple[ServedModel, ...] | None]] = {
    "llama.cpp": _llama_models,
    "vllm": _vllm_models,
    "ollama": _ollama_models,
    "lmstudio": _lmstudio_models,
}
"""Each finds the models of one kind of server, or None if it is not that kind; asked in this order."""
