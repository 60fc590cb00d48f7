"""The table of the data: in each column the numbers as typed in, and beside each the number as scaled.

Where there is no room for both, numbers that are not scaled stand there once.
"""

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len, set_cell_size

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.matrices.matrix_pieces import QUESTION_MARK
from tui_nn.language import pgettext
from tui_nn.network import Dataset
from tui_nn.network.model.array import Array
from tui_nn.session.editing.cell_edits import is_derived, table_and_position
from tui_nn.session.quiz.hidden_numbers import HiddenNumbers
from tui_nn.writing.notation.number_format import Format, matrix_format, shortest_text, unsigned_zero
from tui_nn.writing.notation.signs import Notation

_NAME_LINES = 2
"""How many lines a name may take."""
# For translators: headings of narrow columns, for numbers as typed in, as computed, and as scaled.
_TYPED, _COMPUTED, _SCALED = pgettext("column", "typed"), pgettext("column", "value"), pgettext("column", "scaled")
_MARK_WIDTH = 1
"""The column of the mark before the row chosen."""
_LEAST_WIDTHS = 5, 1
"""How wide numbers as typed in are at least: where there is room for their heading, and where there is none."""
_LONGEST_WORD = 12
"""Numbers that stand there once are as wide as the longest word of their name, but no wider than this."""
TEST_MARK = "t"
"""Stands beside the numbers of test rows."""
_GAP = 1
_MOST_DECIMALS = 6


class _TypedNumbers:
    """The numbers of a column as typed in, with aligned decimal points; ``width`` is the length of the longest."""

    def __init__(self, values: Array) -> None:
        self.values = values
        self._decimals = next(
            (decimals for decimals in range(_MOST_DECIMALS + 1) if (np.round(values, decimals) == values).all()), None
        )
        self.width = max(len(self.text(float(value))) for value in (values.max(), values.min(), *values[:100]))

    def text(self, value: float) -> str:
        """A number as it is written in this column."""
        value = unsigned_zero(value)
        if self._decimals is None or abs(value) >= 1e9:
            return f"{value:.6g}"
        return f"{value:.{self._decimals}f}"


class _Column:
    """One column: its name on two lines, its numbers as typed in, and as scaled.

    The numbers as typed in take ``least_width`` columns of the screen, or more if they are longer. With ``says_once``,
    the column has no numbers as scaled if they are the same.
    """

    def __init__(
        self,
        name: str,
        typed: _TypedNumbers,
        scaled: Array,
        scaled_format: Format,
        least_width: int,
        *,
        says_once: bool = False,
    ) -> None:
        self.name = name
        self._typed = typed
        self.scaled = scaled
        self.format = scaled_format
        self.shows_scaled = not says_once or not np.array_equal(typed.values, scaled)
        if not self.shows_scaled:
            least_width = min(_LONGEST_WORD, max(map(cell_len, name.split()), default=1))
        self._typed_width = max(least_width, typed.width)
        self._scaled_width = max(len(_SCALED), scaled_format.width)
        self.width = self._typed_width + (1 + self._scaled_width if self.shows_scaled else 0)

    def typed_text(self, row: int) -> str:
        """The number of a row as typed in."""
        text = self._typed.text(float(self._typed.values[row]))
        return text.replace("-", self.format.minus).rjust(self._typed_width)

    @property
    def name_lines(self) -> int:
        """How many lines the name takes."""
        return min(_NAME_LINES, len(textwrap.wrap(self.name, self.width)) or 1)

    def scaled_text(self, row: int, *, is_hidden: bool) -> str:
        """The number of a row as scaled; a question mark if a question hides it."""
        text = QUESTION_MARK if is_hidden else self.format(float(self.scaled[row]))
        return text.rjust(self._scaled_width)

    def heading(self, y: int, ellipsis: str) -> str:
        """Line ``y`` of the name. An ellipsis stands for what does not fit on two lines."""
        lines = textwrap.wrap(self.name, self.width) or [""]
        if len(lines) > _NAME_LINES:
            lines[1] = set_cell_size(lines[1], self.width - 1).rstrip() + ellipsis
        text = lines[y] if y < len(lines) else ""
        return text + " " * (self.width - cell_len(text))

    def kinds(self, first: str) -> str:
        """What the two numbers of a row are, each word over its numbers; the ``first`` only if there is room for it.

        It is blank over numbers that stand there once.
        """
        if not self.shows_scaled:
            return " " * self.width
        typed = first if self._typed_width >= len(first) else ""
        return f"{typed:>{self._typed_width}} {_SCALED:>{self._scaled_width}}"


class TypedCell(NamedTuple):
    """The cell that the user is editing: its place, its text, and the lines that say why it is refused."""

    row: int
    column: int
    text: Line
    error_lines: Sequence[str]


class DataTable:
    """The columns of ``data`` side by side, x left of a bar and y right of it; each says which numbers are scaled.

    While ``has_line_below`` is true, an empty line stands below the last row.
    """

    def __init__(self, data: Dataset, notation: Notation) -> None:
        self._data, self._test_rows = data, frozenset(data.test_rows)
        self._unicode = notation.unicode
        minus, digits = notation.minus, notation.digits
        parts = (
            (data.input_names, data.all_x, data.X, matrix_format(data.X, minus, digits=digits)),
            (data.y_names, data.y, data.Y, matrix_format(data.Y, minus, digits=digits)),
        )
        columns = [
            (name, _TypedNumbers(typed[:, i]), scaled[:, i], scaled_format)
            for names, typed, scaled, scaled_format in parts
            for i, name in enumerate(names)
        ]
        wide, narrow = _LEAST_WIDTHS
        self._ways = [
            [
                _Column(name, typed, scaled, scaled_format, least_width, says_once=says_once)
                for name, typed, scaled, scaled_format in columns
            ]
            for least_width, says_once in ((wide, False), (narrow, False), (narrow, True))
        ]
        """The columns, the widest way to show them first."""
        self._columns = self._ways[0]
        self._name_lines = _NAME_LINES
        self.has_line_below = False

    def fit(self, room: int) -> int:
        """Chooses the widths of the columns so that the table fits ``room``, if it can, and returns its width."""
        for columns in self._ways:
            self._columns = columns
            last = len(self._columns) - 1
            if (width := self.left_of(last) + self.cell_width(last)) <= room:
                break
        self._name_lines = max(column.name_lines for column in self._columns)
        return width

    @property
    def lines(self) -> int:
        """How many lines the table takes: the names, the rows, and the empty line below them, if it is there."""
        return self._header_lines + self._data.rows + self.has_line_below

    @property
    def _header_lines(self) -> int:
        """The lines of the names, and the one that says which numbers are typed and which are scaled."""
        return self._name_lines + any(column.shows_scaled for column in self._columns)

    def first_line_of(self, row: int) -> int:
        """The line of a row; for row 0, the first line of the names."""
        return self._header_lines + row - 1 if row else 0

    def left_of(self, column: int) -> int:
        """The column of the screen at which a column of the table begins."""
        bar = 2 if column >= self._data.inputs else 0
        return self._numbers_width + bar + sum(one.width + _GAP for one in self._columns[:column])

    def cell_width(self, column: int) -> int:
        """How many columns of the screen a column of the table takes, its numbers as typed in and as scaled."""
        return self._columns[column].width

    @property
    def _numbers_width(self) -> int:
        return _MARK_WIDTH + len(str(self._data.rows + self.has_line_below)) + 1

    def line(
        self,
        y: int,
        cursor: tuple[int, int] | None,
        typed: TypedCell | None,
        hidden: HiddenNumbers,
        chosen_row: int,
        batch: frozenset[int] = frozenset(),
    ) -> Line:
        """Line ``y`` of the table, with the ``cursor`` and with the cell that the user is editing.

        A mark stands before ``chosen_row``, another beside the rows of the ``batch``, a third beside test rows, and a
        question mark for each scaled number that is ``hidden``. The reason of an error stands below the row.
        """
        if typed and typed.error_lines:
            below = y - self._header_lines - typed.row
            if 0 <= below < len(typed.error_lines):
                return [(typed.error_lines[below], "error")]
            if below >= len(typed.error_lines):
                y -= len(typed.error_lines)
        row = max(0, y - self._header_lines + 1)
        # The user types a name on its first line.
        is_typed = typed is not None and typed.row == row and (row > 0 or y == 0)
        line: Line = self._row_number(row, is_chosen=row == chosen_row, is_in_batch=row in batch)
        for column in range(len(self._columns)):
            line += self._bar(column)
            if typed and is_typed and typed.column == column:
                line += typed.text
            elif row:
                line += self._cell_line(row, column, hidden, is_cursor=cursor == (row, column))
            elif y >= self._name_lines:
                first = _COMPUTED if is_derived(self._data, column) else _TYPED
                line.append((self._columns[column].kinds(first), "faint"))
            else:
                heading = self._columns[column].heading(y, "…" if self._unicode else ".")
                line.append((heading, "cursor" if cursor == (row, column) else "title"))
            line.append((" " * _GAP, ""))
        return line

    def _row_number(self, row: int, *, is_chosen: bool, is_in_batch: bool) -> Line:
        """The number of a row, with a mark before the row chosen, and one behind the rows of the batch and test rows.

        Row 0 has blanks.
        """
        if not row:
            return [(" " * self._numbers_width, "")]
        mark = ("›" if self._unicode else ">") if is_chosen else " "
        number = str(row).rjust(self._numbers_width - _MARK_WIDTH - 1)
        style = "row" if is_chosen else "faint"
        if not is_in_batch:
            return [(f"{mark}{number}{TEST_MARK if row in self._test_rows else ' '}", style)]
        return [(f"{mark}{number}", style), ("•" if self._unicode else "*", "mark")]

    def _cell_line(self, row: int, column: int, hidden: HiddenNumbers, *, is_cursor: bool) -> Line:
        shown = self._columns[column]
        if row > self._data.rows:
            return [(" " * shown.width, "cursor" if is_cursor else "")]
        table, position = table_and_position(self._data, column)
        scaled = shown.scaled_text(row - 1, is_hidden=hidden.has_cell(table.upper(), row, position))
        style = "cursor" if is_cursor else "faint" if row in self._test_rows else "label"
        typed: Line = [(shown.typed_text(row - 1), style)]
        return [*typed, (" " + scaled, "faint")] if shown.shows_scaled else typed

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
    names, numbers = (data.input_names, data.all_x) if table == "x" else (data.y_names, data.y)
    return names[position - 1] if row == 0 else shortest_text(float(numbers[row - 1, position - 1]))
