def clock(minutes):
    return f"{minutes // 60}:{minutes % 60:02d}"


def report(worked):
    lines = []
    for name in sorted(worked):
        over = worked[name] - 2400
        lines.append(f"{name}: {clock(worked[name])}" if over <= 0 else f"{name}: 40:00 + {clock(over)} overtime")
    return "\n".join(lines)


def check(exam):
    py = exam.python()
    for minutes in (0, 1, 59, 60, 61, 90, 2399, 2400, 2401, 2500, 9000):
        py.equal("solution.split_overtime(minutes)", (min(minutes, 2400), max(0, minutes - 2400)), minutes=minutes)
        py.equal("solution.split_overtime(minutes, 60)", (min(minutes, 60), max(0, minutes - 60)), minutes=minutes)
    py.equal("solution.split_overtime(90, limit=60)", (60, 30))
    py.equal("solution.weekly_report({})", "")
    py.equal("solution.weekly_report(worked)", "Anna: 40:00\nBen: 40:00 + 0:01 overtime\nCy: 0:00", worked={"Cy": 0, "Anna": 2400, "Ben": 2401})
    for _ in range(15):
        names = exam.random.sample(["Anna", "Ben", "Cy", "Dana", "eva"], exam.random.randint(1, 5))
        worked = {name: exam.random.choice([0, 480, 2399, 2400, 2401, 2465, 3000]) for name in names}
        py.equal("solution.weekly_report(worked)", report(worked), worked=worked)
    py.equal("[solution.duration_text(510), solution.FULL_WEEK]", ["8:30", 2400])
    py.run("""
asked = []
def split(minutes, limit=2400):
    asked.append(minutes)
    return minutes * 60, 60
solution.split_overtime = split
""")
    py.equal("solution.weekly_report({'Ben': 4, 'Anna': 3})", "Anna: 3:00 + 1:00 overtime\nBen: 4:00 + 1:00 overtime")
    py.equal("asked", [3, 4])
