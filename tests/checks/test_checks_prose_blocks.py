"""Outcomes that stand in a block below the call."""

from __future__ import annotations

import pytest

from smallcode_jupyter.sandbox.toolchains import find_node

WORDS = """Complete table(rows). Example: table([{ "a": 1 }]) gives these three lines:

    | a |
    | --- |
    | 1 |

All else stays.
"""
FENCED = """Complete table(rows). Then `table([1])` should return the following text:
```
| a |
| --- |
| 1 |
```
Thanks.
"""


@pytest.mark.parametrize("words", [WORDS, FENCED])
@pytest.mark.parametrize(
    ("path", "text", "status"),
    [
        ("m.py", "def table(rows):\n    return '| a |\\n| --- |\\n| 1 |\\n'\n", "passed"),
        ("m.py", "def table(rows):\n    return ['| a |', '| --- |', '| 1 |']\n", "passed"),
        ("m.py", "def table(rows):\n    return 'a\\n---\\n1'\n", "failed"),
        ("m.js", "export function table(rows) { return ['| a |', '| --- |', '| 1 |']; }\n", "passed"),
        ("m.js", "export function table(rows) { return '| a |\\n| --- |\\n| 1 |\\n'; }\n", "passed"),
        ("m.js", "export function table(rows) { return 'a'; }\n", "failed"),
    ],
)
def test_a_block_below_a_call_is_what_it_gives(verdict, words, path, text, status):
    result = verdict("examples", {path: text}, words=words)
    assert result.status == (status if path.endswith("py") or find_node() else "unchecked")
    if result.status == "failed":
        assert result.detail.startswith("table([")
        assert "| --- |" in result.detail


@pytest.mark.parametrize(
    "words",
    [
        "table([1]) gives the wrong result:\n\n    Traceback\n",
        "table([1]) prints these lines:\n\n    a\n    b\n",
        "Use table(rows) for these:\n\n    a\n    b\n",
    ],
)
def test_other_blocks_say_nothing_of_what_comes_out(check, words):
    report = check({"m.py": "def table(rows):\n    return 1\n"}, words=words)
    assert [result.name for result in report.results] == ["syntax"]
