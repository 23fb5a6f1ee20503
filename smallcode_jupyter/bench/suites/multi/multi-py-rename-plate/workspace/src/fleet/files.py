"""Vehicles as CSV, the way the tax office's program reads and writes them."""

import csv
import io

from fleet.garage import Garage
from fleet.vehicles import Vehicle

COLUMNS = ("reg", "make", "year")


def write_vehicles(vehicles: list[Vehicle]) -> str:
    """The CSV of some vehicles."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for vehicle in vehicles:
        writer.writerow([getattr(vehicle, column) for column in COLUMNS])
    return target.getvalue()


def read_garage(text: str) -> Garage:
    """A garage with the vehicles of a CSV."""
    garage = Garage()
    for row in csv.DictReader(io.StringIO(text)):
        row["year"] = int(row["year"])
        garage.add(Vehicle(**row))
    return garage
