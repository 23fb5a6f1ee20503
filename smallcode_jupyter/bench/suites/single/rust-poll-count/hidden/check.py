import json

ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def _ask(exam, requests):
    lines = ["\t".join(field.translate(ESCAPES) for field in request) for request in requests]
    return [json.loads(line) for line in exam.rust().lines(lines)]


def check(exam):
    random = exam.random
    votes = ["Pizza", "soup", " pizza ", "pizza pie"]
    cases = [(votes, "pizza"), (votes, "soup"), (votes, "pie"), (votes, "pizza pie"), ([], "soup"), (["", " "], "soup"), (["SOUP"] * 5, "soup")]
    answers = ["pizza", "Soup", "pasta", "Fish and chips", "CURRY"]
    for _ in range(25):
        votes = []
        for _ in range(random.randrange(1, 15)):
            vote = random.choice([str, str.lower, str.upper])(random.choice(answers))
            votes.append(random.choice(["", "", " ", "  "]) + vote + random.choice(["", "", " "]))
        cases.append((votes, random.choice(answers).lower()))
    for (votes, answer), found in zip(cases, _ask(exam, [[answer, *votes] for votes, answer in cases])):
        exam.equal(found, sum(vote.strip().lower() == answer.lower() for vote in votes), f"votes_for({votes}, {answer!r})")
