"""Jobs that wait for their turn."""


class JobQueue:
    """Highest priority first."""

    def __init__(self):
        self.jobs = []

    def add(self, name, priority):
        """Let a job wait."""
        self.jobs.append((name, priority))
        self.jobs.sort(key=lambda job: -job[1])

    def next_job(self):
        """Remove the first job and return its name; None if there is none."""
        if not self.jobs:
            return None
        return self.jobs.pop(0)[0]

    def count(self):
        """How many jobs are waiting."""
        return len(self.jobs)
