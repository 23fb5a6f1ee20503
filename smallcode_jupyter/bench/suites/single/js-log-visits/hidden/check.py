from datetime import datetime, timedelta

USERS, PAGES = ["ann", "bob", "cy", "dora"], ["/", "/a", "/b", "/cart"]


def event(user, time, page):
    return {"user": user, "time": time, "page": page}


def visits_of(events, gap):
    found = []
    for user in sorted({one["user"] for one in events}):
        mine = sorted((one for one in events if one["user"] == user), key=lambda one: one["time"])
        before = None
        for one in mine:
            now = datetime.fromisoformat(one["time"])
            if before is None or now - before > timedelta(minutes=gap):
                found.append({"user": user, "start": one["time"], "end": one["time"], "pages": []})
            found[-1]["end"] = one["time"]
            if found[-1]["pages"][-1:] != [one["page"]]:
                found[-1]["pages"].append(one["page"])
            before = now
    return sorted(found, key=lambda visit: (visit["start"], visit["user"]))


def check(exam):
    js = exam.javascript()
    code = "solution.groupVisits(events)"
    day = "2024-05-01T"
    ann = [event("ann", f"{day}{time}:00Z", page) for time, page in [("10:00", "/a"), ("10:20", "/b"), ("11:00", "/a")]]
    two = [
        {"user": "ann", "start": day + "10:00:00Z", "end": day + "10:20:00Z", "pages": ["/a", "/b"]},
        {"user": "ann", "start": day + "11:00:00Z", "end": day + "11:00:00Z", "pages": ["/a"]},
    ]
    js.equal(code, two, events=ann)
    js.equal(code, two, events=ann[::-1])
    js.equal("solution.groupVisits(events, 19)", visits_of(ann, 19), events=ann)
    js.equal("solution.groupVisits(events, 40)", visits_of(ann, 40), events=ann)
    js.equal(code, [], events=[])
    js.equal("(() => { solution.groupVisits(events); return events; })()", ann[::-1], events=ann[::-1])
    edge = [event("x", day + "08:00:00Z", "/a"), event("x", day + "08:30:00Z", "/b"), event("x", day + "09:00:01Z", "/c")]
    js.equal(code, visits_of(edge, 30), events=edge)
    js.equal(f"{code}.length", 2, events=edge)
    repeated = [event("x", f"{day}08:0{number}:00Z", page) for number, page in enumerate(["/a", "/a", "/b", "/b", "/a"])]
    js.equal(f"{code}[0].pages", ["/a", "/b", "/a"], events=repeated)
    again = [event("x", day + "08:00:00Z", "/a"), event("x", day + "10:00:00Z", "/a")]
    js.equal(f"{code}.map((visit) => visit.pages)", [["/a"], ["/a"]], events=again)
    together = [event(user, day + "08:00:00Z", "/") for user in ("cy", "ann", "bob")]
    js.equal(f"{code}.map((visit) => visit.user)", ["ann", "bob", "cy"], events=together)
    night = [event("x", "2024-02-29T23:50:00Z", "/a"), event("x", "2024-03-01T00:05:00Z", "/b")]
    js.equal(f"{code}.map((visit) => visit.pages)", [["/a", "/b"]], events=night)
    for _ in range(12):
        start = datetime(2024, 12, 31, 20)
        minutes = exam.random.sample(range(600), exam.random.randrange(3, 30))
        events = [
            event(
                exam.random.choice(USERS),
                (start + timedelta(minutes=minute)).isoformat() + "Z",
                exam.random.choice(PAGES),
            )
            for minute in minutes
        ]
        gap = exam.random.choice([5, 20, 30, 90])
        js.equal("solution.groupVisits(events, gap)", visits_of(events, gap), events=events, gap=gap)
        js.equal(code, visits_of(events, 30), events=events)
