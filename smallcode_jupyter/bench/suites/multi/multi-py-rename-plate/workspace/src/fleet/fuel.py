"""How much fuel the vehicles take."""

from fleet.garage import Garage


class FuelLog:
    """Litres by vehicle."""

    def __init__(self, garage: Garage):
        self.garage = garage
        self.litres: dict[str, float] = {}

    def fill(self, reg: str, litres: float) -> None:
        """Note that a vehicle of the garage was filled up."""
        if litres <= 0:
            raise ValueError("litres must be positive")
        vehicle = self.garage.find_by_reg(reg)
        self.litres[vehicle.reg] = self.litres.get(vehicle.reg, 0) + litres

    def report(self) -> list[str]:
        """A line for every vehicle."""
        lines = []
        for vehicle in self.garage.all():
            lines.append(f"reg {vehicle.reg}: {self.litres.get(vehicle.reg, 0):.1f} l")
        return lines
