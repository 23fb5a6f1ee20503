from datetime import date, timedelta

SETUP = """
from datetime import date
from library.openings import Openings
from library.loans import Loan, lend, renew
from library import fees, reminders, report
def day(text):
    return date.fromisoformat(text)
def rows(loans):
    return [Loan(title, reader, day(due)) for title, reader, due in loans]
"""


def open_days(start, end, closed, holidays):
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    return sum(1 for day in days if day.weekday() not in closed and day not in holidays)


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    one = [["Emma", "Ann", "2026-03-10"]]
    report = "report.overdue_report(rows(loans), day(today), Openings())"
    py.equal(report, ["Total: 0.00"], loans=one, today="2026-03-10")
    py.equal(report, ["Total: 0.00"], loans=one, today="2026-03-02")
    py.equal(report, ["Ann: Emma, 1 day, 0.20", "Total: 0.20"], loans=one, today="2026-03-11")
    py.equal(report, ["Ann: Emma, 4 days, 0.80", "Total: 0.80"], loans=one, today="2026-03-14")
    py.equal(report, ["Ann: Emma, 4 days, 0.80", "Total: 0.80"], loans=one, today="2026-03-15")
    sunday = [["Emma", "Ann", "2026-03-08"]]
    py.equal(report, ["Total: 0.00"], loans=sunday, today="2026-03-08")
    py.equal(report, ["Ann: Emma, 1 day, 0.20", "Total: 0.20"], loans=sunday, today="2026-03-09")
    py.equal(report, ["Ann: Emma, 2 days, 0.40", "Total: 0.40"], loans=sunday, today="2026-03-10")
    many = [["Emma", "Ann", "2026-03-10"], ["Persuasion", "Bo", "2026-01-05"], ["Ulysses", "Al", "2026-03-10"]]
    py.equal(
        report,
        ["Bo: Persuasion, 57 days, 5.00", "Al: Ulysses, 2 days, 0.40", "Ann: Emma, 2 days, 0.40", "Total: 5.80"],
        loans=many,
        today="2026-03-12",
    )
    holiday = "Openings(holidays=[day('2026-04-03'), day('2026-04-06')])"
    py.equal(f"{holiday}.open_days(day('2026-04-02'), day('2026-04-07'))", 2)
    py.equal(f"{holiday}.open_days(day('2026-04-03'), day('2026-04-04'))", 1)
    py.equal(f"{holiday}.next_open(day('2026-04-05')).isoformat()", "2026-04-07")
    py.equal(f"{holiday}.is_open(day('2026-04-06'))", False)
    py.equal("lend('Emma', 'Ann', day('2026-03-08'), Openings()).due.isoformat()", "2026-03-30")
    py.equal("lend('Emma', 'Ann', day('2026-03-10'), Openings()).due.isoformat()", "2026-03-31")
    py.equal("renew(Loan('Emma', 'Ann', day('2026-03-10')), Openings()).due.isoformat()", "2026-03-17")
    card = "reminders.reminder(Loan('Emma', 'Ann', day('2026-03-10')), day(today), Openings())"
    soon = "Ann: Emma is due on 2026-03-10"
    late = "Ann: Emma is overdue, fee so far 0.20"
    for today, text in {"06": None, "07": soon, "08": soon, "10": soon, "11": late}.items():
        py.equal(card, text, today=f"2026-03-{today}")
    py.equal("fees.as_text(1205)", "12.05")
    for _ in range(25):
        start = date(2026, 1, 1) + timedelta(days=exam.random.randrange(300))
        end = start + timedelta(days=exam.random.randrange(-3, 40))
        closed = exam.random.choice([[6], [5, 6], [0], []])
        holidays = [start + timedelta(days=exam.random.randrange(-1, 20)) for _ in range(3)]
        expected = open_days(start, end, closed, holidays)
        names = {"closed": closed, "holidays": [str(day) for day in holidays], "start": str(start), "end": str(end)}
        made = "Openings(closed, [day(text) for text in holidays])"
        py.equal(f"{made}.open_days(day(start), day(end))", expected, **names)
        py.equal(f"fees.fee(Loan('T', 'R', day(start)), day(end), {made})", min(500, expected * 20), **names)
