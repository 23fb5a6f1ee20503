import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def check(exam):
    random = exam.random
    words = ["ada", "King", "lovelace", "van", "der", "Berg", "LEE", "o", "Grace", "hopper"]
    blanks = ["", " ", "  "]
    names = ["Ada King Lovelace", "  Grace  hopper", "", "  ", "plato", "X y Z", "LEE", "a b c d e", " bob "]
    for _ in range(20):
        chosen = random.sample(words, random.randrange(1, 6))
        names.append(random.choice(blanks) + random.choice([" ", "  "]).join(chosen) + random.choice(blanks))
    for name, found in zip(names, _ask(exam, [[name] for name in names])):
        exam.equal(found, "".join(word[0] for word in name.split()), f"initials({name!r})")
