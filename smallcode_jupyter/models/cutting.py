"""Noticing that a server cuts prompts and says nothing: it reports fewer tokens read than the prompt can have.

Ollama drops messages or tokens that do not fit into `num_ctx`, LM Studio takes out the middle. Both answer as if
nothing had happened, and both count only what they kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.messages import Message
from smallcode_jupyter.protocol.model import CutPrompt, ModelRequest, Usage

__all__ = ["CutWatch", "least_tokens"]

_RUN = re.compile(r"[^\W\d_]+|\d{1,3}")
"""What no usual tokenizer makes less than one token of: a run of letters, three digits."""
_TEMPLATE_TOKENS = 16
"""That the opening of an answer may have had in the prompt before and not in this one."""
_SMALLEST_WINDOW = 2_048
"""No server in use has less. One that reports less of a short prompt counts only what was not in its cache."""
_STEP = 1_024
"""Windows are multiples of it; a server that drops whole messages keeps less than its window holds."""


class CutWatch:
    """Judges the answers of one model on one server."""

    def __init__(self, *, hint: str) -> None:
        """`hint` says how to give a server of this kind a larger window."""
        self._hint = hint
        self._messages: tuple[Message, ...] = ()
        self._read = 0
        self._counts_all = True

    def judge(self, request: ModelRequest, usage: Usage, *, window: int) -> CutPrompt | None:
        """What is wrong if the server cut this prompt, else None. `window` is what it was believed to have."""
        if usage.is_estimated or not usage.prompt_tokens or not self._counts_all:
            return None
        read, sent = usage.prompt_tokens, self._least_sent(request)
        if read >= sent:
            self._messages, self._read = request.messages, read
            return None
        if sent < _SMALLEST_WINDOW:
            self._counts_all = False
            return None
        found = max(_SMALLEST_WINDOW, -(-read // _STEP) * _STEP)
        found = found if found < min(window, sent) else max(_SMALLEST_WINDOW, read)
        if found >= window:
            return None
        return CutPrompt(window=found, problem=self._problem(read, sent, found, window))

    def _least_sent(self, request: ModelRequest) -> int:
        """Tokens that the prompt has at least: what was read of the one before, if this goes on where that ended."""
        known = len(self._messages)
        if known and request.messages[:known] == self._messages:
            return self._read + least_tokens(request.messages[known:]) - _TEMPLATE_TOKENS
        return least_tokens(request.messages)

    def _problem(self, read: int, sent: int, found: int, window: int) -> Problem:
        return Problem(
            code="cut_prompt",
            what=f"The server read only {read:,} tokens of the prompt, and did not say so.",
            why=f"At least {sent:,} were sent: its window is about {found:,} tokens, not {window:,}.",
            hint=self._hint,
        )


def least_tokens(messages: Sequence[Message]) -> int:
    """Tokens that these messages have at least, whatever the tokenizer: about half of what they have."""
    texts = [message.content for message in messages]
    texts += [json.dumps(dict(call.arguments)) for message in messages for call in message.calls]
    return sum(1 for text in texts for _ in _RUN.finditer(text))
