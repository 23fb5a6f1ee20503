"""Accept and reject: all, a file, hunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_jupyter.protocol.changes import ChangeSet, FileChange, content_hash
from smallcode_jupyter.protocol.errors import UsageError
from smallcode_jupyter.workspace.selection import Choice, remainder, select

A = FileChange(path="a.py", before="1\n2\n3\n4\n5\n", after="1\nX\n3\n4\nY\n", before_hash="ha")
B = FileChange(path="b.py", before=None, after="new\n", before_hash=None)
CHANGES = ChangeSet(id="c", files=(A, B))


def _files(verdict, path=None, hunks=None):
    choice = Choice(verdict=verdict, path=path, hunks=None if hunks is None else frozenset(hunks))
    return select(CHANGES, choice).files


def _a(after):
    return FileChange(path="a.py", before=A.before, after=after, before_hash="ha")


def test_everything():
    assert _files("accept") == (A, B)
    assert _files("reject") == ()


def test_a_file():
    assert _files("accept", "b.py") == (B,)
    assert _files("reject", "b.py") == (A,)


def test_hunks():
    assert _files("accept", "a.py", {0}) == (_a("1\nX\n3\n4\n5\n"),)
    assert _files("reject", "a.py", {0}) == (_a("1\n2\n3\n4\nY\n"), B)
    assert _files("accept", "a.py", {0, 1}) == (A,)
    assert _files("accept", "a.py", set()) == ()
    assert _files("reject", "a.py", {0, 1}) == (B,)


def test_what_is_not_there_is_a_usage_error():
    with pytest.raises(UsageError, match=r"`a\.py`, `b\.py`"):
        _files("accept", "c.py")
    with pytest.raises(UsageError, match="no hunk 2"):
        _files("reject", "a.py", {2})


def test_an_empty_new_file_is_one_choice():
    empty = FileChange(path="e", before=None, after="", before_hash=None)
    changes = ChangeSet(id="c", files=(empty,))
    assert select(changes, Choice(verdict="accept", path="e")).files == (empty,)
    assert select(changes, Choice(verdict="accept", path="e", hunks=frozenset())).files == ()
    assert select(changes, Choice(verdict="reject", path="e")).files == ()


def test_the_rest_of_a_file_can_be_taken_later():
    applied = select(CHANGES, Choice(verdict="accept", path="a.py", hunks=frozenset({0})))
    middle = "1\nX\n3\n4\n5\n"
    assert remainder(CHANGES, applied).files == (
        FileChange(path="a.py", before=middle, after=A.after, before_hash=content_hash(middle.encode())),
        B,
    )
    assert remainder(CHANGES, CHANGES).is_empty


_text = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=10).flatmap(
    lambda lines: st.sampled_from(["\n".join(lines), "".join(line + "\r\n" for line in lines)])
)
_side = st.none() | _text


def _change(before, after):
    return FileChange(path="f", before=before, after=after, before_hash=None)


@given(_side, _text)
def test_all_hunks_give_the_new_text(before, after):
    change = _change(before, after)
    assert change.with_hunks(frozenset(range(len(change.hunks())))).after == after


@given(_text, _text)
def test_no_hunks_give_the_old_text(before, after):
    assert _change(before, after).with_hunks(frozenset()).after == before


@given(_side, _side, st.data())
def test_taking_some_hunks_and_then_the_rest_gives_everything(before, after, data):
    change = _change(before, after)
    changes = ChangeSet(id="c", files=(change,))
    indices = range(len(change.hunks()))
    chosen = frozenset(data.draw(st.sets(st.sampled_from(indices)))) if indices else frozenset()
    taken = select(changes, Choice(verdict="accept", path="f", hunks=chosen))
    rest = remainder(changes, taken).files
    final = rest[0].after if rest else taken.files[0].after if taken.files else before
    assert final == after


@given(_text, _text, st.data())
def test_accepting_some_is_rejecting_the_others(before, after, data):
    change = _change(before, after)
    changes = ChangeSet(id="c", files=(change,))
    indices = frozenset(range(len(change.hunks())))
    chosen = frozenset(data.draw(st.sets(st.sampled_from(sorted(indices))))) if indices else indices
    taken = select(changes, Choice(verdict="accept", path="f", hunks=chosen))
    assert taken == select(changes, Choice(verdict="reject", path="f", hunks=indices - chosen))
