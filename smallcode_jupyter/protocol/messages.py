"""Chat messages as the model sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.tools import ToolCall

__all__ = ["Message", "Role"]

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `calls` only on assistant messages, `call_id` only on tool messages."""

    role: Role
    content: str
    calls: tuple[ToolCall, ...] = ()
    """Native tool calls. Empty where the model writes its calls as text."""
    call_id: str | None = None
    """The call that this tool message answers."""
