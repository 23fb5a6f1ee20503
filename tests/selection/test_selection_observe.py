"""Answers are run on the same inputs, and what they did can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smallcode_jupyter.selection.observe import Observer
from smallcode_jupyter.workspace.staging import Staging

Observe = Callable[[str], tuple[str, ...]]
STUB = '''def median(xs: list[float]) -> float:
    """The middle value.

    >>> median([1, 2, 3])
    2
    """
    raise NotImplementedError
'''


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "m.py").write_text(STUB)
    staging = Staging(tmp_path / "work", tmp_path / "scratch")
    yield staging
    staging.close()


@pytest.fixture
def observe(staging: Staging) -> Observe:
    observer = Observer(staging, seconds=20.0)

    def of(text: str, words: str = "Complete median in m.py.") -> tuple[str, ...]:
        staging.write("m.py", text)
        return observer.observe(("m.py",), words).outcomes

    return of


def body(code: str) -> str:
    return STUB.replace("raise NotImplementedError", code)


def test_two_ways_to_do_the_same_behave_alike_and_a_wrong_one_does_not(observe: Observe) -> None:
    first = observe(body("s = sorted(xs); n = len(s); return (s[(n - 1) // 2] + s[n // 2]) / 2"))
    second = observe(body("import statistics; return float(statistics.median(xs)) if xs else xs[0]"))
    wrong = observe(body("s = sorted(xs); return s[len(s) // 2]"))
    assert len(first) > 10
    agreed = sum(a == b for a, b in zip(first, second, strict=True))
    assert agreed / len(first) > 0.9
    assert sum(a == b for a, b in zip(first, wrong, strict=True)) < agreed


def test_an_answer_that_never_ends_is_no_hang(observe: Observe) -> None:
    outcomes = observe(body("while True: pass"))
    assert set(outcomes) == {"broke without end"}


def test_exceptions_are_told_apart_by_type(observe: Observe) -> None:
    assert set(observe(body("raise KeyError(xs)"))) == {"raised KeyError"}
    assert set(observe(body("return {}[0]"))) == {"broke KeyError"}


def test_an_exception_that_the_task_speaks_of_is_meant(observe: Observe) -> None:
    words = "Complete median in m.py. An empty list raises IndexError."
    assert set(observe(body("return [][0]"), words)) == {"raised IndexError"}


def test_what_breaks_is_told_with_the_call_and_the_line(staging: Staging) -> None:
    staging.write("m.py", body("return xs[7]"))
    found = Observer(staging).observe(("m.py",), "Complete median in m.py. median([]) is 0.").breaks
    assert any(
        "raised IndexError: list index out of range in the line `return xs[7]`" in text for text in found
    )
    assert found[0].startswith("median(")


def test_what_iterates_is_drawn_out_and_objects_are_looked_into(observe: Observe) -> None:
    one = observe(body("return (x for x in [1, 2])"))
    two = observe(body("return (x for x in [1, 3])"))
    assert one[0] != two[0]


def test_addresses_and_the_last_digits_of_floats_do_not_matter(observe: Observe) -> None:
    one = observe(body("return [object(), 0.1 + 0.2]"))
    two = observe(body("return [object(), 0.3]"))
    assert one == two


def test_sets_have_no_order(observe: Observe) -> None:
    one = observe(body("return {'a', 'b', 'c'}"))
    assert one == observe(body("return set('cba')"))


def test_a_class_is_walked_through_by_its_signatures(observe: Observe) -> None:
    good = "class Tally:\n    def __init__(self) -> None:\n        self.n = 0\n"
    up = good + "    def add(self, by: int) -> int:\n        self.n += by\n        return self.n\n"
    down = good + "    def add(self, by: int) -> int:\n        self.n -= by\n        return self.n\n"
    words = "Write the class Tally in m.py."
    first = observe(up, words)
    assert first
    assert first != observe(down, words)


def test_calls_come_from_tests_too(staging: Staging) -> None:
    staging.write("test_m.py", "from m import half\n\n\ndef test_half():\n    assert half({'a': 4}) == 2\n")
    staging.write("m.py", "def half(x):\n    return x['a'] // 2\n")
    two = Observer(staging).observe(("m.py",), "Write half.").outcomes
    staging.write("m.py", "def half(x):\n    return x['a'] / 2\n")
    assert two
    assert two != Observer(staging).observe(("m.py",), "Write half.").outcomes


def test_tests_cells_and_other_files_are_not_called(staging: Staging) -> None:
    staging.write("notes.md", "f(1)")
    staging.write("test_x.py", "def test_a() -> None:\n    assert True\n")
    assert Observer(staging).observe(("notes.md", "test_x.py", "cell:next", "gone.py"), "f(1)").outcomes == ()


def test_a_module_that_cannot_be_imported_shows_nothing_of_its_own(observe: Observe) -> None:
    assert set(observe("import no_such_module_anywhere\n" + STUB)) <= {"broke without end"}


def test_the_data_that_a_task_shows_is_tried(staging: Staging) -> None:
    words = (
        "Complete count(text). A line looks like this:\n\n10:15 ERROR pay: declined\n\nAll else is skipped."
    )
    staging.write("m.py", "def count(text: str) -> dict:\n    return {text.split()[4]: 1}\n")
    behaviour = Observer(staging, seconds=20.0).observe(("m.py",), words)
    assert any(
        "count('10:15 ERROR pay: declined') raised IndexError" in broken for broken in behaviour.breaks
    )
