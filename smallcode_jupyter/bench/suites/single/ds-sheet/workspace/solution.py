"""A spreadsheet that stores only the cells in use."""


class Sheet:
    """Cells by row and column, both from 0."""

    def __init__(self):
        self.cells = {}  # (row, col) -> value

    def set(self, row, col, value):
        """Store a value."""
        raise NotImplementedError

    def get(self, row, col):
        """The value, or None."""
        raise NotImplementedError

    def count(self):
        """How many cells are in use."""
        raise NotImplementedError

    def column(self, col):
        """Values from top to bottom, without empty cells."""
        raise NotImplementedError
