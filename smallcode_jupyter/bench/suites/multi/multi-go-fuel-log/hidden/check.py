import json
from datetime import date, timedelta


def text(hundredths):
    return f"{hundredths // 100},{hundredths % 100:02}"


def short(hundredths):
    """The same number as people type it."""
    whole, part = text(hundredths).split(",")
    return whole if part == "00" else f"{whole},{part.rstrip('0')}"


def check(exam):
    questions = []

    def ask(do, content, expected):
        questions.append((do, content, expected))

    for content, value in {"40,05": 4005, "40,5": 4050, "40": 4000, "0,7": 70, "0,07": 7, "0,70": 70, "12,0": 1200, "12,00": 1200, "3,99": 399, "3,9": 390}.items():
        ask("decimal", content, value)
    for content in ("4,055", "4,-5", "x", "", "4,x", "-1", "4.5", "4,5,6"):
        ask("decimal", content, {"error": f'not a number: "{content}"'})
    for content in ("01.12.2025;10000;38,0", "1.12.2025;10000;38,0;66,0", "01.12.2025;far;38,0;66,0"):
        ask("report", content, {"error": f"bad line: {content}"})
    ask("report", "01.12.2025;10000;38,000;66,0", {"error": 'not a number: "38,000"'})
    ask("report", "", "spent: 0,00")
    ask("trips", "01.12.2025;10000;38,0;66,0", None)
    for _ in range(10):
        day, km, stops = date(2025, exam.random.randrange(1, 13), exam.random.randrange(1, 28)), 10000, []
        for _ in range(exam.random.randrange(2, 9)):
            stops.append({"Date": day.strftime("%d.%m.%Y"), "Km": km, "Litres": exam.random.choice((4000, 4050, 4005, exam.random.randrange(100, 6000))), "Cost": exam.random.choice((6000, 6090, 6009, exam.random.randrange(100, 9999)))})
            day += timedelta(exam.random.choice((0, 1, 5, 20, 33, 60, 200)))
            km += exam.random.randrange(100, 700)
        rows = stops[:]
        if len({stop["Date"] for stop in stops}) == len(stops):
            exam.random.shuffle(rows)
        shape = exam.random.choice((text, short))
        log = "\n\n".join(f"{row['Date']};{row['Km']};{shape(row['Litres'])};{shape(row['Cost'])}" for row in rows)
        ask("entries", log, stops)
        trips = [
            {"From": last["Date"], "To": stop["Date"], "Km": stop["Km"] - last["Km"], "Litres": stop["Litres"], "Cost": stop["Cost"]}
            for last, stop in zip(stops, stops[1:])
        ]
        ask("trips", log, trips)
        lines = [f"{trip['From']} - {trip['To']}: {trip['Km']} km, {text(trip['Litres'] * 100 // trip['Km'])} l/100 km" for trip in trips]
        ask("report", log, "\n".join([*lines, f"spent: {text(sum(trip['Cost'] for trip in trips))}"]))
    # Stops of one day keep their order.
    rows = [{"Date": "28.02.2026", "Km": 10000 + 10 * number, "Litres": 100, "Cost": 150} for number in range(20)]
    rows = [{**rows[0], "Date": "31.12.2025"}, *rows[1:]]
    ask("entries", "\n".join(f"{row['Date']};{row['Km']};1;1,5" for row in rows), rows)

    program = exam.go("driver.go", at="examdriver/main.go")
    answers = program.lines([json.dumps({"Do": do, "Text": content}) for do, content, _ in questions])
    for (do, content, expected), answer in zip(questions, answers):
        exam.equal(json.loads(answer), expected, f"{do} of {content!r}")
