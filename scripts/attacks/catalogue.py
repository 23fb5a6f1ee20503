"""Every attack, in groups."""

from __future__ import annotations

from attack import Attack
from files import FILES
from inherited import INHERITED
from machine import MACHINE
from network import NETWORK
from processes import PROCESSES

__all__ = ["ATTACKS"]

ATTACKS: tuple[Attack, ...] = (*FILES, *NETWORK, *PROCESSES, *INHERITED, *MACHINE)
_names = [attack.name for attack in ATTACKS]
assert len(_names) == len(set(_names)), "two attacks of one name"
