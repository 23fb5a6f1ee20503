"""What accepted code changed is known, and goes back into the objects that everybody holds."""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

import numpy
import pandas
import pytest

from smallcode_jupyter.frontends.undo.commits import Commits, StateReport
from smallcode_jupyter.frontends.undo.contents import content_of, put_back, reachable, survey


class Box:
    def __init__(self, content: Any = None) -> None:
        self.content = content


class Slotted:
    __slots__ = ("content",)


def frame() -> Any:
    return pandas.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})


def cyclic() -> list[Any]:
    items: list[Any] = [1]
    items.append(items)
    return items


CHANGES: dict[str, tuple[Callable[[], Any], Callable[[Any], object]]] = {
    "list": (lambda: [1, [2, 3]], lambda value: value[1].append(4)),
    "long list": (lambda: list(range(50_000)), lambda value: value.__setitem__(25_000, -1)),
    "dict": (lambda: {"k": {"n": 1}}, lambda value: value["k"].update(n=2)),
    "ordered": (lambda: OrderedDict(a=1), lambda value: value.pop("a")),
    "default": (lambda: defaultdict(list, {"a": [1]}), lambda value: value["b"].append(1)),
    "set": (lambda: {1, 2}, lambda value: value.add(3)),
    "bytes": (lambda: bytearray(b"abc"), lambda value: value.extend(b"d")),
    "deque": (lambda: deque([1]), lambda value: value.appendleft(0)),
    "array": (lambda: numpy.zeros(1_000_000), lambda value: value.__setitem__(500_000, 1.0)),
    "columns of an array": (
        lambda: numpy.zeros((3, 4))[:, ::2],
        lambda value: value.__setitem__((1, 1), 1.0),
    ),
    "array of objects": (lambda: numpy.array([[1], None], dtype=object), lambda value: value[0].append(2)),
    "cell of a frame": (frame, lambda value: value.__setitem__("a", [1, 2, 4])),
    "new column": (frame, lambda value: value.__setitem__("c", 1)),
    "text in a frame": (frame, lambda value: value.loc.__setitem__((0, "b"), "y")),
    "dropped rows": (frame, lambda value: value.drop(index=0, inplace=True)),
    "renamed": (frame, lambda value: value.rename(columns={"a": "z"}, inplace=True)),
    "series": (lambda: pandas.Series([1.0, 2.0]), lambda value: value.__setitem__(0, 9.0)),
    "instance": (lambda: Box([1]), lambda value: value.content.append(2)),
    "attribute": (lambda: Box(1), lambda value: setattr(value, "more", 2)),
}


def kept(value: Any) -> Any:
    """An object's content as a copy of the kernel would give it: not sharing its memory."""
    content = content_of(value)
    return (
        content.copy() if isinstance(content, numpy.ndarray | pandas.DataFrame | pandas.Series) else content
    )


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize("name", CHANGES)
def test_changes_inside_are_seen_and_go_back_into_the_same_objects(name: str) -> None:
    make, change = CHANGES[name]
    value = make()
    found = survey({"v": value}, ["v"])
    found.mark_large()
    contents = {address: kept(item) for address, item in found.objects.items() if type(item) is not tuple}
    assert found.changed(tuple) == {}
    change(value)
    changed = found.changed(tuple)
    assert found.leading_to(changed) == {"v": frozenset(changed)}
    assert all(put_back(found.objects[address], contents[address]) for address in changed)
    assert found.changed(tuple) == {}
    if isinstance(value, pandas.DataFrame | pandas.Series):
        assert value.equals(make())
        assert list(getattr(value, "columns", ())) == list(getattr(make(), "columns", ()))
    elif isinstance(value, Box):
        assert vars(value) == vars(make())
    else:
        assert numpy.array_equal(value, make()) if isinstance(value, numpy.ndarray) else value == make()


def test_a_frame_that_got_its_content_back_works_on() -> None:
    value = frame()
    content = kept(value)
    value["c"] = 1
    put_back(value, content)
    value["d"] = value["a"] * 2
    assert value.columns.tolist() == ["a", "b", "d"]
    assert value.flags.allows_duplicate_labels


def test_what_cannot_take_content_back_says_so() -> None:
    class Both(Slotted):
        pass

    value = Both()
    value.more = 1  # type: ignore[attr-defined]
    assert not put_back(value, {})
    assert not put_back(numpy.zeros(3), numpy.zeros(4))


def test_objects_that_hold_themselves_are_no_trouble() -> None:
    value = cyclic()
    found = survey({"v": value}, ["v"])
    value[0] = 2
    assert list(found.changed(tuple)) == [id(value)]


def test_names_are_told_apart_by_what_they_lead_to() -> None:
    shared = [1]
    found = survey({"a": {"k": shared}, "b": (shared,), "c": [2]}, ["a", "b", "c"])
    shared.append(2)
    assert found.leading_to(found.changed(tuple)) == dict.fromkeys(("a", "b"), frozenset({id(shared)}))


def test_looking_through_variables_takes_a_bounded_time() -> None:
    many = {f"v{number}": [[item] for item in range(100_000)] for number in range(40)}
    began = time.monotonic()
    found = survey(many, many, seconds=0.5)
    assert time.monotonic() - began < 2.0
    assert len(found.roots) < len(many)


def test_plain_values_functions_and_modules_do_not_change_inside() -> None:
    assert survey({"a": 1, "b": "x", "f": frame, "m": numpy, "t": Box}, "abfmt").objects == {}


def test_variables_are_reached_through_the_functions_that_are_called(shell: Any) -> None:
    shell.run_cell("log, far, other = [], [], []\ndef note(x):\n    log.append(x)\n    deep()\n")
    shell.run_cell("def deep():\n    return [far.append(1) for _ in range(2)]\n")
    assert reachable(shell, "note(1)") == {"note", "deep", "log", "far"}


def committed(shell: Any, code: str) -> Commits:
    commits = Commits(shell)
    with commits.commit(code):
        shell.run_cell(code)
    return commits


def test_names_are_bound_again_to_the_very_objects_they_had(shell: Any) -> None:
    first, gone = Slotted(), object()
    shell.user_ns.update(first=first, gone=gone, same=1)
    commits = committed(shell, "first = 2\ndel gone\nnew = 3\nlater = 4")
    shell.run_cell("later = 5")
    assert commits.undo_last() == StateReport(put_back=("first", "gone"), removed=("new",), left=("later",))
    assert shell.user_ns["first"] is first
    assert shell.user_ns["gone"] is gone
    assert shell.user_ns["later"] == 5
    assert commits.last is None


def test_a_variable_that_was_changed_again_is_left(shell: Any) -> None:
    shell.user_ns.update(a=1, b=2)
    commits = committed(shell, "a = 10\ndel b")
    shell.run_cell("a = 11\nb = 12")
    assert commits.undo_last() == StateReport(left=("a", "b"))
    assert (shell.user_ns["a"], shell.user_ns["b"]) == (11, 12)


def test_without_a_copy_what_changed_inside_is_named(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "smallcode_jupyter.frontends.undo.commits.take_snapshot", lambda shell: (None, "this is a test")
    )
    shell.user_ns["items"] = [1]
    report = committed(shell, "items.append(2)").undo_last()
    assert report == StateReport(failed=(("items", "no copy could be kept: this is a test"),))
    assert report.sentences() == ("Could not be put back: items (no copy could be kept: this is a test).",)


def test_when_memory_is_short_no_copy_is_kept(shell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smallcode_jupyter.frontends.undo.commits._is_memory_short", lambda: True)
    shell.user_ns["items"] = [1]
    report = committed(shell, "items.append(2)").undo_last()
    assert report.failed == (("items", "memory is short, so no copy was kept"),)


def test_old_commits_are_forgotten(shell: Any) -> None:
    commits = Commits(shell)
    for number in range(30):
        with commits.commit("x"):
            shell.user_ns["x"] = number
    count = 0
    while commits.last is not None:
        commits.undo_last()
        count += 1
    assert (count, shell.user_ns["x"]) == (20, 9)
