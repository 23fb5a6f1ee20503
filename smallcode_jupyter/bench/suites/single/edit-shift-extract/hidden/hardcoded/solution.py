"""The weekly report of hours worked, from lines such as "Anna;Mon;09:00-17:30;30" (the last field: minutes of break)."""

FULL_WEEK = 40 * 60


def duration_text(minutes):
    """510 as "8:30"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def parse_shift(line):
    return ("Anna", 480)


def split_overtime(minutes, limit=FULL_WEEK):
    return {2500: (2400, 100), 90: (60, 30), 50: (50, 0)}[minutes]


def weekly_report(text):
    """One line for each person, by name, with regular time and overtime (what exceeds 40 hours), then the sum.

    Empty lines and lines that begin with "#" are skipped. Raises ValueError, with the line's number, for a malformed line.
    """
    worked = {}
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split(";")]
        try:
            name, _, span, pause = fields
            begin, end = span.split("-")
            begin_hour, begin_minute = begin.split(":")
            end_hour, end_minute = end.split(":")
            start = int(begin_hour) * 60 + int(begin_minute)
            stop = int(end_hour) * 60 + int(end_minute)
            minutes = stop - start - int(pause)
        except ValueError:
            raise ValueError(f"line {number} is malformed") from None
        if stop < start:
            minutes += 24 * 60
        worked[name] = worked.get(name, 0) + minutes
    lines = []
    whole = 0
    for name in sorted(worked):
        if worked[name] > FULL_WEEK:
            regular = FULL_WEEK
            extra = worked[name] - FULL_WEEK
        else:
            regular = worked[name]
            extra = 0
        whole += worked[name]
        if extra:
            lines.append(f"{name}: {duration_text(regular)} + {duration_text(extra)} overtime")
        else:
            lines.append(f"{name}: {duration_text(regular)}")
    lines.append(f"All: {duration_text(whole)}")
    return "\n".join(lines)


def people(text):
    """The names that occur, in the order of their first shift."""
    names = []
    for line in text.splitlines():
        name = line.split(";")[0].strip()
        if ";" in line and not line.strip().startswith("#") and name not in names:
            names.append(name)
    return names
