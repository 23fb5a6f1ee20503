"""The attack matrix: what a plain copy of the kernel could do, and a trial cannot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "scripts" / "attacks"
QUICK = (
    "overwrite a file in the folder",
    "overwrite a file elsewhere",
    "read a private key",
    "read the key that signs messages",
    "read a secret of the environment",
    "open a TCP connection",
    "write to an inherited connection",
    "signal the kernel",
    "write the kernel's memory through /proc",
    "write with an inherited file object",
    "write to a shared array",
    "write to a mapped file",
    "a daemon outlives it",
    "hide a changed array",
    "hide a written file",
)


@pytest.fixture(autouse=True, scope="module")
def _catalogue() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


def _not_as_declared(names: tuple[str, ...]) -> list[str]:
    import run
    from catalogue import ATTACKS

    attacks = tuple(attack for attack in ATTACKS if not names or attack.name in names)
    assert len(attacks) == len(names or ATTACKS)
    rows = run.run_attacks(attacks)
    return [f"{row.attack.name}: {row.state} ({row.why})" for row in rows if row.state in ("wrong", "void")]


@pytest.mark.kernel
def test_a_trial_stops_what_a_plain_copy_can_do() -> None:
    assert _not_as_declared(QUICK) == []


@pytest.mark.attacks
@pytest.mark.timeout(1800)
def test_every_attack_is_stopped_or_declared_open() -> None:
    assert _not_as_declared(()) == []


def test_what_stays_open_is_said_with_its_reason() -> None:
    from catalogue import ATTACKS

    assert len(ATTACKS) >= 120
    assert [attack.name for attack in ATTACKS if bool(attack.held_by) == bool(attack.open_because)] == []
    assert sorted(attack.name for attack in ATTACKS if attack.open_because) == [
        "300 processes of the administrator",
        "claim success in the report",
        "is there a private key, and how large",
        "the names in a private folder",
    ]
