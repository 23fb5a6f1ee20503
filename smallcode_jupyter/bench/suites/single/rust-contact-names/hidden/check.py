import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _swapped(name):
    parts = [part.strip(" ") for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else None


def check(exam):
    random = exam.random
    words = ["ada", "King", "lovelace", "van", "der", "Berg", "LEE", "o", "Grace", "hopper"]
    blanks = ["", " ", "  "]
    plain = ["ada king lovelace", "", "  ", "plato", "  Grace   hopper ", "X y Z", "LEE", "a b c d e"]
    comma = ["Lovelace, Ada", "van Rossum ,Guido", "Plato", "", ",", "Lee,", ",Ann", " , Ann", "Lee,  ", "a,b,c", "Lee,,Ann", "Lee,Ann",
             "  Lee  ,  Ann Mary  ", "Lee, Ann,"]
    for _ in range(20):
        chosen = random.sample(words, random.randrange(1, 5))
        plain.append(random.choice(blanks) + random.choice([" ", "  "]).join(chosen) + random.choice(blanks))
        parts = [" ".join(random.sample(words, random.randrange(0, 3))) for _ in range(random.choice([1, 2, 2, 2, 2, 3]))]
        comma.append(",".join(random.choice(blanks) + part + random.choice(blanks) for part in parts))
    requests = [["initials", name] for name in plain] + [["swap", name] for name in comma]
    wanted = ["".join(word[0].upper() for word in name.split()) for name in plain] + [_swapped(name) for name in comma]
    for request, found, value in zip(requests, _ask(exam, requests), wanted):
        exam.equal(found, value, f"{request}")
