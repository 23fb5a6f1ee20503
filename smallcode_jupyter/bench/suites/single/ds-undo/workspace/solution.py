"""Undo and redo of an editor's states."""


class History:
    """The current state, what can be undone and what can be redone."""

    def __init__(self, state, limit=50):
        raise NotImplementedError

    def record(self, state):
        """Make `state` the current one."""
        raise NotImplementedError

    def undo(self):
        """Go one step back; the state that is current then."""
        raise NotImplementedError

    def redo(self):
        """Go one step forward; the state that is current then."""
        raise NotImplementedError

    def can_undo(self):
        raise NotImplementedError

    def can_redo(self):
        raise NotImplementedError
