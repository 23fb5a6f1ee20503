"""Undo and redo of an editor's states."""


class History:
    """The current state, what can be undone and what can be redone."""

    def __init__(self, state, limit=50):
        self.current = state
        self.limit = limit
        self._past, self._future = [], []

    def record(self, state):
        """Make `state` the current one."""
        if state == self.current:
            return
        self._past.append(self.current)
        del self._past[: -self.limit]
        self._future.clear()
        self.current = state

    def undo(self):
        """Go one step back; the state that is current then."""
        if self._past:
            self._future.append(self.current)
            self.current = self._past.pop()
        return self.current

    def redo(self):
        """Go one step forward; the state that is current then."""
        if self._future:
            self._past.append(self.current)
            self.current = self._future.pop()
        return self.current

    def can_undo(self):
        return bool(self._past)

    def can_redo(self):
        return len(self._future) > 0
