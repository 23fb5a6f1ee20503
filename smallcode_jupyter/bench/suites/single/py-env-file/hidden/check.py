def check(exam):
    py = exam.python()

    def same(text, expected):
        py.equal("solution.parse_env(text)", expected, text=text)

    same(
        "# site\nexport HOST = example.org  # main\nCOLOR=#fff\nNAME='My # site'\n",
        {"HOST": "example.org", "COLOR": "#fff", "NAME": "My # site"},
    )
    same("", {})
    same("\n   \n  # only a comment\n", {})
    same("A=1", {"A": "1"})
    same("A=\nB = \n", {"A": "", "B": ""})
    same("URL=http://x.org/?a=1&b=2", {"URL": "http://x.org/?a=1&b=2"})
    same("A=1\nB=2\nA=3\n", {"A": "3", "B": "2"})
    same("  A = two words  ", {"A": "two words"})
    same("A=x#y", {"A": "x#y"})
    same("A=x #y", {"A": "x"})
    same("A=x #y #z", {"A": "x"})
    same("A=#fff", {"A": "#fff"})
    same("""A="  kept # as it is  " # gone""", {"A": "  kept # as it is  "})
    same("""A="it's"\nB='say "hi"'\n""", {"A": "it's", "B": 'say "hi"'})
    same("""A=""\nB=''""", {"A": "", "B": ""})
    same("A='x'y", {"A": "x"})
    same("A=it's", {"A": "it's"})
    same("export A=1\nexporter=2\n", {"A": "1", "exporter": "2"})
    same("export TOKEN='a=b'", {"TOKEN": "a=b"})
    for text, line in (("A=1\nnonsense\n", 2), ("# x\n\n=5\n", 3), ("A='open\n", 1), ('A=1\nB="x\'\n', 2), ("A=1\n\nexport\n", 3), (" = 1", 1)):
        py.raises("ValueError", "solution.parse_env(text)", says=f"line {line}", text=text)
    for _ in range(20):
        lines, expected = [], {}
        for _ in range(exam.random.randrange(1, 10)):
            if exam.random.random() < 0.2:
                lines.append(exam.random.choice(["", "# note = x", "   # x"]))
            key = exam.random.choice(["HOST", "PORT", "API_KEY", "Mode"])
            value = exam.random.choice(["a", "8080", "x#1", "two words", "#fff", "k=v", ""])
            quote = exam.random.choice(["", "'", '"'])
            tail = exam.random.choice(["", "  ", " # note", "   # it is = x"]) if value else ""
            blank = exam.random.choice(["", " "])
            lines.append(f"{exam.random.choice(['', 'export ', ' '])}{key}{blank}={blank}{quote}{value}{quote}{tail}")
            expected[key] = value
        same("\n".join(lines) + "\n", expected)
