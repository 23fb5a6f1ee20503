ROOMS = {"Oak": 4, "Elm": 8, "Birch": 20}
KEYS = ("room", "guests", "start", "end")


def problems_of(form):
    if gone := [f"{key} is missing" for key in KEYS if key not in form]:
        return gone
    found = []
    seats = ROOMS.get(form["room"])
    if seats is None:
        found.append(f"unknown room {form['room']}")
    if seats is not None and form["guests"] > seats:
        found.append(f"{form['room']} has {seats} seats")
    if form["guests"] < 1:
        found.append("at least one guest is needed")
    if form["start"] < 0 or form["end"] > 24 or form["start"] >= form["end"]:
        found.append("the hours are not valid")
    return found


def price(form):
    rate = 15 if ROOMS[form["room"]] > 8 else 10
    return sum(rate * (1 + (hour >= 18)) for hour in range(form["start"], form["end"]))


def form(room, guests, start, end):
    return {"room": room, "guests": guests, "start": start, "end": end}


def check(exam):
    py = exam.python("""
import solution
def outcome(call, data):
    try:
        b = call(data)
    except Exception as error:
        is_ours = isinstance(error, solution.BookingError)
        return [is_ours, isinstance(error, ValueError), error.problems if is_ours else None, str(error)]
    return [type(b).__name__, b.room, b.guests, b.start, b.end]
""")

    def expected(data):
        if found := problems_of(data):
            return [True, True, found, "; ".join(found)]
        return ["Booking", *(data[key] for key in KEYS)]

    cases = [
        form("Oak", 9, 12, 10), form("Oak", 4, 9, 10), form("Oak", 5, 9, 10), form("Elm", 8, 0, 24), form("Elm", 1, 10, 10), form("Elm", 0, 10, 11),
        form("Fir", 100, 1, 2), form("Fir", -1, 5, 4), form("Birch", 21, -1, 3), form("Birch", 20, 23, 25), form("oak", 1, 1, 2),
        form("", 0, 24, 24), {}, {"guests": 3}, {"room": "Fir", "guests": 0, "start": 9}, {"end": 3, "start": 9, "room": "Oak"},
        {"room": "Oak", "guests": 2, "start": 3, "end": 4, "note": "window"},
    ]
    for _ in range(30):
        data = form(exam.random.choice(["Oak", "Elm", "Birch", "Fir"]), exam.random.randint(-1, 22), exam.random.randint(-1, 24), exam.random.randint(0, 25))
        if exam.random.random() < 0.2:
            del data[exam.random.choice(KEYS)]
        cases.append(data)
    for data in cases:
        py.equal("outcome(solution.make_booking, data)", expected(data), data=data)
        py.equal("outcome(solution.Calendar().add, data)", expected(data), data=data)
    py.run("calendar = solution.Calendar()")
    booked = []
    for _ in range(25):
        data = form(exam.random.choice(list(ROOMS)), exam.random.randint(1, 4), start := exam.random.randint(7, 20), start + exam.random.randint(1, 3))
        clash = next((old for old in booked if old["room"] == data["room"] and old["start"] < data["end"] and data["start"] < old["end"]), None)
        answer = expected(data)
        if clash:
            answer = [False, True, None, f"{data['room']} is taken from {clash['start']} to {clash['end']}"]
        else:
            booked.append(data)
        py.equal("outcome(calendar.add, data)", answer, data=data)
        py.equal("solution.price(solution.Booking(**data))", price(data), data=data)
        py.equal("[calendar.total(), len(calendar.bookings)]", [sum(map(price, booked)), len(booked)])
    py.equal("outcome(calendar.add, {'room': 'Fir'})[2]", ["guests is missing", "start is missing", "end is missing"])
    py.equal("len(calendar.bookings)", len(booked))
    py.equal("solution.overlaps(solution.Booking('Oak', 1, 9, 11), solution.Booking('Elm', 1, 9, 11))", False)
