"""Undo of an editor's states."""


class History:
    """The current state and those before it."""

    def __init__(self, state):
        self.current = state
        self.past = []  # the states before the current one, oldest first

    def record(self, state):
        """Make `state` the current one."""
        self.past.append(self.current)
        self.current = state

    def undo(self):
        """Go one step back if there is one; return the state that is current then."""
        if self.past:
            self.current = self.past.pop()
        return self.current

    def can_undo(self):
        """Whether there is a step to go back to: True or False."""
        return len(self.past) > 0
