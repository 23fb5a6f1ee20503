"""Naming a part of a proposal."""

from __future__ import annotations

import pytest

from smallcode_jupyter.frontends.choosing import parse_choice
from smallcode_jupyter.protocol.changes import NEXT_CELL, ChangeSet, FileChange
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.workspace.selection import Choice

BEFORE = "".join(f"{number}\n" for number in range(30))
FILE = FileChange(
    path="a.py", before=BEFORE, after=BEFORE.replace("2\n", "x\n", 1).replace("25\n", "y\n"), before_hash="0"
)
CELL = FileChange(path=NEXT_CELL, before=None, after="x = 1\n", before_hash=None)
PENDING = ChangeSet(id="c", files=(FILE, CELL))


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("", Choice(verdict="accept")),
        ("a.py", Choice(verdict="accept", path="a.py")),
        (" a.py:1 ", Choice(verdict="accept", path="a.py", hunks=frozenset({0}))),
        ("a.py:1,2", Choice(verdict="accept", path="a.py", hunks=frozenset({0, 1}))),
        ("cell:next", Choice(verdict="accept", path="cell:next")),
    ],
)
def test_hunks_count_from_one_as_in_the_diff(words: str, choice: Choice) -> None:
    assert parse_choice(words, verdict="accept", pending=PENDING) == choice


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("b.py", "No change of b.py is proposed. Proposed: a.py, cell:next."),
        ("b.py:1", "No change of b.py is proposed."),
        ("a.py:0", "a.py has 2 hunks. Count them from 1."),
        ("a.py:3", "a.py has 2 hunks. Count them from 1."),
    ],
)
def test_what_is_not_proposed_is_refused(words: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_choice(words, verdict="accept", pending=PENDING)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("pending", [None, ChangeSet(id="c")])
def test_nothing_proposed_is_said(pending: ChangeSet | None) -> None:
    with pytest.raises(UsageError) as caught:
        parse_choice("", verdict="reject", pending=pending)
    assert str(caught.value) == "There is nothing to reject. Ask for something with %%smallcode first."
