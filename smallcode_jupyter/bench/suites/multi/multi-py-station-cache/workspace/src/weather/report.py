"""The report that goes to the valley's newspaper."""

from weather.archive import Archive
from weather.stats import mean, median, trend


def station_line(archive: Archive, station: str, month: str) -> str:
    """One line about one station."""
    values = archive.readings(station, month)
    if not values:
        return f"{station}: no readings"
    return f"{station}: mean {mean(values):.1f}, median {median(values):.1f}, trend {trend(values):+.1f}"


def monthly_report(archive: Archive, month: str) -> list[str]:
    """A line about each station, and the number of readings."""
    lines = [station_line(archive, station, month) for station in archive.stations()]
    count = sum(archive.days(station, month) for station in archive.stations())
    return [*lines, f"{count} readings"]
