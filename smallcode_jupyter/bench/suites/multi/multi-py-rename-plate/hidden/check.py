SETUP = """
import dataclasses, inspect
from fleet import files, fuel, garage, vehicles
from fleet.files import read_garage, write_vehicles
from fleet.fuel import FuelLog
from fleet.garage import Garage
from fleet.vehicles import Vehicle, normal_plate
def show(vehicle):
    return (vehicle.plate, vehicle.make, vehicle.year)
"""


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.equal("[field.name for field in dataclasses.fields(Vehicle)]", ["plate", "make", "year"])
    py.equal("list(inspect.signature(Garage.find_by_plate).parameters)", ["self", "plate"])
    py.equal("list(inspect.signature(FuelLog.fill).parameters)", ["self", "plate", "litres"])
    for code in ("Vehicle('A', 'B', 1)", "Vehicle"):
        py.equal(f"hasattr({code}, 'reg')", False)
    py.equal("hasattr(Garage, 'find_by_reg')", False)
    py.equal("[hasattr(module, 'normal_reg') for module in (files, fuel, garage, vehicles)]", [False] * 4)
    py.equal("Vehicle(plate='AB 12', make='Fiat', year=2020).label()", "Fiat [AB 12]")
    py.equal("normal_plate('  ab  12 c ')", "AB 12 C")
    py.raises("ValueError", "normal_plate('  ')", says="a vehicle needs a reg")
    text = "reg,make,year\nAB 12,Fiat,2020\n"
    py.equal("write_vehicles([Vehicle('AB 12', 'Fiat', 2020)])", text)
    py.equal("write_vehicles([])", "reg,make,year\n")
    py.run("garage = read_garage(text)", text="reg,make,year\nzz 1,Audi,2019\nab  12,Fiat,2020\nCC 3,Seat,2019\n")
    py.equal("[show(vehicle) for vehicle in garage.all()]", [("AB 12", "Fiat", 2020), ("CC 3", "Seat", 2019), ("ZZ 1", "Audi", 2019)])
    py.equal("show(garage.oldest())", ("CC 3", "Seat", 2019))
    py.equal("Garage().oldest()", None)
    py.equal("show(garage.find_by_plate(plate='zz 1'))", ("ZZ 1", "Audi", 2019))
    py.raises("LookupError", "garage.find_by_plate('QQ 1')", says="no vehicle with reg QQ 1")
    py.raises("ValueError", "garage.add(Vehicle('ab 12', 'VW', 2000))", says="reg AB 12 is here already")
    py.run("log = FuelLog(garage)")
    py.equal("log.fill('ab 12', 30)", None)
    py.equal("log.fill(plate='AB 12', litres=12.25)", None)
    py.equal("log.report()", ["reg AB 12: 42.2 l", "reg CC 3: 0.0 l", "reg ZZ 1: 0.0 l"])
    py.raises("ValueError", "log.fill('AB 12', 0)")
    py.raises("LookupError", "log.fill('QQ 1', 5)")
    py.equal("write_vehicles(garage.all())", "reg,make,year\nAB 12,Fiat,2020\nCC 3,Seat,2019\nZZ 1,Audi,2019\n")
    for _ in range(8):
        plates = exam.random.sample([f"{letter} {number}" for letter in "ABCD" for number in range(1, 9)], 5)
        rows = [(plate, exam.random.choice(["Fiat", "VW, old"]), exam.random.randrange(1990, 2026)) for plate in plates]
        lines = "".join(f'{plate},"{make}",{year}\n' for plate, make, year in rows)
        py.run("garage = read_garage(text); log = FuelLog(garage)", text="reg,make,year\n" + lines)
        litres = dict.fromkeys(plates, 0)
        for _ in range(6):
            plate, amount = exam.random.choice(plates), exam.random.randrange(1, 60)
            litres[plate] += amount
            py.equal("log.fill(plate, amount)", None, plate=plate.lower(), amount=amount)
        py.equal("log.report()", [f"reg {plate}: {litres[plate]:.1f} l" for plate in sorted(plates)])
        py.equal("[show(vehicle) for vehicle in read_garage(write_vehicles(garage.all())).all()]", sorted(rows))
        py.equal("show(garage.oldest())", min(rows, key=lambda row: (row[2], row[0])))
