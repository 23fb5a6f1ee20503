"""Jobs that wait for their turn."""


class JobQueue:
    """Highest priority first; among equals, who came first."""

    def __init__(self):
        raise NotImplementedError

    def add(self, name, priority=0):
        """Let a job wait, or change the priority of one that does."""
        raise NotImplementedError

    def next_job(self):
        """Remove the first job; its name."""
        raise NotImplementedError

    def peek(self):
        """The name of the first job, or None."""
        raise NotImplementedError

    def cancel(self, name):
        """Remove a job; whether it was waiting."""
        raise NotImplementedError

    def waiting(self):
        """All names, first one first."""
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError
