"""Readings as they come from the loggers: lines of station;day;temperature."""

from weather.cache import remember


class Archive:
    """All readings of some loggers."""

    def __init__(self, lines):
        self.lines = list(lines)
        self.parsed = 0
        """How often the lines were gone through for a station and a month."""

    def stations(self) -> list[str]:
        """The names of all stations in alphabetical order."""
        return sorted({line.split(";")[0].strip() for line in self.lines if line.strip()})

    @remember
    def readings(self, station: str, month: str) -> list[float]:
        """Temperatures of a station in a month such as "2026-05", in the order of their days."""
        self.parsed += 1
        found = []
        for line in self.lines:
            if not line.strip():
                continue
            name, day, temperature = (part.strip() for part in line.split(";"))
            if name == station and day.startswith(month + "-"):
                found.append((day, float(temperature)))
        found.sort(key=lambda pair: pair[0])
        return [temperature for _, temperature in found]

    @remember
    def days(self, station: str, month: str) -> int:
        """The number of readings of a station in a month."""
        return len(self.readings(station, month))
