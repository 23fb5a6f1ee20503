"""Tests that were there must not be made easier."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.protected import asks_for_tests, check_protected

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


JS = "test('one', () => assert.equal(f(1), 1));\ntest('two', () => { assert.ok(f(2)); assert.ok(f(3)); });\n"
GO = "package m\n\nfunc TestOne(t *testing.T) {\n\tif F(1) != 1 {\n\t\tt.Error(1)\n\t}\n}\n"
RUST = "#[test]\nfn one() {\n    assert_eq!(f(1), 1);\n}\n"


@pytest.mark.parametrize(
    ("path", "before", "after", "fault"),
    [
        ("m.test.js", JS, JS.splitlines()[0] + "\n", "m.test.js: two was removed"),
        ("m.test.js", JS, JS.replace("assert.ok(f(2));", ""), "m.test.js: 1 assertion of the tests is gone"),
        ("m.test.js", JS, JS.replace("test('two'", "test.skip('two'"), "m.test.js: tests are skipped"),
        ("m_test.go", GO, "package m\n", "m_test.go: TestOne was removed"),
        (
            "m_test.go",
            GO,
            GO.replace("t.Error(1)", "t.Skip()"),
            "m_test.go: 1 assertion of the tests is gone",
        ),
        ("tests/m.rs", RUST, RUST.replace("#[test]", "#[test]\n#[ignore]"), "tests/m.rs: tests are skipped"),
    ],
)
def test_weaker_tests_of_other_languages_are_noticed(stage, path, before, after, fault):
    result = check_protected(stage({path: after}, {path: before}), [path], words="Make it faster")
    assert result is not None
    assert result.detail.startswith(fault)


def test_more_tests_of_other_languages_are_fine(stage):
    staging = stage({"m.test.js": JS + "test('three', () => assert.ok(1));\n"}, {"m.test.js": JS})
    assert check_protected(staging, ["m.test.js"], words="Make it faster") is None
