"""Jobs that wait for their turn."""


class JobQueue:
    """Highest priority first; among equals, who came first."""

    def __init__(self):
        self._priorities = {}  # in the order the jobs came

    def add(self, name, priority=0):
        """Let a job wait, or change the priority of one that does."""
        self._priorities[name] = priority

    def next_job(self):
        """Remove the first job; its name."""
        name = self.peek()
        if name is None:
            raise IndexError("no job is waiting")
        del self._priorities[name]
        return name

    def peek(self):
        """The name of the first job, or None."""
        return max(self._priorities, key=self._priorities.get, default=None)

    def cancel(self, name):
        """Remove a job; whether it was waiting."""
        return self._priorities.pop(name, None) is not None

    def waiting(self):
        """All names, first one first."""
        return sorted(self._priorities, key=lambda name: -self._priorities[name])

    def __len__(self):
        return len(self._priorities)
