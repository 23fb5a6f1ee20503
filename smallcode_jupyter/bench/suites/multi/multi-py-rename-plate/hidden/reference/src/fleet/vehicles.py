"""What is known of a vehicle."""

from dataclasses import dataclass


def normal_plate(text: str) -> str:
    """A plate as it is stored: capitals, single blanks. Raises ValueError for an empty one."""
    plate = " ".join(text.upper().split())
    if not plate:
        raise ValueError("a vehicle needs a reg")
    return plate


@dataclass(frozen=True)
class Vehicle:
    """One vehicle."""

    plate: str
    make: str
    year: int

    def label(self) -> str:
        """How the vehicle is called on the board."""
        return f"{self.make} [{self.plate}]"
