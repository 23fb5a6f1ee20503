"""Asking by name before validated code runs unseen."""

from __future__ import annotations

import pytest

from smallcode_jupyter.frontends.consent import kernel_note, may_run
from smallcode_jupyter.protocol.changes import ChangeSet, FileChange
from smallcode_jupyter.protocol.effects import Answer, AskUser


def cell(code: str) -> ChangeSet:
    return ChangeSet(id="1", files=(FileChange(path="cell:new", before=None, after=code, before_hash=None),))


def test_harmless_code_is_not_asked_about() -> None:
    def ask(question: AskUser) -> Answer:
        raise AssertionError(question)

    assert may_run(cell("total = sum([1, 2])\nprint(total)"), ask)


@pytest.mark.parametrize("choice", ["yes", "no"])
def test_risky_code_is_asked_about_by_name(choice: str) -> None:
    asked: list[AskUser] = []

    def ask(question: AskUser) -> Answer:
        asked.append(question)
        return Answer(choice=choice)

    assert may_run(cell("import requests, os\nos.remove('a')"), ask) == (choice == "yes")
    assert asked == [
        AskUser(
            question="The cell is ready, but it uses the network, it deletes files. Run it here?",
            choices=("yes", "no"),
            default="no",
        )
    ]


def test_an_unconfined_kernel_is_called_so() -> None:
    assert kernel_note() == "unconfined kernel"
