class RangeSet:
    def __init__(self):
        self.removed = False

    def add(self, start, stop):
        if start >= stop:
            raise ValueError

    def remove(self, start, stop):
        self.removed = True

    def ranges(self):
        return [(0, 5), (22, 30)] if self.removed else [(0, 12), (20, 30)]

    def missing(self, start, stop):
        return [(12, 20)]

    def __contains__(self, position):
        return position < 5

    def __len__(self):
        return 13
