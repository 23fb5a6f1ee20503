"""Asking a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smallcode_jupyter.frontends.ask import choose, make_asker
from smallcode_jupyter.protocol.effects import Answer, AskUser

QUESTION = AskUser(question="Run `rm x`?", choices=("yes", "no", "never"), default="no")


def reader(*answers: str) -> Callable[[str], str]:
    left = list(answers)

    def read(prompt: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    return read


@pytest.mark.parametrize(
    ("text", "choice"), [("", "no"), ("YES", "yes"), ("y", "yes"), ("no", "no"), ("n", None)]
)
def test_an_answer_means_a_choice(text: str, choice: str | None) -> None:
    assert choose(text, QUESTION) == choice


def test_the_person_is_asked_again_until_it_fits() -> None:
    assert make_asker(reader("what?", "y"), can_ask=lambda: True)(QUESTION) == Answer(choice="yes")


def test_the_prompt_shows_choices_and_default_and_no_escapes() -> None:
    prompts: list[str] = []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return "y"

    asked = AskUser(question="Run \x1b[31m`x`?", choices=("yes", "no"), default="no")
    make_asker(read, can_ask=lambda: True)(asked)
    assert prompts == ["Run `x`? [yes/no] (no) "]


@pytest.mark.parametrize("answers", [(), ("a", "b", "c", "y")])
def test_no_answer_is_the_default_and_says_so(answers: tuple[str, ...]) -> None:
    answer = make_asker(reader(*answers), can_ask=lambda: True)(QUESTION)
    assert answer.choice == "no"
    assert answer.problem is not None
    assert answer.problem.what == "“no” was taken without asking."


def test_nobody_is_asked_where_nobody_can_be() -> None:
    def read(prompt: str) -> str:
        raise AssertionError(prompt)

    answer = make_asker(read, can_ask=lambda: False)(QUESTION)
    assert (answer.choice, answer.problem is not None) == ("no", True)
