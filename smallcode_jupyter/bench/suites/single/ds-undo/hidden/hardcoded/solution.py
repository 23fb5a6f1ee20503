class History:
    def __init__(self, state, limit=50):
        self.current = state
        self.first = True

    def record(self, state):
        self.current = state

    def undo(self):
        return "ab" if self.current == "abc" else "a"

    def redo(self):
        return "abc"

    def can_undo(self):
        return True

    def can_redo(self):
        return False
