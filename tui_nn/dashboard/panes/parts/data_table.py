"""The table of the data: in each column the numbers as typed in, and beside each the number as scaled."""

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrix_layout import QUESTION_MARK
from tui_nn.network import Dataset
from tui_nn.network.model.array import Array
from tui_nn.session.editing.cell_edits import table_and_position
from tui_nn.session.quiz.hidden_numbers import HiddenNumbers
from tui_nn.writing.notation.number_format import Format, format_of, shortest, unsigned_zero
from tui_nn.writing.notation.signs import Notation

_HEADER_LINES = 2
"""How many lines a name has."""
_LEAST_WIDTHS = 4, 1
"""How wide numbers as typed in are at least: where there is room, and where there is none."""
_GAP = 1
_MOST_DECIMALS = 6


class _Column:
    """One column: its name on two lines, its numbers as typed in with their points below each other, and as scaled.

    The numbers as typed in take ``least`` cells of the screen, or more where they are longer.
    """

    def __init__(self, name: str, values: Array, scaled: Array, scaled_format: Format, least: int) -> None:
        self.name = name
        self.values = values
        self.scaled = scaled
        self.format = scaled_format
        self._decimals = next((d for d in range(_MOST_DECIMALS + 1) if (np.round(values, d) == values).all()), None)
        extremes = [self._number_text(float(value)) for value in (values.max(), values.min(), *values[:100])]
        self._typed_width = max(least, *map(len, extremes))
        self.width = self._typed_width + 1 + scaled_format.width

    def _number_text(self, value: float) -> str:
        value = unsigned_zero(value)
        if self._decimals is None or abs(value) >= 1e9:
            return f"{value:.6g}"
        return f"{value:.{self._decimals}f}"

    def typed(self, row: int) -> str:
        """The number as typed in."""
        return self._number_text(float(self.values[row])).replace("-", self.format.minus).rjust(self._typed_width)

    def heading(self, y: int, ellipsis: str) -> str:
        """One of the two lines of the name, cut with an ellipsis where two lines are too few."""
        lines = textwrap.wrap(self.name, self.width) or [""]
        if len(lines) > _HEADER_LINES:
            lines[1] = set_cell_size(lines[1], self.width - 1).rstrip() + ellipsis
        text = lines[y] if y < len(lines) else ""
        return text + " " * (self.width - cell_len(text))


class TypedCell(NamedTuple):
    """The cell that is being edited: where it stands, what is drawn there, and why it was refused, line by line."""

    row: int
    column: int
    text: Line
    refusal: Sequence[str]


class DataTable:
    """The columns of ``data``, laid out beside each other: x left of a bar, y right of it.

    ``has_line_below`` is true while there is an empty line below the last row.
    """

    def __init__(self, data: Dataset, notation: Notation) -> None:
        self._data = data
        self._unicode = notation.unicode
        minus, digits = notation.minus, notation.digits
        parts = (
            (data.x_names, data.x, data.X, format_of(data.X, minus, digits=digits)),
            (data.y_names, data.y, data.Y, format_of(data.Y, minus, digits=digits)),
        )
        self._wide_columns, self._narrow_columns = (
            [
                _Column(name, typed[:, i], scaled[:, i], scaled_format, least)
                for names, typed, scaled, scaled_format in parts
                for i, name in enumerate(names)
            ]
            for least in _LEAST_WIDTHS
        )
        self._columns = self._wide_columns
        self.has_line_below = False

    def fit(self, room: int) -> int:
        """How many columns of the screen the table takes; as few as ``room`` where it can."""
        # Where a scrollbar takes its column, blanks go before the last digit of a number does.
        self._columns = self._wide_columns
        if self._width > room:
            self._columns = self._narrow_columns
        return self._width

    @property
    def _width(self) -> int:
        last = len(self._columns) - 1
        return self.left_of(last) + self.cell_width(last)

    @property
    def lines(self) -> int:
        """How many lines the names and the rows take, with the empty one below them."""
        return _HEADER_LINES + self._data.rows + self.has_line_below

    @staticmethod
    def first_line_of(row: int) -> int:
        """The line of a row; of row 0, the names, the first one."""
        return _HEADER_LINES + row - 1 if row else 0

    def left_of(self, column: int) -> int:
        """Where a column begins, in columns of the screen."""
        bar = 2 if column >= self._data.inputs else 0
        return self._numbers_width + bar + sum(one.width + _GAP for one in self._columns[:column])

    def cell_width(self, column: int) -> int:
        """How many columns of the screen a column takes: its numbers as typed in, and as scaled."""
        return self._columns[column].width

    @property
    def _numbers_width(self) -> int:
        return len(str(self._data.rows + self.has_line_below)) + 1

    def line(self, y: int, cursor: tuple[int, int] | None, typed: TypedCell | None, hidden: HiddenNumbers) -> Line:
        """Line ``y`` of the table, with the ``cursor`` on a cell, and with the cell that is being edited.

        A question mark stands for each scaled number that is ``hidden``. A refusal stands below the row that it is of.
        """
        if typed and typed.refusal:
            below = y - _HEADER_LINES - typed.row
            if 0 <= below < len(typed.refusal):
                return [(typed.refusal[below], "refused")]
            if below >= len(typed.refusal):
                y -= len(typed.refusal)
        row = max(0, y - _HEADER_LINES + 1)
        # A name is typed in the first of its lines.
        is_typed = typed is not None and typed.row == row and (row > 0 or y == 0)
        beginning = str(row).rjust(self._numbers_width - 1) if row else ""
        line: Line = [(beginning.ljust(self._numbers_width), "faint" if row else "")]
        for column in range(len(self._columns)):
            line += self._bar(column)
            if typed and is_typed and typed.column == column:
                line += typed.text
            elif row:
                line += self._cell_line(row, column, hidden, is_cursor=cursor == (row, column))
            else:
                heading = self._columns[column].heading(y, "…" if self._unicode else ".")
                line.append((heading, "cursor" if cursor == (row, column) else "title"))
            line.append((" " * _GAP, ""))
        return line

    def _cell_line(self, row: int, column: int, hidden: HiddenNumbers, *, is_cursor: bool) -> Line:
        one = self._columns[column]
        if row > self._data.rows:
            return [(" " * one.width, "cursor" if is_cursor else "")]
        typed, scaled = one.typed(row - 1), self._scaled_text(row, column, hidden)
        return [(typed, "cursor" if is_cursor else "label"), (" " + scaled, "faint")]

    def _scaled_text(self, row: int, column: int, hidden: HiddenNumbers) -> str:
        one, inputs = self._columns[column], self._data.inputs
        name, place = ("X", column + 1) if column < inputs else ("Y", column + 1 - inputs)
        if hidden.has_cell(name, row, place):
            return QUESTION_MARK.rjust(one.format.width)
        return one.format(float(one.scaled[row - 1]))

    def _bar(self, column: int) -> Line:
        if column != self._data.inputs:
            return []
        return [("│ " if self._unicode else "| ", "faint")]


def cell_text(data: Dataset, row: int, column: int) -> str:
    """The text with which the edit of a cell begins: a name in row 0, else a number with all its digits.

    It is "" below the last row.
    """
    if row > data.rows:
        return ""
    table, position = table_and_position(data, column)
    names, numbers = (data.x_names, data.x) if table == "x" else (data.y_names, data.y)
    return names[position - 1] if row == 0 else shortest(float(numbers[row - 1, position - 1]))
