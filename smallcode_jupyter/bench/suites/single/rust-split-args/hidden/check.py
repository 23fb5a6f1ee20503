import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _piece(random):
    """A piece of an argument: how it is written, and what it means."""
    plain = random.choice(["a", "-x", "--name=", "file.txt", "1", "b/c", "$"])
    spaced = random.choice(["my file", " ", "a  b", "", "x", "#1 "])
    forms = [(plain, plain)] * 3
    forms += [(f'"{spaced}"', spaced), (f"'{spaced}'", spaced), (f'"it\'s"', "it's"), ("'say \"x\"'", 'say "x"')]
    forms += [("\\ ", " "), ("\\\\", "\\"), ("\\\"", '"'), ("\\'", "'"), ("\\n", "n"), ('"a\\"b"', 'a"b'), ("'a\\b'", "a\\b"), ('"\\\\"', "\\")]
    return random.choice(forms)


def check(exam):
    random = exam.random
    cases = [
        (r"""cp "my file.txt" 'a"b' c\ d """ + '""', ["cp", "my file.txt", 'a"b', "c d", ""]),
        ('a"b c"d', ["ab cd"]),
        ("", []),
        ("   ", []),
        ("ls", ["ls"]),
        ("  ls   -l  ", ["ls", "-l"]),
        ('""', [""]),
        ("'' a ''", ["", "a", ""]),
        ('a""b', ["ab"]),
        ("'a'\"b\"c", ["abc"]),
        ('"it\'s"', ["it's"]),
        (r"\"a\"", ['"a"']),
        (r"\\", ["\\"]),
        (r"a\bc", ["abc"]),
        (r"'a\'", ["a\\"]),
        (r"'a\\b'", [r"a\\b"]),
        (r'"a\"b"', ['a"b']),
        (r'"a\\"', ["a\\"]),
        (r"\ ", [" "]),
        ("'", "open quote"),
        ('"', "open quote"),
        ("a 'b c", "open quote"),
        ('a "b c', "open quote"),
        ("\"a'", "open quote"),
        (r'"a\"', "open quote"),
        (r"'it\'s'", "open quote"),
        ("a\\", "open escape"),
        ("\\", "open escape"),
        ("a b \\", "open escape"),
        ('"a b\\', "open escape"),
        ("'a b\\", "open quote"),
    ]
    for _ in range(40):
        args = [[_piece(random) for _ in range(random.randrange(1, 4))] for _ in range(random.randrange(1, 6))]
        line = random.choice([" ", " ", "  "]).join("".join(written for written, _ in pieces) for pieces in args)
        wanted = ["".join(meant for _, meant in pieces) for pieces in args]
        tail, problem = random.choice([("", "")] * 4 + [(" 'open", "open quote"), ('x"', "open quote"), ("\\", "open escape")])
        cases.append((line + tail, problem or wanted))
    for (line, wanted), found in zip(cases, _ask(exam, [[line] for line, _ in cases])):
        exam.equal(found, wanted, f"split_args({line!r})")
