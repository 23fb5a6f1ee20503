"""Short JSON questions to a server, without loading the big client. Never through a proxy, never redirected."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message as Headers
from typing import IO

from smallcode_jupyter.models.address import is_loopback
from smallcode_jupyter.protocol.tools import Json

__all__ = ["Answer", "as_int", "as_list", "as_object", "as_text", "ask_json"]

_MAX_BYTES = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: Json
    """None where the answer was no JSON."""
    text: str

    @property
    def is_ok(self) -> bool:
        """Whether the server did as asked."""
        return 200 <= self.status < 300


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: following it could lead off this machine."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Headers, newurl: str
    ) -> None:
        return None


def ask_json(url: str, body: Json = None, *, timeout: float, api_key: str | None = None) -> Answer:
    """GET, or POST where there is a body. Raises OSError if there is no whole answer; any status is an answer."""
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if is_loopback(url):
        handlers.append(urllib.request.ProxyHandler({}))
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    if api_key:
        headers["Authorization"] = f"Bearer {api_key}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=timeout) as response:
            return _answer(response.status, response.read(_MAX_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            return _answer(error.code, error.read(_MAX_BYTES))
    except (http.client.HTTPException, UnicodeError) as error:
        raise ConnectionError(f"no HTTP server answers at {url}") from error


def _answer(status: int, content: bytes) -> Answer:
    text = content.decode("utf-8", errors="replace")
    try:
        body: Json = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    return Answer(status=status, body=body, text=text)


def as_object(value: Json) -> dict[str, Json]:
    """The object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Json) -> list[Json]:
    """The list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_text(value: Json) -> str:
    """The text, or an empty one for anything else."""
    return value if isinstance(value, str) else ""


def as_int(value: Json) -> int:
    """The number as a whole, 0 for anything else and for negative ones."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return max(0, int(value)) if value == value and abs(value) < 1e15 else 0
