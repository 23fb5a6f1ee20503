import json

SETUP = """
from rooms.cli import main
from rooms.model import Booking, check_time
from rooms.service import Bookings
from rooms import storage
def numbers(found):
    return [booking.number for booking in found]
def book(start, end, cancelled=False, room="Blue"):
    return Booking(1, room, "2026-05-04", start, end, "Ann", cancelled)
"""
DAY = "2026-05-04"


def check(exam):
    py = exam.python(SETUP, folders=("src",))
    py.equal("Booking(1, 'Blue', 'd', '09:00', '10:00', 'Ann').cancelled", False)
    py.equal("book('09:00', '10:00').overlaps(book('09:30', '11:00'))", True)
    py.equal("book('09:00', '10:00').overlaps(book('10:00', '11:00'))", False)
    py.equal("book('09:00', '10:00', True).overlaps(book('09:30', '11:00'))", False)
    py.equal("book('09:00', '10:00').overlaps(book('09:30', '11:00', True))", False)
    py.equal("book('09:00', '10:00', room='Red').overlaps(book('09:30', '11:00'))", False)

    old = [{"number": 4, "room": "Blue", "day": DAY, "start": "09:00", "end": "10:00", "who": "Ann"}]
    (exam.folder / "old.json").write_text(json.dumps(old), encoding="utf-8")
    py.equal("[(b.number, b.cancelled) for b in storage.load('old.json')]", [(4, False)])
    py.run("bookings = Bookings('old.json')")
    py.raises("ValueError", "bookings.book('Blue', '2026-05-04', '09:30', '10:30', 'Bo')", says="Blue is taken by Ann")
    py.equal("(lambda b: (b.number, b.room, b.who, b.cancelled))(bookings.cancel(4))", (4, "Blue", "Ann", True))
    py.equal("bookings.book('Blue', '2026-05-04', '09:30', '10:30', 'Bo').number", 5)
    py.equal("[(b.number, b.cancelled) for b in Bookings('old.json').all]", [(4, True), (5, False)])
    py.equal("numbers(bookings.on('2026-05-04'))", [5])
    py.equal("numbers(bookings.on('2026-05-04', include_cancelled=True))", [4, 5])
    py.raises("ValueError", "bookings.cancel(4)", says="booking 4 is cancelled already")
    py.raises("LookupError", "bookings.cancel(7)", says="no booking 7")
    py.run("bookings.cancel(5)")
    py.equal("bookings.book('Blue', '2026-05-04', '09:30', '10:30', 'Cy').number", 6)
    py.equal("numbers(Bookings('old.json').on('2026-05-05', True))", [])

    def main(*words):
        return {"argv": ["--file", "cli.json", *words]}

    py.prints("main(argv)", "booked #1", **main("book", "Blue", DAY, "09:00", "10:00", "Ann"))
    py.prints("main(argv)", "booked #2", **main("book", "Red", DAY, "08:00", "12:00", "Bo"))
    py.prints("main(argv)", "booked #3", **main("book", "Blue", DAY, "10:00", "11:00", "Cy"))
    py.prints("main(argv)", "cancelled #3", **main("cancel", "3"))
    py.prints("main(argv)", "error: booking 3 is cancelled already", **main("cancel", "3"))
    py.equal("main(argv)", 1, **main("cancel", "3"))
    py.prints("main(argv)", "error: no booking 7", **main("cancel", "7"))
    py.equal("main(argv)", 1, **main("cancel", "7"))
    py.prints("main(argv)", "#2 08:00-12:00 Red: Bo\n#1 09:00-10:00 Blue: Ann", **main("list", DAY))
    py.prints("main(argv)", "#2 08:00-12:00 Red: Bo\n#1 09:00-10:00 Blue: Ann\n#3 10:00-11:00 Blue: Cy (cancelled)",
              **main("list", DAY, "--all"))
    py.equal("main(argv)", 0, **main("cancel", "1"))
    py.equal("main(argv)", 1, **main("book", "Red", DAY, "11:00", "13:00", "Di"))
    py.prints("main(argv)", "error: Red is taken by Bo", **main("book", "Red", DAY, "11:00", "13:00", "Di"))
    py.prints("main(argv)", "booked #4", **main("book", "Blue", DAY, "09:00", "10:30", "Di"))
    py.raises("SystemExit", "main(argv)", **main("cancel", "x"))

    for number in range(4):
        file, rows = f"random{number}.json", []
        for _ in range(25):
            if rows and exam.random.random() < 0.4:
                wanted = exam.random.randrange(1, len(rows) + 2)
                row = rows[wanted - 1] if wanted <= len(rows) else None
                code = 0 if row and not row["cancelled"] else 1
                if row:
                    row["cancelled"] = True
                py.equal("main(argv)", code, argv=["--file", file, "cancel", str(wanted)])
                continue
            hour = exam.random.randrange(8, 15)
            row = {"room": exam.random.choice(["Blue", "Red"]), "start": f"{hour:02d}:00",
                   "end": f"{hour + exam.random.randrange(1, 4):02d}:00", "who": exam.random.choice(["Ann", "Bo"]), "cancelled": False}
            taken = any(not other["cancelled"] and other["room"] == row["room"] and other["start"] < row["end"]
                        and row["start"] < other["end"] for other in rows)
            py.equal("main(argv)", int(taken), argv=["--file", file, "book", row["room"], DAY, row["start"], row["end"], row["who"]])
            if not taken:
                rows.append({"number": len(rows) + 1, **row})
        ordered = sorted(rows, key=lambda row: (row["start"], row["room"]))
        for words, kept in ((["--all"], ordered), ([], [row for row in ordered if not row["cancelled"]])):
            lines = [f"#{row['number']} {row['start']}-{row['end']} {row['room']}: {row['who']}"
                     + (" (cancelled)" if row["cancelled"] else "") for row in kept]
            py.prints("main(argv)", "\n".join(lines), argv=["--file", file, "list", DAY, *words])
