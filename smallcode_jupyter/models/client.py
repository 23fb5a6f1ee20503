"""The HTTP client of one server: no proxy on the way to this machine, no redirect, nobody else's headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smallcode_jupyter.models.address import is_loopback
from smallcode_jupyter.models.exchange import watch_connection

if TYPE_CHECKING:
    from openai import OpenAI

__all__ = ["new_client"]

_CONNECT_SECONDS = 5.0
_NO_KEY = "none"


def new_client(base_url: str, api_key: str | None) -> OpenAI:
    """A client that sends its key to this server only. Importing it takes the better part of a second."""
    import openai

    timeout = openai.Timeout(None, connect=_CONNECT_SECONDS)

    def watch(request: object) -> None:
        extensions = getattr(request, "extensions", None)
        if isinstance(extensions, dict):
            extensions["trace"] = lambda event, facts: watch_connection(event, facts.get("return_value"))

    http_client = openai.DefaultHttpxClient(
        timeout=timeout,
        trust_env=not is_loopback(base_url),
        follow_redirects=False,
        event_hooks={"request": [watch]},
    )
    # Organisation and project come from the environment of other programs; no local server needs to know them.
    # A fresh connection for each answer is what lets an answer be cut off by its socket.
    headers = {
        "Authorization": f"Bearer {api_key or _NO_KEY}",
        "Connection": "close",
        "OpenAI-Organization": openai.omit,
        "OpenAI-Project": openai.omit,
    }
    return openai.OpenAI(
        base_url=base_url,
        api_key=api_key or _NO_KEY,
        max_retries=0,
        timeout=timeout,
        http_client=http_client,
        default_headers=headers,  # type: ignore[arg-type]  # the client takes its own marker for a left-out header
    )
