"""A spreadsheet that stores only the cells in use."""


class Sheet:
    """Cells by row and column, both from 0."""

    def __init__(self):
        self._cells = {}

    def set(self, row, col, value):
        """Store a value; None empties the cell."""
        if row < 0 or col < 0:
            raise IndexError("rows and columns count from 0")
        if value is None:
            self._cells.pop((row, col), None)
        else:
            self._cells[row, col] = value

    def get(self, row, col):
        """The value, or None."""
        return self._cells.get((row, col))

    def size(self):
        """(rows, columns) that hold all filled cells."""
        rows = max((row + 1 for row, _ in self._cells), default=0)
        return rows, max((col + 1 for _, col in self._cells), default=0)

    def column(self, col):
        """Values from top to bottom, without empty cells."""
        return [self._cells[cell] for cell in sorted(self._cells) if cell[1] == col]

    def insert_row(self, at):
        """Make room for an empty row."""
        self._cells = {(row + (row >= at), col): value for (row, col), value in self._cells.items()}

    def delete_row(self, at):
        """Take a row away."""
        self._cells = {
            (row - (row > at), col): value for (row, col), value in self._cells.items() if row != at
        }

    def swap_columns(self, a, b):
        """Exchange two columns."""
        places = {a: b, b: a}
        self._cells = {(row, places.get(col, col)): value for (row, col), value in self._cells.items()}
