from inventory import Inventory, OutOfStock

stock = Inventory({"a": 2})
stock.add("a", 3)
assert stock.count("a") == 5
stock.take("a", 5)
assert stock.count("a") == 0 and stock.names() == []
try:
    stock.take("a")
except OutOfStock:
    pass
else:
    raise AssertionError("nothing raised")
for bad in (0, -1):
    for method in (stock.add, stock.take):
        try:
            method("x", bad)
        except ValueError:
            continue
        raise AssertionError("no ValueError")
given = {"z": 1}
Inventory(given).add("z")
assert given == {"z": 1}
