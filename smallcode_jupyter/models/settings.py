"""What a person may say about the model to be used."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ModelSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Settings as the caller resolved them. An empty value means: find out."""

    model: str | None = None
    """A name on the server, or of the catalogue. None: the best one found."""
    base_url: str | None = None
    """An OpenAI-compatible server; `/v1` may be left out. None: look for a local one."""
    api_key: str | None = None
    """Sent only to `base_url`, never to a server that was merely found."""
    context_window: int | None = None
    """Tokens, where the person knows better than the server. None: ask the server."""
    allowed: tuple[str, ...] = ()
    """Other machines that may be asked: names of hosts, or origins such as `https://api.example.com`."""
