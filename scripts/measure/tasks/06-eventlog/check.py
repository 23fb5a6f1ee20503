from eventlog import EventLog

log = EventLog(3)
log.add(5, "e")
log.add(1, "a")
log.add(3, "c")
assert len(log) == 3
assert log.between(0, 10) == ["a", "c", "e"]
assert log.between(1, 5) == ["a", "c"]
log.add(4, "d")
assert len(log) == 3
assert log.between(0, 10) == ["c", "d", "e"]
log = EventLog(5)
for name in "xyz":
    log.add(2, name)
assert log.between(2, 3) == ["x", "y", "z"]
assert log.between(3, 9) == []
for bad in (0, -2):
    try:
        EventLog(bad)
    except ValueError:
        continue
    raise AssertionError("no ValueError")
