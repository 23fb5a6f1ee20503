"""Cars that come and go. Times are minutes since the garage was opened."""

from parking.tariff import price


class GarageFull(Exception):
    """There is no free place."""


class Garage:
    """A garage with a number of places. Plates are compared without blanks and case: "ab 1" is "AB1"."""

    def __init__(self, places: int):
        if places < 1:
            raise ValueError("a garage needs a place")
        self.places = places
        self._entered: dict[str, int] = {}

    @property
    def free(self) -> int:
        """How many places are free."""
        return self.places - len(self._entered)

    def enter(self, plate: str, now: int) -> None:
        """A car comes in. Raises ValueError if it is in already, else GarageFull if no place is free."""
        key = self._key(plate)
        if key in self._entered:
            raise ValueError(f"{plate} is in already")
        if self.free == 0:
            raise GarageFull
        self._entered[key] = now

    def leave(self, plate: str, now: int) -> int:
        """A car goes out, its place is free again; what it has to pay. Raises KeyError for a car that is not in."""
        return price(now - self._entered.pop(self._key(plate)))

    def _key(self, plate: str) -> str:
        return plate.replace(" ", "").upper()
