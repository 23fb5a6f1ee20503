"""Which definitions a task is about."""

from __future__ import annotations

from smallcode_jupyter.agent.suspects import suspects

FILE = """
def backup_date(name):
    return date(1, 2, 3)

def newest_first(names):
    return sorted(names)

def week_of(day):
    return day.isocalendar()[1]

def month_of(day):
    return day.month

def plan(names):
    return newest_first(names)
"""


def test_names_and_their_words_are_found_in_the_task() -> None:
    words = "Weeks of different years are one week. backup_date should give None for an impossible file."
    assert suspects(FILE, words=words) == ("backup_date", "week_of")


def test_the_frames_of_a_failure_count_most() -> None:
    failure = "test_plan failed:\na.py:12: in plan\na.py:5: in newest_first\n"
    assert suspects(FILE, words="Fix the failing test.", failure=failure) == ("newest_first", "plan")


def test_other_languages() -> None:
    text = (
        "export async function loadUsers() {}\nconst saveUser = (user) => 1;\n"
        "func (t *Tree) Insert(n int) {}\npub fn next_id() {}\n"
    )
    assert suspects(text, words="saveUser is wrong") == ("saveUser",)
    assert suspects(text, words="Insert and next_id are wrong") == ("Insert", "next_id")


def test_nothing_stands_out() -> None:
    assert suspects(FILE, words="Make it faster.") == ()
    assert suspects("x = 1\n", words="week") == ()
