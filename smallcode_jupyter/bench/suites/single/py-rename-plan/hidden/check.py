def plan(names, prefix, start=1, digits=3, sort=False):
    if sort:
        names = sorted(names, key=lambda name: name.lower())
    lines = []
    for at, name in enumerate(names):
        dot = name.rfind(".")
        ending = name[dot:].lower() if dot > 0 else ""
        lines.append(f"{name} -> {prefix}-{str(start + at).zfill(digits)}{ending}")
    return lines


def check(exam):
    def run(names, *words):
        return exam.command("python", "solution.py", *words, stdin="".join(f"{name}\n" for name in names))

    def same(names, words, **options):
        result = run(names, *words)
        shown = [line.rstrip() for line in result.stdout.splitlines()]
        exam.equal(shown, plan([name for name in names if name], words[0], **options), f"{' '.join(words)} of {names}")
        exam.equal(result.exit_code, 0, f"status of {' '.join(words)}")

    same(["IMG_77.JPG"], ["trip"])
    same(["b.PNG", "A.txt"], ["trip", "--start", "9", "--digits", "2", "--sort"], start=9, digits=2, sort=True)
    same(["b.PNG", "A.txt", "c.gif"], ["trip"])
    same(["b.png", "", "a.png", ""], ["x"])
    same(["README", ".profile", "site.tar.GZ", ".config.JSON", "two words.Txt"], ["old"])
    same(["a.jpg", "b.jpg", "c.jpg"], ["p", "--digits", "1", "--start", "9"], digits=1, start=9)
    same(["a.jpg"], ["p", "--start", "0"], start=0)
    same(["b1", "B0", "a2", "C3"], ["p", "--sort"], sort=True)
    for names in ([], ["", ""]):
        result = run(names, "trip")
        exam.equal(result.exit_code, 1, "status without names")
        exam.equal(result.stdout, "", "output without names")
        exam.true("nothing to rename" in result.stderr, "without names, the message goes to standard error")
    for words in (["trip", "--digits", "0"], ["trip", "--digits", "-2"], [], ["trip", "--start", "one"]):
        result = run(["a.jpg"], *words)
        exam.equal(result.exit_code, 2, f"status of {words}")
        exam.equal(result.stdout, "", f"output of {words}")
    for _ in range(4):
        names = [
            exam.random.choice(["IMG", "scan", "Note", "zoo", "Apple"]) + str(at) + exam.random.choice([".JPG", ".Png", "", ".tar.gz"])
            for at in range(exam.random.randrange(2, 14))
        ]
        exam.random.shuffle(names)
        start, digits, sort = exam.random.randrange(0, 120), exam.random.randrange(1, 5), exam.random.random() < 0.5
        words = ["set", "--start", str(start), "--digits", str(digits)] + ["--sort"] * sort
        same(names, words, start=start, digits=digits, sort=sort)
