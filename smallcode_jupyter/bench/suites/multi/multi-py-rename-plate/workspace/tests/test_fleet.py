from fleet.files import read_garage, write_vehicles
from fleet.fuel import FuelLog
from fleet.vehicles import Vehicle, normal_plate

TEXT = "reg,make,year\nAB 12,Fiat,2020\n"


def test_vehicle():
    assert Vehicle("AB 12", "Fiat", 2020).plate == "AB 12"
    assert normal_plate(" ab  12 ") == "AB 12"


def test_files():
    assert write_vehicles([Vehicle("AB 12", "Fiat", 2020)]) == TEXT
    assert read_garage(TEXT).find_by_plate("ab 12").make == "Fiat"


def test_fuel():
    log = FuelLog(read_garage(TEXT))
    log.fill(plate="AB 12", litres=30)
    assert log.report() == ["reg AB 12: 30.0 l"]
