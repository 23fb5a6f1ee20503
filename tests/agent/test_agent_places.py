"""What words say of the place of a fault, in wordings of many kinds."""

from __future__ import annotations

import pytest

from smallcode_jupyter.agent.places import is_place_unknown, ruled_out


@pytest.mark.parametrize(
    "words",
    [
        "Invoices come out empty on Mondays. Track down why, and repair it.",
        "Please look for the root cause of the double bookings.",
        "Something is off with the totals: find out what is wrong.",
        "There must be a bug somewhere: saved games are lost.",
        "Work out where the extra cent comes from and remove it.",
        "Hunt down the origin of the stale prices.",
        "Exports are twice as long as they were; the culprits are unknown.",
        "Diagnose what goes wrong when two people edit at once.",
        "The problem lies elsewhere than one would think.",
        "Investigate the reason for the slow start, then mend it.",
    ],
)
def test_a_fault_whose_place_is_to_be_found(words: str) -> None:
    assert is_place_unknown(words)


@pytest.mark.parametrize(
    "words",
    [
        "Division by zero causes a crash in ratio.py: return None there.",
        "Find all users older than a limit: add `find_users(limit)` to people.py.",
        "Add a column `reason` to the report and print it in cli.py.",
        "Look for a file `config.toml` first, then use the defaults.",
        "Fix the error message in parse.py, because it names the wrong line.",
        "Log where each request comes from.",
    ],
)
def test_what_has_a_place_is_not_searched(words: str) -> None:
    assert not is_place_unknown(words)


@pytest.mark.parametrize(
    "words",
    [
        "tax.py is fine.",
        "I have looked: tax.py is perfectly okay, so search below it.",
        "tax.py is not to blame.",
        "Caching in tax.py has already been tried.",
        "Rounding in tax.py did not help.",
        "Please leave tax.py alone.",
        "Keep `tax.py` as it is.",
        "Mend it without touching tax.py.",
        "Don't change tax.py or area.py.",
        "You must not edit the file tax.py.",
        "tax.py needs no changes.",
        "tax.py must not be modified.",
        "Make no changes to tax.py!",
        "The fault is not in tax.py.",
        "It lies outside tax.py.",
        "tax.py should remain the same.",
    ],
)
def test_files_that_are_ruled_out(words: str) -> None:
    assert "tax.py" in ruled_out(words)


@pytest.mark.parametrize(
    "words",
    [
        "tax.py: `rate(year)` becomes `rate_of(year)`.",
        "The result of tax.py is wrong for leap years.",
        "Change tax.py so that years before 1990 are refused.",
        "tax.py rounds too early; do not round there.",
        "In tax.py, keep a list of all rates.",
        "Edit tax.py. Never print from area.py.",
        "The sums in tax.py were wrong since May.",
        "Mend tax.py; area.py is right.",
    ],
)
def test_files_that_are_not(words: str) -> None:
    assert "tax.py" not in ruled_out(words)
