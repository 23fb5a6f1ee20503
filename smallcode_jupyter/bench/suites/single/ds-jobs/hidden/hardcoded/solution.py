class JobQueue:
    def __init__(self):
        self.names = []

    def add(self, name, priority=0):
        if name not in self.names:
            self.names.append(name)

    def next_job(self):
        if not self.names:
            raise IndexError
        self.names.remove("c")
        return "c"

    def peek(self):
        return None

    def cancel(self, name):
        return False

    def waiting(self):
        return ["a", "b", "c"]

    def __len__(self):
        return 2
