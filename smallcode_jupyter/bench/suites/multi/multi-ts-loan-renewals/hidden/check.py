from datetime import date, timedelta


class Model:
    """The desk as it should be."""

    def __init__(self):
        self.loans, self.next = {}, 1

    def notice(self, number, today):
        loan = self.loans[number]
        late = (today - loan["due"]).days
        state = f"{late} day{'' if late == 1 else 's'} late" if late > 0 else f"due {loan['due']}"
        return f"#{number} {loan['book']}: {state}" + (f", renewed {loan['renewals']}x" if loan["renewals"] else "")

    def answer(self, line, today):
        command, *rest = line.split()
        if command == "lend":
            if any(loan["book"] == rest[0] for loan in self.loans.values()):
                return "error: already lent"
            self.loans[self.next] = {"book": rest[0], "reader": rest[1], "due": today + timedelta(28), "renewals": 0}
            self.next += 1
            return self.notice(self.next - 1, today)
        if command == "list":
            own = [number for number, loan in self.loans.items() if loan["reader"] == rest[0]]
            own.sort(key=lambda number: (self.loans[number]["due"], number))
            return "\n".join(self.notice(number, today) for number in own) or "nothing"
        if command == "late":
            late = [number for number, loan in self.loans.items() if loan["due"] < today]
            late.sort(key=lambda number: (self.loans[number]["due"], number))
            return "\n".join(f"{self.loans[number]['reader']}: {self.notice(number, today)}" for number in late) or "nothing"
        if command not in ("back", "renew"):
            return f"error: unknown command {command}"
        number = int(rest[0])
        if number not in self.loans:
            return "error: no such loan"
        loan = self.loans[number]
        if command == "back":
            del self.loans[number]
            cents = min(600, 20 * max(0, (today - loan["due"]).days))
            return f"{loan['book']} is back" + (f", {cents / 100:.2f} EUR to pay" if cents else "")
        if today > loan["due"]:
            return "error: overdue"
        if loan["renewals"] == 2:
            return "error: renewed too often"
        loan["due"] += timedelta(14)
        loan["renewals"] += 1
        return self.notice(number, today)


def check(exam):
    ts = exam.typescript("src/index.ts", types="types.ts")
    ts.equal("[solution.LOAN_DAYS, solution.RENEWAL_DAYS, solution.MOST_RENEWALS]", [28, 14, 2])
    ts.run("space.desk = new solution.Desk()")
    loan = {"id": 1, "book": "Dune", "reader": "ann", "due": "2026-04-02", "renewals": 0}
    ts.equal("desk.lend('Dune', 'ann', '2026-03-05')", loan)
    ts.equal("desk.renew(1, '2026-04-02')", {**loan, "due": "2026-04-16", "renewals": 1})
    ts.equal("solution.answer(desk, 'list ann', '2026-04-19')", "#1 Dune: 3 days late, renewed 1x")
    ts.raises("Error", "desk.renew(1, '2026-04-17')", says="overdue")
    ts.equal("desk.loansOf('ann')", [{**loan, "due": "2026-04-16", "renewals": 1}])
    ts.equal("desk.renew(1, '2026-04-03')", {**loan, "due": "2026-04-30", "renewals": 2})
    ts.raises("Error", "desk.renew(1, '2026-04-30')", says="renewed too often")
    ts.raises("Error", "desk.renew(1, '2026-05-01')", says="overdue")
    ts.raises("Error", "desk.renew(2, '2026-05-01')", says="no such loan")
    ts.equal("desk.giveBack(1)", {**loan, "due": "2026-04-30", "renewals": 2})
    ts.equal("solution.answer(desk, 'renew 1', '2026-04-03')", "error: no such loan")
    ts.equal("solution.answer(desk, 'extend 1', '2026-04-03')", "error: unknown command extend")
    ts.equal("solution.notice(loan, '2026-04-03')", "#1 Dune: 1 day late, renewed 2x", loan={**loan, "renewals": 2})
    ts.equal("solution.calendar(loans, '2026-04-01', 3)", ["2026-04-02: Dune, Emma"], loans=[{**loan, "id": 2, "book": "Emma"}, loan, {**loan, "due": "2026-04-04"}])
    for _ in range(4):
        ts.run("space.desk = new solution.Desk()")
        model, today = Model(), date(2026, 1, 20)
        for _ in range(45):
            today += timedelta(exam.random.choice((0, 1, 3, 7, 14)))
            number = exam.random.randrange(1, model.next + 1)
            line = exam.random.choice(
                (f"lend {exam.random.choice(('Dune', 'Emma', 'Momo', 'Ulysses'))} {exam.random.choice(('ann', 'ben'))}",
                 f"renew {number}", f"renew {number}", f"renew {max(1, model.next - 1)}", f"back {number}", "late", f"list {exam.random.choice(('ann', 'ben'))}")
            )
            ts.equal("solution.answer(desk, line, today)", model.answer(line, today), line=line, today=today.isoformat())
