"""Tests that were there must not be made easier."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.protected import asks_for_tests

BEFORE = (
    "import pytest\nfrom m import f\n\n"
    "@pytest.mark.parametrize('a', [1, 2])\ndef test_one(a):\n    assert f(a) == a\n\n"
    "class TestF:\n    def test_two(self):\n        assert f(3) == 4\n"
)
ON_DISK = {"m.py": "def f(a):\n    return a\n", "test_m.py": BEFORE}
WEAKER = {
    "removed": (BEFORE[: BEFORE.index("class")], "test_m.py: TestF.test_two was removed"),
    "other expectation": (
        BEFORE.replace("f(3) == 4", "f(3) == 3"),
        "test_m.py: TestF.test_two no longer has: assert f(3) == 4",
    ),
    "fewer cases": (
        BEFORE.replace("[1, 2]", "[1]"),
        "test_m.py: test_one no longer has: @pytest.mark.parametrize('a', [1, 2])",
    ),
    "skipped": (
        BEFORE.replace("class TestF", "@pytest.mark.skip\nclass TestF"),
        "test_m.py: tests are skipped that were not skipped before",
    ),
    "deleted": (None, "test_m.py: the test file was deleted"),
}


@pytest.mark.parametrize(("after", "fault"), WEAKER.values(), ids=WEAKER.keys())
def test_weaker_tests_fail_the_change(verdict, after, fault):
    result = verdict("protected", {"test_m.py": after}, on_disk=ON_DISK, words="Make the tests pass")
    assert result.status == "failed"
    assert result.detail.splitlines()[0] == fault
    assert result.detail.endswith("change the code instead.")


def test_new_and_stronger_tests_are_welcome(check):
    after = (
        BEFORE.replace("f(3) == 4", "f(3) == 4\n        assert f(5) == 6")
        + "\ndef test_new():\n    assert f(1)\n"
    )
    report = check({"test_m.py": after, "m.py": "def f(:"}, on_disk=ON_DISK)
    assert "protected" not in [result.name for result in report.results]


def test_tests_may_change_where_the_words_ask_for_it(check):
    report = check({"test_m.py": "x = 1\n"}, on_disk=ON_DISK, words="Update the tests to the new name")
    assert "protected" not in [result.name for result in report.results]


@pytest.mark.parametrize(
    "words",
    [
        "Write tests for m.py",
        "update the old unit tests",
        "Remove test_two from tests/test_m.py",
        "clean up tests",
    ],
)
def test_words_that_ask_for_changed_tests(words):
    assert asks_for_tests(words)


@pytest.mark.parametrize(
    "words",
    [
        "Fix m.py so that the tests pass",
        "make test_m.py pass",
        "The tests fail, why?",
        "Write f, it is tested by test_m.py",
    ],
)
def test_words_that_only_want_tests_to_pass(words):
    assert not asks_for_tests(words)
