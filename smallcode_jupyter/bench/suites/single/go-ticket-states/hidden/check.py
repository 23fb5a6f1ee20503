import json


def _ask(exam, requests):
    return [json.loads(line) for line in exam.go().lines([json.dumps(request) for request in requests])]

MOVES = {
    ("assign", "open"): "assigned",
    ("ask", "assigned"): "waiting",
    ("reply", "waiting"): "assigned",
    ("resolve", "assigned"): "resolved",
    ("close", "resolved"): "closed",
    ("reopen", "resolved"): "open",
    ("reopen", "closed"): "open",
}
EVENTS = ["assign", "ask", "reply", "resolve", "close", "reopen"]


def _allowed(state):
    return sorted(event for event, start in MOVES if start == state)


def _expected(events):
    state, history = "open", ["open"]
    steps = [[state, "", _allowed(state)]]
    for event in events:
        problem = ""
        if event not in EVENTS:
            problem = f"unknown event: {event}"
        elif (event, state) not in MOVES:
            problem = f"cannot {event} a ticket that is {state}"
        else:
            state = MOVES[event, state]
            history.append(state)
        steps.append([state, problem, _allowed(state)])
    return {"steps": steps, "history": history, "later": history}


def check(exam):
    random = exam.random
    paths = {"open": [], "assigned": ["assign"], "waiting": ["assign", "ask"], "resolved": ["assign", "resolve"],
             "closed": ["assign", "resolve", "close"]}
    scripts = [[*path, event] for path in paths.values() for event in [*EVENTS, "delete"]]
    scripts += [[], ["assign", "ask"], ["Assign"], ["assign", "ask", "reply", "ask", "reply", "resolve", "reopen", "assign"]]
    for _ in range(25):
        state, events = "open", []
        for _ in range(random.randrange(5, 25)):
            event = random.choice(_allowed(state) * 3 + EVENTS + ["delete", "merge"])
            state = MOVES.get((event, state), state)
            events.append(event)
        scripts.append(events)
    for events, found in zip(scripts, _ask(exam, scripts)):
        wanted = _expected(events)
        for part in ("steps", "history", "later"):
            exam.equal(found.get(part), wanted[part], f"{part} of {events!r:.150}")
