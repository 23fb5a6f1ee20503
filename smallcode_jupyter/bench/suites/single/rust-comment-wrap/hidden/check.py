import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _text(random):
    lines = []
    for _ in range(random.randrange(1, 8)):
        line = " ".join(random.choice(["reads", "the", "file", "//", "x  =  1", "and", "returns"]) for _ in range(random.randrange(0, 5)))
        lines.append(random.choice(["", " ", "    "]) + line + random.choice(["", " "]))
    return "\n".join([*lines, "end"])


def check(exam):
    texts = ["Reads the file\n\n  and returns it ", "", "one", "  one", "one\ntwo", "a\n\n\nb", "a\n   \nb", "\na", "// a\nb  c", "a \n b \n c"]
    texts += [_text(exam.random) for _ in range(25)]
    for text, found in zip(texts, _ask(exam, [[text] for text in texts])):
        lines = [line.strip() for line in text.split("\n")] if text else []
        exam.equal(found, [f"// {line}" if line else "//" for line in lines], f"comment_lines({text!r})")
