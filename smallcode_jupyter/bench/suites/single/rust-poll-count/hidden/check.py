import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def _tally(votes):
    names = [vote.strip(" ").lower() for vote in votes if vote.strip(" ")]
    return sorted(([name, names.count(name)] for name in set(names)), key=lambda pair: (-pair[1], pair[0]))


def _winner(votes):
    pairs = _tally(votes)
    return pairs[0][0] if pairs and (len(pairs) == 1 or pairs[0][1] > pairs[1][1]) else None


def check(exam):
    random = exam.random
    cases = [["Pizza", "soup", " pizza ", ""], ["b", "a"], [], ["", "  "], ["SOUP"], ["c", "b", "a", "b", "c"],
             ["x", "y", "y", "z", "z", "z"], ["salad bowl", "Salad Bowl ", "salad"], ["b", "b", "a", "", "", ""]]
    for _ in range(25):
        names = random.sample(["Pizza", "soup", "Salad", "tofu curry", "BURGER", "rice"], random.randrange(1, 6))
        votes = [random.choice(names) for _ in range(random.randrange(1, 15))]
        shaped = [random.choice([vote, vote.lower(), vote.upper(), f" {vote}", f"{vote}  "]) for vote in votes]
        cases.append(shaped + random.choice([[], [""], [" ", ""]]))
    for votes, found in zip(cases, _ask(exam, [["poll", *votes] for votes in cases])):
        exam.equal(found[0], _tally(votes), f"tally of {votes}")
        exam.equal(found[1], _winner(votes), f"winner of {votes}")
