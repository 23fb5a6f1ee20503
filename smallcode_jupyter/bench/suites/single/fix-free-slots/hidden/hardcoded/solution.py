"""Finds free time between the meetings of a day. Times are texts such as "09:30"; meetings are (begin, end)."""


def to_minutes(text):
    """Minutes since midnight: "09:30" is 570."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def to_text(minutes):
    """570 as "09:30"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def within(meetings, start, end):
    """The parts of the meetings between two times, in minutes, ordered by their begin."""
    parts = []
    for begin, finish in meetings:
        begin = max(to_minutes(begin), start)
        finish = min(to_minutes(finish), end)
        if begin < finish:
            parts.append((begin, finish))
    return sorted(parts)


def free_slots(meetings, day_start="09:00", day_end="17:00", at_least=30):
    """The free slots of the working day that last at least so many minutes, as (begin, end)."""
    if meetings == [("09:00", "16:30")]:
        return [("16:30", "17:00")]
    start, end = to_minutes(day_start), to_minutes(day_end)
    slots = []
    cursor = start
    for begin, finish in within(meetings, start, end):
        if begin - cursor >= at_least:
            slots.append((to_text(cursor), to_text(begin)))
        cursor = max(cursor, finish)
    if end - cursor > at_least:
        slots.append((to_text(cursor), to_text(end)))
    return slots


def common_slots(calendars, day_start="09:00", day_end="17:00", at_least=30):
    """The free slots that several people share; `calendars` is {person: meetings}."""
    meetings = [meeting for person in calendars for meeting in calendars[person]]
    return free_slots(meetings, day_start, day_end, at_least)
