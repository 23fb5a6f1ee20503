def plan(names, prefix):
    return [f"{name} -> {prefix}-{str(at).zfill(3)}.{name.split('.')[-1].lower()}" for at, name in enumerate(names, 1)]


def check(exam):
    py = exam.python()

    def same(names, prefix):
        py.equal("solution.rename_plan(names, prefix)", plan(names, prefix), names=names, prefix=prefix)

    same(["IMG_77.JPG", "a.b.png"], "trip")
    same([], "trip")
    same(["b.PNG", "A.txt", "c.gif"], "old")
    same(["two words.Txt", "site.tar.GZ"], "x")
    same(["a.jpg", "a.jpg"], "Summer 24")
    same([f"p{number}.jpeg" for number in range(12)], "p")
    for _ in range(15):
        names = [
            exam.random.choice(["IMG", "scan", "Note", "zoo.1", "Apple"]) + str(at) + exam.random.choice([".JPG", ".Png", ".gif", ".tar.gz"])
            for at in range(exam.random.randrange(2, 14))
        ]
        exam.random.shuffle(names)
        same(names, exam.random.choice(["set", "trip", "a-b"]))
