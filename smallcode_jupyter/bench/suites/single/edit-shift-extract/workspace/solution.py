"""The weekly report of hours worked."""

FULL_WEEK = 40 * 60


def duration_text(minutes):
    """510 as "8:30"."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def weekly_report(worked):
    """One line for each person, by name, with regular time and overtime; `worked` is {name: minutes}."""
    lines = []
    for name in sorted(worked):
        if worked[name] > FULL_WEEK:
            regular = FULL_WEEK
            extra = worked[name] - FULL_WEEK
        else:
            regular = worked[name]
            extra = 0
        line = f"{name}: {duration_text(regular)}"
        if extra > 0:
            line += f" + {duration_text(extra)} overtime"
        lines.append(line)
    return "\n".join(lines)
