"""What the parser is told and what it returns."""

from __future__ import annotations

from dataclasses import dataclass

from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.protocol.events import Repair
from smallcode_jupyter.protocol.tools import ToolCall

__all__ = ["Expectation", "Parsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the prompt asked for, so that an answer that leaves it out can still be understood."""

    default_path: str | None = None
    """Where a fenced block without a path goes: the one file in question, or `cell:next`. None: nowhere."""
    known_paths: tuple[str, ...] = ()
    """Paths of the workspace, for completing `utils.py` to `src/utils.py`."""
    accepts_blocks: bool = True
    """Whether a plain fenced block may count as an edit. False for questions: code in prose stays prose."""
    accepts_intent: bool = False
    """Whether plain words of intent ("Let me look at utils.py") may count as a call that reads or searches."""
    reasoning_tags: tuple[str, ...] = ("think",)
    first_id: int = 1
    """Number of the first call's id: `call_1`, `call_2`, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What an answer says."""

    dialect: str
    """The name of one of `dialects.DIALECTS`, say `native`, `json`, `fenced-file`; `prose` where it is none of them."""
    calls: tuple[ToolCall, ...] = ()
    text: str = ""
    """The words around the calls, reasoning and calls taken out."""
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
