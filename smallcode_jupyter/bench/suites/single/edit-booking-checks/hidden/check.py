ROOMS = {"Oak": 4, "Elm": 8, "Birch": 20}


def check(exam):
    py = exam.python("""
import solution
def outcome(*form):
    try:
        b = solution.make_booking(*form)
    except ValueError:
        return "ValueError"
    except Exception as error:
        return "other error: " + type(error).__name__
    return [type(b).__name__, b.room, b.guests, b.start, b.end]
""")
    cases = [
        ("Oak", 4, 9, 10), ("Oak", 5, 9, 10), ("Oak", 9, 9, 10), ("Elm", 8, 0, 24), ("Elm", 9, 0, 24), ("Elm", 1, 10, 10), ("Elm", 1, 12, 10), ("Fir", 2, 9, 10),
        ("Fir", 100, 5, 4), ("Birch", 20, 23, 24), ("Birch", 21, 1, 3), ("oak", 1, 1, 2), ("", 1, 0, 24),
    ]
    for _ in range(30):
        cases.append((exam.random.choice(["Oak", "Elm", "Birch", "Fir"]), exam.random.randint(1, 22), exam.random.randint(0, 23), exam.random.randint(1, 24)))
    for room, guests, start, end in cases:
        is_good = room in ROOMS and guests <= ROOMS[room] and start < end
        py.equal("outcome(*form)", ["Booking", room, guests, start, end] if is_good else "ValueError", form=[room, guests, start, end])
        if is_good:
            py.equal("solution.price(solution.make_booking(*form))", (15 if room == "Birch" else 10) * (end - start), form=[room, guests, start, end])
    py.equal("solution.overlaps(solution.Booking('Oak', 1, 9, 11), solution.Booking('Elm', 1, 9, 11))", False)
    py.equal("solution.overlaps(solution.Booking('Oak', 1, 9, 11), solution.Booking('Oak', 1, 10, 12))", True)
    py.equal("solution.overlaps(solution.Booking('Oak', 1, 9, 11), solution.Booking('Oak', 1, 11, 12))", False)
    py.equal("solution.ROOMS", ROOMS)
