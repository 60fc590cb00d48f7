"""Where the cursor of a table can go."""

from typing import NamedTuple, TypeAlias

Position: TypeAlias = tuple[int, int]
"""A row and a column of a table, both from 0."""


class GridShape(NamedTuple):
    """How many rows and columns of a table the cursor can go to."""

    rows: int
    columns: int

    def nearest(self, row: int, column: int) -> Position:
        """The position given, or the nearest one that the table has."""
        return min(max(0, row), self.rows - 1), min(max(0, column), self.columns - 1)

    def beside(self, row: int, column: int, by: int) -> Position:
        """The position ``by`` cells further in reading order; it may lie below the last row."""
        return divmod(max(0, row * self.columns + column + by), self.columns)
