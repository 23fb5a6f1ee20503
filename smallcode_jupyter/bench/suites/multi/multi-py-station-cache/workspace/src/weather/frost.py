"""What gardeners ask for."""

from weather.archive import Archive


def frost_count(archive: Archive, station: str, month: str) -> int:
    """How many readings of a month are below zero."""
    return sum(1 for value in archive.readings(station, month) if value < 0)


def coldest_station(archive: Archive, month: str) -> str | None:
    """The station with the lowest reading of a month, None without readings. The first by name wins a tie."""
    coldest = None
    lowest = float("inf")
    for station in archive.stations():
        values = archive.readings(station, month)
        if values and min(values) < lowest:
            coldest, lowest = station, min(values)
    return coldest
