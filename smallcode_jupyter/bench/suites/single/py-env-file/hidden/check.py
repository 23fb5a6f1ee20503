def check(exam):
    py = exam.python()

    def same(text, expected):
        py.equal("solution.parse_env(text)", expected, text=text)

    same('# site\nHOST = example.org\n\nNAME=My site\n', {"HOST": "example.org", "NAME": "My site"})
    same("", {})
    same("\n\n# only a comment\n", {})
    same("# A=1\nB=2\n", {"B": "2"})
    same("A=1", {"A": "1"})
    same("PORT=8080\nHOST=localhost\n", {"PORT": "8080", "HOST": "localhost"})
    same("URL=http://x.org/?a=1&b=2", {"URL": "http://x.org/?a=1&b=2"})
    same("A = two words  ", {"A": "two words"})
    same("A=  two words\n", {"A": "two words"})
    same("COLOR=#fff\n", {"COLOR": "#fff"})
    for _ in range(20):
        lines, expected = [], {}
        for key in exam.random.sample(["HOST", "PORT", "API_KEY", "Mode", "TOKEN", "DB"], exam.random.randrange(1, 7)):
            if exam.random.random() < 0.3:
                lines.append(exam.random.choice(["", "# a note", "# NOTE=x"]))
            value = exam.random.choice(["a", "8080", "x#1", "two words", "#fff", "k=v", "it's"])
            blank = exam.random.choice(["", " "])
            lines.append(f"{key}{blank}={blank}{value}")
            expected[key] = value
        same("\n".join(lines) + "\n", expected)
