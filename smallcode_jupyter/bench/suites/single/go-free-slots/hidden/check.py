import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]

WRONG = {"nil": True, "is": True}


def _request(opening, busy, minutes=1):
    start, end = opening.split("-")
    return {"From": start, "To": end, "Busy": busy, "Minutes": minutes}


def _clock(minutes):
    return "%02d:%02d" % divmod(minutes, 60)


def _minutes(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _expected(request):
    """Minute by minute."""
    taken = [False] * 1441
    for booking in request["Busy"]:
        first, last = booking.split("-")
        for minute in range(_minutes(first), _minutes(last)):
            taken[minute] = True
    slots, start = [], None
    end = _minutes(request["To"])
    for minute in range(_minutes(request["From"]), end + 1):
        is_free = minute < end and not taken[minute]
        if is_free and start is None:
            start = minute
        elif not is_free and start is not None:
            if minute - start >= request["Minutes"]:
                slots.append(f"{_clock(start)}-{_clock(minute)}")
            start = None
    return slots


def _span(random, low, high, step):
    start = random.randrange(low, high - step, step)
    return f"{_clock(start)}-{_clock(random.randrange(start + step, min(high, start + 180) + 1, step))}"


def check(exam):
    random = exam.random
    good = [
        _request("08:00-12:00", ["10:00-10:45", "09:00-10:30"], 30),
        _request("08:00-18:00", []),
        _request("08:00-18:00", ["08:00-18:00"]),
        _request("08:00-18:00", ["07:00-09:00", "17:30-19:00"]),
        _request("08:00-18:00", ["06:00-07:00", "18:00-19:00", "20:00-21:00"]),
        _request("08:00-18:00", ["06:00-23:00"]),
        _request("08:00-18:00", ["09:00-10:00", "10:00-11:00"]),
        _request("08:00-18:00", ["09:00-17:00", "10:00-11:00", "12:00-13:00"]),
        _request("08:00-12:00", ["08:30-09:00", "09:29-12:00"], 30),
        _request("08:00-12:00", ["08:30-09:00", "09:31-12:00"], 30),
        _request("00:00-23:59", ["00:00-00:01", "23:58-23:59"], 5),
        _request("08:00-09:00", [], 61),
        _request("08:00-09:00", [], 60),
        _request("08:05-09:09", ["08:07-09:08"], 0),
    ]
    for _ in range(30):
        step = random.choice([1, 5, 15, 30])
        opening = f"{_clock(random.randrange(360, 600, 15))}-{_clock(random.randrange(720, 1200, 15))}"
        busy = [_span(random, 300, 1320, step) for _ in range(random.randrange(0, 8))]
        good.append(_request(opening, busy, random.choice([1, 15, 30, 60])))
    openings = ["8:00-12:00", "12:00-08:00", "12:00-12:00", "24:00-12:00", "08:00-24:00", "08:60-12:00", "xx:yy-12:00", "-12:00",
                "08:00-", "0800-1200"]
    wrong = [_request(opening, []) for opening in openings]
    for booking in ("", "9:00-10:00", "09:00", "09:00-10:00-11:00", "10:00-09:00", "10:00-10:00", "09:00 10:00", "09:00-25:00", "08:40-9:00", "20:00-24:00", "09:61-10:00",
                    "09:00-10:0x", "09:00-10:000"):
        wrong.append(_request("08:00-18:00", ["08:00-08:30", booking]))
    requests = [*good, *wrong]
    for request, found in zip(requests, _ask(exam, requests)):
        exam.equal(found, _expected(request) if request in good else WRONG, f"{request}"[:300])
