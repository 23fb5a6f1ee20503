"""Jobs that wait for their turn."""


class JobQueue:
    """Highest priority first."""

    def __init__(self):
        self.jobs = []

    def add(self, name, priority):
        """Let a job wait."""
        raise NotImplementedError

    def next_job(self):
        """Remove the first job and return its name; None if there is none."""
        raise NotImplementedError

    def count(self):
        """How many jobs are waiting."""
        raise NotImplementedError
