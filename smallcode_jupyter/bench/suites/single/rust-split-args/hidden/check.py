import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def check(exam):
    random = exam.random
    cases = [('cp "my file.txt" b.txt', ["cp", "my file.txt", "b.txt"]), ("  ls  -l", ["ls", "-l"]), ("", []), ("   ", []), ("ls", ["ls"]), ("ls -l  ", ["ls", "-l"]),
             ('"a b"', ["a b"]), ('"a"', ["a"]), ('"a  b" "c d"', ["a  b", "c d"]), ('echo " x "', ["echo", " x "]), ("it's -n", ["it's", "-n"])]
    for _ in range(30):
        args = [random.choice(["a", "-x", "--name=1", "file.txt", "my file", "a  b", "c d e", " y"]) for _ in range(random.randrange(1, 6))]
        line = "".join((f'"{arg}"' if " " in arg or random.random() < 0.2 else arg) + " " * random.randrange(1, 4) for arg in args)
        cases.append((random.choice([line, line.rstrip(), " " + line]), args))
    for (line, wanted), found in zip(cases, _ask(exam, [[line] for line, _ in cases])):
        exam.equal(found, wanted, f"split_args({line!r})")
