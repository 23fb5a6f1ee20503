"""When a server has had nothing to do for so long that it should end."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic

from smallcode_jupyter.models.json_http import ask_json

__all__ = ["IdleWatch", "read_activity"]

_COUNTERS = re.compile(
    r"^llamacpp:(prompt_tokens_total|prompt_tokens_cached_total|tokens_predicted_total|n_decode_total) (\S+)$",
    re.MULTILINE,
)
_WORKING = re.compile(r"^llamacpp:requests_(?:processing|deferred) (?!0(?:\.0*)?$)\S+$", re.MULTILINE)


class IdleWatch:
    """Told from time to time what the server has done so far; says when it may end."""

    def __init__(self, idle_seconds: float, *, clock: Callable[[], float] = monotonic) -> None:
        """`idle_seconds` of 0 means: never."""
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._activity: str | None = None
        self._since = clock()

    def is_over(self, activity: str | None) -> bool:
        """Whether nothing happened for long enough. None: the server works, or is too busy to say."""
        if activity is None or activity != self._activity:
            self._activity = activity
            self._since = self._clock()
        return 0 < self._idle_seconds <= self._clock() - self._since


def read_activity(root: str, *, timeout: float = 5.0) -> str | None:
    """The counters of a llama.cpp server as a text that changes with each request; None while it works."""
    try:
        answer = ask_json(f"{root}/metrics", timeout=timeout)
    except OSError:
        return None
    if not answer.is_ok or _WORKING.search(answer.text):
        return None
    return " ".join(value for _, value in _COUNTERS.findall(answer.text))
