"""A spreadsheet that stores only the cells in use."""


class Sheet:
    """Cells by row and column, both from 0."""

    def __init__(self):
        raise NotImplementedError

    def set(self, row, col, value):
        """Store a value; None empties the cell."""
        raise NotImplementedError

    def get(self, row, col):
        """The value, or None."""
        raise NotImplementedError

    def size(self):
        """(rows, columns) that hold all filled cells."""
        raise NotImplementedError

    def column(self, col):
        """Values from top to bottom, without empty cells."""
        raise NotImplementedError

    def insert_row(self, at):
        """Make room for an empty row."""
        raise NotImplementedError

    def delete_row(self, at):
        """Take a row away."""
        raise NotImplementedError

    def swap_columns(self, a, b):
        """Exchange two columns."""
        raise NotImplementedError
