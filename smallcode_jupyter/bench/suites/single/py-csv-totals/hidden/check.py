NAMES = ["food", "rent", "fun", "travel", "used books", "tax"]
HEADER = "date,category,amount\n"


def check(exam):
    py = exam.python()

    def same(lines, expected):
        py.equal("dict(solution.totals(text))", expected, text=HEADER + lines, approx=1e-9)

    same("1 May,food,2.50\n2 May,rent,800\n3 May,food,4\n", {"food": 6.5, "rent": 800.0})
    same("", {})
    same("1 May,food,5\n", {"food": 5.0})
    same("1 May,food,\n1 May,fun,3\n", {"fun": 3.0})
    same("1 May,food,\n", {})
    same("1 May,fun,3\n2 May,fun,\n3 May,fun,0.25\n", {"fun": 3.25})
    same("1 May,fun,10\n2 May,food,-2.5\n3 May,food,1\n", {"fun": 10.0, "food": -1.5})
    same("1 May,a,0.1\n1 May,b,2\n1 May,a,0.2\n", {"a": 0.3, "b": 2.0})
    same("1 May,used books,12.99\n2 May,used books,7.01\n", {"used books": 20.0})
    for _ in range(15):
        sums, lines = {}, ""
        for day in range(1, exam.random.randrange(2, 25)):
            name, amount = exam.random.choice(NAMES), exam.random.randrange(1, 80) / 4
            if exam.random.random() < 0.1:
                lines += f"{day} June,{name},\n"
                continue
            lines += f"{day} June,{name},{amount}\n"
            sums[name] = sums.get(name, 0.0) + amount
        same(lines, sums)
