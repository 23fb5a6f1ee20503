"""Imports between files that lead nowhere."""

from __future__ import annotations

import pytest

from smallcode_jupyter.checks.links import check_links

BEFORE: dict[str, str] = {
    "src/shop/__init__.py": "",
    "src/shop/rates.py": "def find_rate(): ...\n\n\nclass Table: ...\n",
    "src/shop/board.py": "from .rates import find_rate\n",
    "src/shop/cli.py": "from shop.rates import Table\nfrom shop import board\n",
    "src/shop/old.py": "from shop.gone import x\nfrom os import path\n",
    "src/shop/star.py": "from shop.rates import *\n",
    "src/shop/use.py": "from shop.star import find_rate\n",
}


def look(changes: dict[str, str | None], *, is_step: bool = False) -> str:
    after = {path: text for path, text in (BEFORE | changes).items() if text is not None}
    result = check_links(
        list(changes), paths=sorted(after), read=after.get, read_before=BEFORE.get, is_step=is_step
    )
    return result.detail if result is not None else ""


def test_a_name_that_went_is_told_where_it_is_still_imported() -> None:
    found = look({"src/shop/rates.py": "def rate(): ...\n\n\nclass Table: ...\n"})
    assert found == "src/shop/board.py, line 1: src/shop/rates.py does not define find_rate"


def test_a_module_that_went_is_told() -> None:
    found = look({"src/shop/rates.py": None, "src/shop/board.py": "x = 1\n"})
    assert "src/shop/cli.py, line 1: there is no module shop.rates" in found


def test_in_a_step_only_the_changed_file_is_judged() -> None:
    rates = "def rate(): ...\n\n\nclass Table: ...\n"
    assert look({"src/shop/rates.py": rates}, is_step=True) == ""
    board = "from .rates import rate_of\n"
    assert "does not define rate_of" in look({"src/shop/board.py": board}, is_step=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"src/shop/rates.py": "try:\n    find_rate = Table = 1\nexcept OSError: ...\n"},
        {"src/shop/board.py": "from json import loads\nfrom numpy import ndarray\n"},
        {"src/shop/old.py": "from shop.gone import x\n\n\ndef f(): ...\n"},
        {"src/shop/cli.py": "from . import board, rates\nfrom shop.rates import Table\n"},
        {"src/shop/rates.py": "def broken(:\n"},
    ],
)
def test_what_is_right_what_is_foreign_and_what_was_wrong_before_is_no_failure(
    changes: dict[str, str | None],
) -> None:
    assert look(changes) == ""
