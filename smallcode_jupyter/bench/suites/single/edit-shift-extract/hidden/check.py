def clock(minutes):
    return f"{minutes // 60}:{minutes % 60:02d}"


def minutes_of(begin, end, pause):
    return (end - begin) % 1440 - pause


def report(shifts):
    worked = {}
    for name, *times in shifts:
        worked[name] = worked.get(name, 0) + minutes_of(*times)
    lines = []
    for name in sorted(worked):
        over = worked[name] - 2400
        lines.append(f"{name}: {clock(worked[name])}" if over <= 0 else f"{name}: 40:00 + {clock(over)} overtime")
    return "\n".join([*lines, f"All: {clock(sum(worked.values()))}"])


def line_of(random, shift):
    name, begin, end, pause = shift
    blank = random.choice(["", "", " "])
    span = f"{begin // 60:02d}:{begin % 60:02d}-{end // 60:02d}:{end % 60:02d}"
    return f"{blank}{name}{blank};Mon;{blank}{span}{blank};{pause}{blank}"


MALFORMED = ("Anna", "Anna;Mon;09:00;0", "Anna;Mon;09:00-17:00", "Anna;Mon;09:00-17:00;x", "Anna;Mon;nine-ten;0", "Anna;Mon;09-17;0",
             "Anna;Mon;09:00-17:00;0;late")


def check(exam):
    py = exam.python()
    for line, expected in (
        ("Anna;Mon;09:00-17:30;30", ("Anna", 480)), ("Ben;Mon;22:00-06:00;45", ("Ben", 435)), (" Cy ; Tue ; 8:05-8:05 ; 0 ", ("Cy", 0)),
        ("Anna;Mon;09:00-10:00;90", ("Anna", -30)), ("", None), ("   ", None), ("# Anna;Mon;09:00-17:30;30", None), ("  #", None),
        ("D;;23:59-00:00;0\n", ("D", 1)),
    ):
        py.equal("solution.parse_shift(line)", expected, line=line)
    for line in MALFORMED:
        py.raises("ValueError", "solution.parse_shift(line)", line=line, says="malformed shift")
        py.raises("ValueError", "solution.weekly_report(text)", text=f"\n#\n{line}", says="line 3 is malformed")
    for minutes in (0, 1, 2399, 2400, 2401, 2500, 9000):
        py.equal("solution.split_overtime(minutes)", (min(minutes, 2400), max(0, minutes - 2400)), minutes=minutes)
        py.equal("solution.split_overtime(minutes, 60)", (min(minutes, 60), max(0, minutes - 60)), minutes=minutes)
    py.equal("solution.split_overtime(90, limit=60)", (60, 30))
    for _ in range(20):
        shifts = []
        for _ in range(exam.random.randint(0, 14)):
            begin, end = exam.random.randrange(0, 1440, 5), exam.random.randrange(0, 1440, 5)
            shifts.append((exam.random.choice(["Anna", "Ben", "Cy"]), begin, end, min(exam.random.choice([0, 15, 30, 45]), (end - begin) % 1440)))
        lines = [line_of(exam.random, shift) for shift in shifts]
        for shift, line in zip(shifts, lines):
            py.equal("solution.parse_shift(line)", (shift[0], minutes_of(*shift[1:])), line=line)
        lines.insert(exam.random.randint(0, len(lines)), exam.random.choice(["", "# note; x", "  "]))
        text = "\n".join(lines)
        py.equal("solution.weekly_report(text)", report(shifts), text=text)
        names = list(dict.fromkeys(line.split(";")[0].strip() for line in lines if ";" in line and not line.startswith("#")))
        py.equal("solution.people(text)", names, text=text)
    py.equal("solution.weekly_report('')", "All: 0:00")
    py.equal("[solution.duration_text(510), solution.FULL_WEEK]", ["8:30", 2400])
    py.run("""
asked = []
def parse(line):
    asked.append(line)
    return (line.upper(), len(line)) if line.strip() else None
def split(minutes, limit=2400):
    asked.append(minutes)
    return minutes * 60, 60
solution.parse_shift, solution.split_overtime = parse, split
""")
    py.equal("solution.weekly_report('bb\\n\\nccc\\nbb')", "BB: 4:00 + 1:00 overtime\nCCC: 3:00 + 1:00 overtime\nAll: 0:07")
    py.equal("asked", ["bb", "", "ccc", "bb", 4, 3])
