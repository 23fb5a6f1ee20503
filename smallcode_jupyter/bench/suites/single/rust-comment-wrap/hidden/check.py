import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _expected(text, width):
    paragraphs = [[]]
    for line in text.split("\n"):
        if line.split():
            paragraphs[-1] += line.split()
        else:
            paragraphs.append([])
    blocks = []
    for words in filter(None, paragraphs):
        lines = []
        while words:
            count = 1
            while count < len(words) and len(" ".join(["//", *words[: count + 1]])) <= width:
                count += 1
            lines.append(" ".join(["//", *words[:count]]))
            words = words[count:]
        blocks.append(lines)
    return [line for number, lines in enumerate(blocks) for line in (["//"] * (number > 0) + lines)]


def _text(random):
    words = ["a", "of", "the", "file", "reads", "returns", "configuration", "value", "is", "not", "extraordinarily", "x1,", "day."]
    parts = []
    for _ in range(random.randrange(1, 30)):
        parts.append(random.choice(words))
        parts.append(random.choice([" "] * 8 + ["  ", "\n", "\n\n", "\n \n", "\n\n\n", "\n  "]))
    return random.choice(["", "", "\n", " ", "\n\n"]) + "".join(parts)


def check(exam):
    random = exam.random
    cases = [("Reads the file and returns it", 15), ("a b\nc\n\n\nd", 20), ("an extraordinary day", 10), ("", 20), ("  \n \n", 20), ("word", 3),
             ("ab cd", 8), ("ab cd", 7), ("ab cd", 9), ("one two three", 80), ("one\n\ntwo\n\nthree", 80), ("\n\none two\n\n", 10), ("a b c", 1),
             ("extraordinary\nextraordinary", 6), ("a   b", 80), ("a\n   \nb", 80), ("a b c d e f g h", 8)]
    cases += [(_text(random), random.randrange(8, 40)) for _ in range(30)]
    for (text, width), found in zip(cases, _ask(exam, [[str(width), text] for text, width in cases])):
        exam.equal(found, _expected(text, width), f"wrap_comment({text!r:.150}, {width})")
