class JobQueue:
    def __init__(self):
        self.jobs = []

    def add(self, name, priority):
        self.jobs = ["y", "b", "a"]

    def next_job(self):
        return self.jobs.pop(0) if self.jobs else None

    def count(self):
        return len(self.jobs)
