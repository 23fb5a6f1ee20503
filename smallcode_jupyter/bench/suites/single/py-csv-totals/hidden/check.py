NAMES = ["food", "rent", "fun", "travel", "Books, used", ""]


def check(exam):
    py = exam.python()

    def same(text, expected):
        py.equal("solution.totals(text)", expected, text=text, approx=1e-9)

    same("date,category,amount\n1 May,food,2.50\n2 May,rent,800\n3 May,food,4\n", [("rent", 800.0), ("food", 6.5)])
    same("category,amount\n", [])
    same("amount,category\n3,fun\n5,food\n", [("food", 5.0), ("fun", 3.0)])
    same("category,amount\nb,2\na,2\nc,2\n", [("a", 2.0), ("b", 2.0), ("c", 2.0)])
    same("category,amount\nfood,\nfun,3\n", [("fun", 3.0)])
    same("category,amount\n food ,1\nfood,2\n", [("food", 3.0)])
    same('category,amount\n,1\n"  ",2\n', [("other", 3.0)])
    same('what,category,amount\n"tea, milk","Books, used",4.5\n', [("Books, used", 4.5)])
    same("category,amount\nfun,10\nfood,-2.5\nfood,1\n", [("fun", 10.0), ("food", -1.5)])
    same("category,amount\na,0.1\na,0.2\n", [("a", 0.3)])
    py.equal("solution.totals(text)[0][1]", 0.3, text="category,amount\na,0.1\na,0.2\n")
    for _ in range(15):
        rows = [
            (exam.random.choice(NAMES), exam.random.randrange(-20, 80) / 4) for _ in range(exam.random.randrange(1, 25))
        ]
        sums = {}
        lines = ["id,amount,category"]
        for number, (name, amount) in enumerate(rows):
            shown = f'"{name}"' if "," in name else name
            if exam.random.random() < 0.1:
                lines.append(f"{number},,{shown}")
                continue
            lines.append(f"{number},{amount},{shown}")
            sums[name or "other"] = sums.get(name or "other", 0) + amount
        same("\n".join(lines) + "\n", sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))
