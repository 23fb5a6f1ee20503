def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def groups(entries):
    sums = {}
    for _, category, cents, _ in entries:
        sums[category] = sums.get(category, 0) + cents
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def answer(command, entries):
    total = sum(entry[2] for entry in entries)
    if command == "total":
        return money(total)
    if command == "summary":
        rows = [f"{category} {money(cents)}" for category, cents in groups(entries)]
    else:
        rows = [f"{date} {money(cents):>10}  {category}  {note}".rstrip() for date, category, cents, note in sorted(entries, key=lambda e: e[0])]
    return "\n".join([*rows, f"total {money(total)}"])


def source(entries):
    return "# entries\n\n" + "".join(f"{date} {category} {money(cents)} {note}\n" for date, category, cents, note in entries)


def check(exam):
    js = exam.javascript(ledger="src/ledger.js", format="src/format.js", main="src/main.js", parse="src/parse.js")
    ask = "main.main(args, text)"
    text = "2026-03-05 food 12.50 lunch\n2026-04-01 rent 700.00\n2026-03-02 Food 7.50 bread\n2026-03-09 bus 20.00\n"
    js.equal(ask, "bus 20.00\nfood 20.00\ntotal 40.00", args=["summary", "--month", "2026-03"], text=text)
    js.equal(ask, "total 0.00", args=["summary"], text="")
    js.equal(ask, "total 0.00", args=["summary", "--month", "2025-03"], text=text)
    js.equal(ask, "0.00", args=["total", "--month", "2031-03"], text=text)
    for month in (["--month"], ["--month", "March"], ["--month", "2026-3"], ["--month", "2026-031"], ["--month", ""], ["--month", "26-03"]):
        js.raises("Error", ask, says="bad month", args=["total", *month], text=text)
    js.raises("Error", ask, says="unknown argument: --year", args=["list", "--year", "2026"], text=text)
    js.raises("Error", ask, says="unknown argument: more", args=["summary", "--month", "2026-03", "more"], text=text)
    js.raises("Error", ask, says="unknown command: sum", args=["sum"], text=text)
    js.raises("Error", ask, says="bad line: x", args=["summary"], text="x")
    js.equal(ask, "date;category;amount;note\n2026-03-05;food;12,50;lunch", args=["csv"], text=text.splitlines()[0])
    js.equal(ask, "date;category;amount;note\n2026-04-01;rent;700,00;", args=["csv", "--month", "2026-04"], text=text)
    js.equal(ask, "no doubles", args=["doubles"], text=text)
    js.equal(ask, "2026-03-09      20.00  bus", args=["doubles", "--month", "2026-03"], text=text + "2026-03-09 bus 20.00\n2026-04-01 rent 700.00\n")
    js.equal("format.categoryRow({ category: 'bus', cents: 205 })", "bus 2.05")
    js.equal("format.totalRow(5)", "total 0.05")
    for number in range(12):
        entries = [
            (f"{exam.random.choice((2025, 2026))}-{exam.random.randrange(1, 4):02}-{exam.random.randrange(1, 29):02}",
             exam.random.choice(("food", "bus", "rent", "books")), exam.random.choice((5, 500, 1000, 1250, 99999)), exam.random.choice(("", "a note")))
            for _ in range(exam.random.randrange(1, 14))
        ]
        month = exam.random.choice(("2025-01", "2025-02", "2026-02", "2026-03"))
        inside = [entry for entry in entries if entry[0][:7] == month]
        for command in ("total", "list", "summary"):
            js.equal(ask, answer(command, entries), args=[command], text=source(entries))
            js.equal(ask, answer(command, inside), args=[command, "--month", month], text=source(entries))
        rows = [dict(zip(("date", "category", "cents", "note"), entry)) for entry in entries]
        js.equal("ledger.byCategory(rows)", [{"category": category, "cents": cents} for category, cents in groups(entries)], rows=rows)
        js.equal("[ledger.ofMonth(rows, month), rows]", [[row for row in rows if row["date"][:7] == month], rows], rows=rows, month=month)
    result = exam.command("node", "src/cli.js", "summary", stdin=text)
    exam.equal(result.stdout, "rent 700.00\nbus 20.00\nfood 20.00\ntotal 740.00\n", "the command's output")
    result = exam.command("node", "src/cli.js", "total", "--month", "x", stdin=text)
    exam.equal((result.exit_code, result.stderr), (1, "error: bad month\n"), "the command's failure")
