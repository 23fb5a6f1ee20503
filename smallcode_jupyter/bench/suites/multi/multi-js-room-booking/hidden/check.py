def text(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


class Model:
    """The desk as it should be."""

    def __init__(self):
        self.bookings, self.next = {}, 1

    def book(self, start, end, who):
        if start >= end:
            return "ends before it starts"
        if start < 480 or end > 1080:
            return "closed then"
        for other_start, other_end, other in sorted(self.bookings.values()):
            if any(other_start <= minute < other_end for minute in range(start, end)):
                return f"taken by {other}"
        self.bookings[self.next] = (start, end, who)
        self.next += 1
        return self.next - 1

    def cancel(self, number):
        return None if self.bookings.pop(number, None) else "no such booking"

    def agenda(self):
        lines, gaps, at = ["Blue"], [], 480
        for start, end, who in sorted(self.bookings.values()):
            lines.append(f"{text(start)}-{text(end)} {who}")
            if start > at:
                gaps.append(f"{text(at)}-{text(start)}")
            at = end
        if at < 1080:
            gaps.append(f"{text(at)}-18:00")
        return "\n".join([*lines, "free: " + (", ".join(gaps) or "none")])


def check(exam):
    js = exam.javascript(time="src/time.js", store="src/store.js", desk="src/desk.js", agenda="src/agenda.js", usage="src/usage.js")
    shares = "time.overlaps({start: a, end: b}, {start: c, end: d})"
    for a, b, c, d in ((540, 600, 600, 660), (600, 660, 540, 600), (540, 600, 599, 660), (540, 600, 480, 541), (540, 600, 550, 560),
                       (550, 560, 540, 600), (540, 600, 540, 600), (540, 600, 700, 800), (700, 800, 540, 600)):
        js.equal(shares, max(a, c) < min(b, d), a=a, b=b, c=c, d=d)
    js.equal("time.toMinutes('9:05')", 545)
    js.equal("time.toText(545)", "09:05")
    js.raises("RangeError", "time.toMinutes('9.05')")
    new = "{ const s = new store.Store(); s.addRoom('Red'); s.addRoom('Blue'); space.d = new desk.Desk(s); "
    new += "space.attempt = (f) => { try { return f() ?? null; } catch (error) { return error.message; } }; }"
    js.run(new)
    js.equal("d.book('Blue', '9:00', '10:00', 'Ann')", 1)
    js.equal("d.book('Blue', '10:00', '11:00', 'Ben')", 2)
    js.equal("d.book('Blue', '8:00', '9:00', 'Cem')", 3)
    js.equal("d.book('Red', '9:00', '10:00', 'Dan')", 4)
    js.equal("attempt(() => d.book('Blue', '10:59', '11:01', 'Eve'))", "taken by Ben")
    js.equal("attempt(() => d.cancel(4))", None)
    js.equal("attempt(() => d.cancel(4))", "no such booking")
    js.equal("agenda.agenda(d, 'Red')", "Red\nfree: 08:00-18:00")
    js.equal("attempt(() => d.cancel(1))", None)
    js.equal("agenda.agenda(d, 'Blue')", "Blue\n08:00-09:00 Cem\n10:00-11:00 Ben\nfree: 09:00-10:00, 11:00-18:00")
    js.equal("usage.usage(d, 'Blue')", {"booked": 120, "percent": 20, "longest": "11:00-18:00"})
    js.equal("attempt(() => d.cancel(99))", "no such booking")
    js.equal("d.store.remove(3)", True)
    js.equal("d.store.remove(3)", False)
    js.equal("attempt(() => d.book('Green', '9:00', '10:00', 'Ann'))", "no such room")
    for _ in range(3):
        js.run(new)
        model = Model()
        for _ in range(40):
            if exam.random.random() < 0.3:
                number = exam.random.randrange(1, model.next + 2)
                js.equal("attempt(() => d.cancel(n))", model.cancel(number), n=number)
            else:
                start = exam.random.randrange(31, 72) * 15
                end = start + exam.random.choice((-15, 0, 15, 30, 30, 60, 60, 90))
                who = exam.random.choice(("Ann", "Ben", "Cem", "Dan"))
                js.equal("attempt(() => d.book('Blue', a, b, who))", model.book(start, end, who), a=text(start), b=text(end), who=who)
            js.equal("agenda.agenda(d, 'Blue')", model.agenda())
