"""The ways in which models write calls: one file each, in the order in which they are tried."""

from __future__ import annotations

from smallcode_jupyter.agent.parsing.dialects.category import CATEGORY
from smallcode_jupyter.agent.parsing.dialects.fenced_file import FENCED_FILE
from smallcode_jupyter.agent.parsing.dialects.json_calls import JSON_CALLS
from smallcode_jupyter.agent.parsing.dialects.native import NATIVE
from smallcode_jupyter.agent.parsing.dialects.python_call import PYTHON_CALL
from smallcode_jupyter.agent.parsing.dialects.search_replace import SEARCH_REPLACE
from smallcode_jupyter.agent.parsing.source import Dialect

__all__ = ["DIALECTS"]

DIALECTS: tuple[Dialect, ...] = (
    NATIVE,
    JSON_CALLS,
    SEARCH_REPLACE,
    FENCED_FILE,
    PYTHON_CALL,
    CATEGORY,
)
"""To add a dialect: a file here with a `Dialect`, its name in this list, and replies in `tests/data/replies/`."""
