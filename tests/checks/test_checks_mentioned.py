"""Names that a part of a task gives to a file."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.mentioned import check_mentioned
from smallcode_jupyter.protocol.checks import CheckResult


def judged(words: str, text: str) -> CheckResult | None:
    return check_mentioned("app.py", text, words=f"Please help:\n\n- app.py: {words}")


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("`GROUPS` is new.", "`GROUPS`"),
        ("`find(tag=None)` finds `Expense`s.", "`find`, `tag`"),
        ("a new option `--tag TAG`", "`--tag`"),
        ("it reads BACKUP_TARGET and keep_days", "`BACKUP_TARGET`, `keep_days`"),
    ],
)
def test_what_is_named_and_not_there_is_a_hint(words: str, missing: str) -> None:
    result = judged(words, "class Expense:\n    None\n")
    assert result is not None
    assert (result.status, result.detail) == ("unchecked", f"app.py lacks what the task names: {missing}")


@pytest.mark.parametrize(
    "words",
    [
        "the function `get` goes away.",
        "`total` no longer takes `cents_only`.",
        "it prints what is asked for.",
        'it raises "unknown_name".',
        "it calls `is_ok`, as in `list DAY`.",
    ],
)
def test_what_goes_what_is_there_and_what_is_only_text_is_none(words: str) -> None:
    result = judged(words, "def is_ok(list): ...")
    assert result is None or (result.failed, result.detail) == (0, "")


def test_only_the_items_of_the_list_are_read() -> None:
    assert (
        check_mentioned("app.py", "", words="Mind `this_name`.\n\n- app.py: more.\n\nAnd `that_name`.")
        is None
    )
