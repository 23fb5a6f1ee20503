"""All vehicles of the service."""

from operator import attrgetter

from fleet.vehicles import Vehicle, normal_reg


class Garage:
    """Vehicles, each reg once."""

    def __init__(self):
        self._vehicles: dict[str, Vehicle] = {}

    def add(self, vehicle: Vehicle) -> Vehicle:
        """Take a vehicle in. Raises ValueError for one that is here already."""
        reg = normal_reg(vehicle.reg)
        if reg in self._vehicles:
            raise ValueError(f"reg {reg} is here already")
        self._vehicles[reg] = Vehicle(reg=reg, make=vehicle.make, year=vehicle.year)
        return self._vehicles[reg]

    def find_by_reg(self, reg: str) -> Vehicle:
        """The vehicle with a reg in any spelling. Raises LookupError if there is none."""
        try:
            return self._vehicles[normal_reg(reg)]
        except KeyError:
            raise LookupError(f"no vehicle with reg {reg}") from None

    def find_by_plate(self, plate):
        return self.find_by_reg(plate)

    def oldest(self) -> Vehicle | None:
        """The oldest vehicle, the first by reg among several."""
        return min(self._vehicles.values(), key=attrgetter("year", "reg"), default=None)

    def all(self) -> list[Vehicle]:
        """Vehicles by reg."""
        return sorted(self._vehicles.values(), key=attrgetter("reg"))
