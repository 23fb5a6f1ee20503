"""What a hint may say, and which rung is due: pure functions, on answers as small models write them."""

from __future__ import annotations

import pytest

from smallcode_jupyter.agent.hints import made_hint, spoken
from smallcode_jupyter.agent.ladder import due_hint, named_in_code
from smallcode_jupyter.protocol.tutoring import RUNGS, Rung, TutorPolicy, TutorRecord

MEDIAN = "def median(values):\n    ordered = sorted(values)\n    n = len(ordered)\n    return ordered[n // 2]"
POLICY = TutorPolicy(level="hints", source="TUTOR.md")
WORDS = "Write median(values), which gives the middle of a list of numbers."


def record(words: str, rung: Rung, problem: str = "") -> TutorRecord:
    return TutorRecord(
        at=0.0, run="r", level="hints", kind="hint", problem=problem or words, words=words, rung=rung
    )


@pytest.mark.parametrize(
    "answer",
    [
        f"```python\n{MEDIAN}\n```",
        f"Here is the function:\n```python\n{MEDIAN}\n```",
        f"~~~\n{MEDIAN}\n~~~",
        f"```python\n{MEDIAN}",
        MEDIAN,
        f"    {MEDIAN}".replace("\n", "\n    "),
        "1. `ordered = sorted(values)`\n2. `return ordered[len(ordered) // 2]`",
        "> return sorted(values)[len(values) // 2]",
        "The answer is return sorted(values)[len(values) // 2].",
        "Use: `sum(x for x in values) / len(values)`",
        "if len(values) % 2 == 0:\n    return (a + b) / 2\nelse:\n    return a",
        "const n = values.length;\nvalues.sort();\n}",
        "<pre>anything that stands here</pre>",
        "data = {\n  'a': 1,\n}",
    ],
)
@pytest.mark.parametrize("rung", RUNGS[:-1])
def test_code_never_passes(answer: str, rung: Rung) -> None:
    said = spoken(answer, rung)
    assert said.text == ""
    assert said.cut > 0 or rung == "question"


def test_words_around_code_stay() -> None:
    answer = f"Look at the last line. For an even count there are two in the middle.\n\nLike so:\n```\n{MEDIAN}\n```"
    assert (
        spoken(answer, "pointer").text
        == "Look at the last line. For an even count there are two in the middle."
    )


def test_code_inside_a_sentence_is_taken_out_of_it() -> None:
    said = spoken("Line 3 takes `ordered[n // 2]`, think of an even n there.", "pointer")
    assert (said.text, said.cut) == ("Line 3 takes …, think of an even n there.", 1)


@pytest.mark.parametrize(
    "answer",
    [
        "Think of `sorted()`, and of what median([4, 1, 3, 2]) should give.",
        "Look in values, not in the copy: is it in order?",
        "What does median([3, 1, 2]) == 2 tell you about the order?",
        "The name `values` is a list; what if it has an even length?",
    ],
)
def test_plain_words_names_and_examples_are_no_code(answer: str) -> None:
    assert spoken(answer, "pointer").text == answer
    assert spoken(answer, "pointer").cut == 0


def test_a_question_is_all_that_the_lowest_rung_gives() -> None:
    answer = "You must sort the list first. What stands in the middle of four values? Then take the mean."
    assert spoken(answer, "question").text == "What stands in the middle of four values?"
    assert spoken("Sort the list and take the mean of the two in the middle.", "question").text == ""


def test_steps_in_words_stay_and_those_in_python_go() -> None:
    answer = (
        "1. Sort the values.\n2. n = len(values)\n3. If n is even, take the mean of the two in the middle."
    )
    assert spoken(answer, "pseudo-code").text == (
        "1. Sort the values.\n3. If n is even, take the mean of the two in the middle."
    )


def test_a_long_answer_is_cut_to_the_rung() -> None:
    answer = " ".join(f"Sentence number {number} says a lot." for number in range(20))
    assert spoken(answer, "pointer").text.count("Sentence") == 4


@pytest.mark.parametrize("rung", RUNGS[:-1])
@pytest.mark.parametrize("failing", ["", "median([4, 1, 3, 2]) is 3, expected 2.5"])
@pytest.mark.parametrize("error", ["", "In[3], line 2: return s[n]\nIndexError: list index out of range"])
def test_hints_without_a_model_are_words_about_what_fails(rung: Rung, failing: str, error: str) -> None:
    said = made_hint(rung, failing=failing, error=error, has_attempt=bool(failing))
    assert "def " not in said
    if failing:
        assert failing in said
    elif error and rung != "pseudo-code":
        assert "IndexError" in said
    assert rung != "question" or said.endswith("?")


def test_each_further_request_goes_one_rung_up() -> None:
    given: list[TutorRecord] = []
    for rung in (*RUNGS, "code"):
        wish = due_hint(WORDS if not given else "another hint, please", POLICY, given)
        assert wish is not None
        assert (wish.problem, wish.rung) == (WORDS, rung)
        given.append(record("", wish.rung, wish.problem))


def test_no_code_ends_at_the_steps() -> None:
    given = [record(WORDS, rung) for rung in RUNGS[:3]]
    wish = due_hint("hint", TutorPolicy(level="no-code"), given)
    assert wish is not None
    assert (wish.rung, wish.next_rung) == ("pseudo-code", None)
    assert due_hint("code", TutorPolicy(level="no-code", may_skip=True), given[:1]).rung == "pointer"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "is_same"),
    [
        (WORDS, True),
        ("write median(values) which gives the middle of a list of numbers", True),
        ("Write a median(values) that gives the middle of the list of numbers, please.", True),
        ("Write mean(values), which gives the middle of a list of numbers.", False),
        ("Plot the middle of each month.", False),
        ("Why does my median(values) give 3?", True),
        ("hint", True),
        ("I still don't understand, help?", True),
    ],
)
def test_which_words_are_about_the_same_problem(words: str, is_same: bool) -> None:
    wish = due_hint(words, POLICY, [record(WORDS, "question")])
    assert wish is not None
    assert wish.rung == ("pointer" if is_same else "question")
    assert (wish.problem == WORDS) == is_same


@pytest.mark.parametrize(
    ("words", "is_same"),
    [
        ("Explain the last error to me in plain words", True),
        ("Explain the last error in words", True),
        ("Explain the second error in plain figures", False),
    ],
)
def test_words_that_name_no_code_are_compared(words: str, is_same: bool) -> None:
    wish = due_hint(words, POLICY, [record("Explain the last error in plain words.", "question")])
    assert wish is not None
    assert wish.rung == ("pointer" if is_same else "question")


def test_a_rung_is_skipped_only_where_the_teacher_allows_it() -> None:
    given = [record(WORDS, "question")]
    plain = due_hint("hint pseudo-code", POLICY, given)
    assert plain is not None
    assert (plain.rung, plain.was_refused) == ("pointer", True)
    free = due_hint("hint pseudo-code", TutorPolicy(level="hints", may_skip=True), given)
    assert free is not None
    assert (free.rung, free.was_refused) == ("pseudo-code", False)


def test_a_hint_without_a_problem_is_none() -> None:
    assert due_hint("another hint", POLICY, []) is None


def test_what_words_name_as_code() -> None:
    words = "Fix `total` and mean(x) in price_list of In[3]"
    assert named_in_code(words) == {"total", "mean", "price_list", "3"}
