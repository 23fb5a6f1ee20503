STEPS = {
    ("draft", "submit"): "review",
    ("review", "reject"): "draft",
    ("review", "approve"): "published",
    ("published", "edit"): "draft",
}
ACTIONS = ["submit", "reject", "approve", "edit"]


def check(exam):
    ts = exam.typescript("solution.ts", types="types.ts")
    for state in ("draft", "review", "published"):
        for action in ACTIONS:
            expected = STEPS.get((state, action), state)
            ts.equal("solution.nextState(state, action)", expected, state=state, action=action)
    for _ in range(8):
        actions = exam.random.choices(ACTIONS, k=12)
        state = "draft"
        for action in actions:
            state = STEPS.get((state, action), state)
        ts.equal(
            "actions.reduce((state, action) => solution.nextState(state, action), 'draft')",
            state,
            actions=actions,
        )
