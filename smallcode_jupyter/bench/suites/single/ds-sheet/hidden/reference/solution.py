"""A spreadsheet that stores only the cells in use."""


class Sheet:
    """Cells by row and column, both from 0."""

    def __init__(self):
        self.cells = {}  # (row, col) -> value

    def set(self, row, col, value):
        """Store a value."""
        self.cells[row, col] = value

    def get(self, row, col):
        """The value, or None."""
        return self.cells.get((row, col))

    def count(self):
        """How many cells are in use."""
        return len(self.cells)

    def column(self, col):
        """Values from top to bottom, without empty cells."""
        return [self.cells[cell] for cell in sorted(self.cells) if cell[1] == col]
