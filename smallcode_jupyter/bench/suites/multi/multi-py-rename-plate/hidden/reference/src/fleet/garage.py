"""All vehicles of the service."""

from operator import attrgetter

from fleet.vehicles import Vehicle, normal_plate


class Garage:
    """Vehicles, each plate once."""

    def __init__(self):
        self._vehicles: dict[str, Vehicle] = {}

    def add(self, vehicle: Vehicle) -> Vehicle:
        """Take a vehicle in. Raises ValueError for one that is here already."""
        plate = normal_plate(vehicle.plate)
        if plate in self._vehicles:
            raise ValueError(f"reg {plate} is here already")
        self._vehicles[plate] = Vehicle(plate=plate, make=vehicle.make, year=vehicle.year)
        return self._vehicles[plate]

    def find_by_plate(self, plate: str) -> Vehicle:
        """The vehicle with a plate in any spelling. Raises LookupError if there is none."""
        try:
            return self._vehicles[normal_plate(plate)]
        except KeyError:
            raise LookupError(f"no vehicle with reg {plate}") from None

    def oldest(self) -> Vehicle | None:
        """The oldest vehicle, the first by plate among several."""
        return min(self._vehicles.values(), key=attrgetter("year", "plate"), default=None)

    def all(self) -> list[Vehicle]:
        """Vehicles by plate."""
        return sorted(self._vehicles.values(), key=attrgetter("plate"))
