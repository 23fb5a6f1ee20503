"""Asking the person, where there is one: in a terminal, or through the notebook's input field."""

from __future__ import annotations

from collections.abc import Callable

from smallcode_jupyter.protocol.effects import Answer, AskUser
from smallcode_jupyter.protocol.errors import Problem
from smallcode_jupyter.render.plain import plain

__all__ = ["Asker", "ask_nobody", "choose", "make_asker"]

Asker = Callable[[AskUser], Answer]

_TRIES = 3


def make_asker(read: Callable[[str], str], *, can_ask: Callable[[], bool]) -> Asker:
    """An asker over something like `input`. Where nobody can be asked, the default is taken and the answer says so."""

    def ask(question: AskUser) -> Answer:
        if not can_ask():
            return _nobody(question, "There is no one to ask here.")
        prompt = f"{plain(question.question)} [{'/'.join(question.choices)}] ({question.default}) "
        try:
            for _ in range(_TRIES):
                choice = choose(read(prompt), question)
                if choice is not None:
                    return Answer(choice=choice)
        except (EOFError, OSError) as error:
            return _nobody(question, f"The input ended: {type(error).__name__}.")
        except RuntimeError as error:  # a front end without an input field
            return _nobody(question, f"This front end cannot be asked: {error}")
        return _nobody(question, f"None of {', '.join(question.choices)} was answered.")

    return ask


def ask_nobody(question: AskUser) -> Answer:
    """The default, where a widget is what the person would have to answer with."""
    return _nobody(question, "A widget cannot be answered while the kernel waits.")


def choose(text: str, question: AskUser) -> str | None:
    """The choice that an answer means: empty is the default, a beginning counts if only one choice has it; or None."""
    typed = text.strip().lower()
    if not typed:
        return question.default
    exact = [choice for choice in question.choices if choice.lower() == typed]
    fitting = exact or [choice for choice in question.choices if choice.lower().startswith(typed)]
    return fitting[0] if len(fitting) == 1 else None


def _nobody(question: AskUser, why: str) -> Answer:
    problem = Problem(code="nobody_asked", what=f"“{question.default}” was taken without asking.", why=why)
    return Answer(choice=question.default, problem=problem)
