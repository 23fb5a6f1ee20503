def minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


def text(number):
    return f"{number // 60:02d}:{number % 60:02d}"


def taken(meetings):
    return {minute for begin, end in meetings for minute in range(minutes(begin), minutes(end))}


def slots(meetings, start="09:00", end="17:00", least=30):
    busy, found, begin = taken(meetings), [], None
    last = minutes(end)
    for minute in range(minutes(start), last + 1):
        is_free = minute < last and minute not in busy
        if is_free and begin is None:
            begin = minute
        elif not is_free and begin is not None:
            if minute - begin >= least:
                found.append((text(begin), text(minute)))
            begin = None
    return found


def random_meetings(random):
    meetings = []
    for _ in range(random.randint(0, 6)):
        begin = random.randrange(7 * 60, 18 * 60, 15)
        meetings.append([text(begin), text(min(begin + random.choice([15, 30, 45, 60, 120, 240]), 20 * 60))])
    return meetings


def check(exam):
    py = exam.python("import solution\ndef t(meetings): return [tuple(m) for m in meetings]")
    cases = [
        [], [["09:00", "12:00"], ["10:00", "10:30"]], [["09:00", "16:30"]], [["09:00", "16:31"]], [["09:00", "11:00"], ["10:00", "12:00"]],
        [["09:00", "17:00"]], [["08:00", "18:00"]], [["07:00", "08:00"], ["17:00", "18:00"]], [["16:00", "18:00"], ["08:00", "09:30"]],
        [["12:00", "13:00"], ["10:00", "12:00"]], [["09:30", "10:00"], ["10:30", "16:45"]], [["10:00", "15:00"], ["10:00", "11:00"], ["14:00", "14:30"]],
        [["09:29", "10:00"], ["10:29", "11:00"]],
    ]
    cases += [random_meetings(exam.random) for _ in range(25)]
    for meetings in cases:
        py.equal("solution.free_slots(t(m))", slots(meetings), m=meetings)
    for meetings in cases[-12:]:
        least = exam.random.choice([15, 45, 60, 90])
        py.equal("solution.free_slots(t(m), '08:00', '18:30', n)", slots(meetings, "08:00", "18:30", least), m=meetings, n=least)
    for _ in range(15):
        people = {name: random_meetings(exam.random)[:3] for name in ("Ada", "Ben", "Cem")}
        least = exam.random.choice([15, 30, 60])
        together = slots([meeting for name in people for meeting in people[name]], least=least)
        py.equal("solution.common_slots({k: t(v) for k, v in c.items()}, at_least=n)", together, c=people, n=least)
    py.equal("[solution.to_minutes('09:30'), solution.to_text(570), solution.to_text(5)]", [570, "09:30", "00:05"])
    py.equal("solution.within([('16:00', '18:00'), ('08:00', '10:00'), ('09:30', '09:30')], 540, 1020)", [(540, 600), (960, 1020)])
