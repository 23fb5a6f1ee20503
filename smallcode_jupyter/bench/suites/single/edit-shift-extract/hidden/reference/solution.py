"""The weekly report of hours worked, from lines such as "Anna;Mon;09:00-17:30;30" (the last field: minutes of break)."""

FULL_WEEK = 40 * 60


def duration_text(minutes):
    """510 as "8:30"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def parse_shift(line):
    """(name, minutes) of a line, None if it is empty or a comment. Raises ValueError if it is malformed."""
    line = line.strip()
    if not line or line.startswith("#"):
        return None
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
        raise ValueError("malformed shift") from None
    if stop < start:
        minutes += 24 * 60
    return name, minutes


def split_overtime(minutes, limit=FULL_WEEK):
    """(regular, overtime) of some minutes."""
    return min(minutes, limit), max(0, minutes - limit)


def weekly_report(text):
    """One line for each person, by name, with regular time and overtime (what exceeds 40 hours), then the sum.

    Empty lines and lines that begin with "#" are skipped. Raises ValueError, with the line's number, for a malformed line.
    """
    worked = {}
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            shift = parse_shift(line)
        except ValueError:
            raise ValueError(f"line {number} is malformed") from None
        if shift is None:
            continue
        name, minutes = shift
        worked[name] = worked.get(name, 0) + minutes
    lines = []
    whole = 0
    for name in sorted(worked):
        regular, extra = split_overtime(worked[name])
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
