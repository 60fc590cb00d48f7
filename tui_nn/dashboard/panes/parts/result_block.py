"""A block of the results: a heading, a line for each row of the data, and below them the new rows."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.writing.notation.signs import Notation

MARK_WIDTH = 2
"""The mark before the row chosen, and beside it that of a wrong class."""
WRONG, ASCII_WRONG = "✗", "x"
# For translators: only the part before the comma is shown where there is no room for all.
TEST_ROWS = _("test rows, never trained on")
NOT_IN_THE_DATA, NEW_ROWS = _("not in the data"), _("new rows")


@frozen_dataclass(eq=False)
class Rows:
    """What every block lists: how many rows the data have, and the texts of the new rows, by their numbers.

    ``test`` are the indices of the rows kept back for a test, which stand below the others.
    """

    in_data: int
    new: Mapping[int, str]
    notation: Notation
    test: Sequence[int] = ()

    @cached_property
    def order(self) -> Sequence[int]:
        """The indices of the rows of the data, in the order in which they are listed."""
        if not self.test:
            return range(self.in_data)
        kept_back = {*self.test}
        return [*(row for row in range(self.in_data) if row not in kept_back), *sorted(kept_back)]

    @cached_property
    def places(self) -> Sequence[int]:
        """Where each row of the data stands in that order, by its index."""
        if not self.test:
            return range(self.in_data)
        return sorted(range(self.in_data), key=self.order.__getitem__)

    @property
    def trained(self) -> int:
        """How many rows are trained on."""
        return self.in_data - len(self.test)

    @property
    def lines(self) -> int:
        """The lines of the rows of the data: a rule stands above the test rows."""
        return self.in_data + bool(self.test)


class ChosenRow(NamedTuple):
    """The row chosen: the index of a row of the data, and the number of a new row, 0 without one."""

    row: int
    new_row: int
    has_cursor: bool


class ResultBlock:
    """Lays out the lines of a block. A subclass writes its heading and the cells of a row."""

    header_lines: int

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    @property
    def height(self) -> int:
        """The number of lines: between the rows of the data and the new ones stands a heading."""
        return self.header_lines + self.rows.lines + (len(self.rows.new) + 1 if self.rows.new else 0)

    def line_of(self, place: int) -> int:
        """The line of a row, by its index among the rows of the data and then the new ones."""
        if place >= self.rows.in_data:
            return self.header_lines + self.rows.lines + 1 + place - self.rows.in_data
        listed = self.rows.places[place]
        return self.header_lines + listed + (1 if self.rows.test and listed >= self.rows.trained else 0)

    def header(self, y: int, room: int) -> tuple[str, str]:
        """Line ``y`` of the heading, without the columns of the mark, and its style."""
        raise NotImplementedError

    def cells(self, index: int, room: int) -> Line:
        """The cells of a row of the data."""
        raise NotImplementedError

    def is_wrong(self, index: int) -> bool:
        """Whether a row of the data has another class than the one predicted."""
        raise NotImplementedError

    def new_heading(self, room: int) -> str:
        """The heads of the columns of the new rows."""
        raise NotImplementedError

    def new_cells(self, index: int, room: int) -> Line:
        """The cells of a new row, by its index."""
        raise NotImplementedError

    def width_before_new(self, room: int) -> int:
        """How many columns of the data's rows stand above a new row's x, without those of the mark."""
        raise NotImplementedError

    def width_of_new(self, room: int) -> int:
        """The width of a new row's cells."""
        raise NotImplementedError

    def x_width(self, room: int) -> int:
        """The width of a new row's x: what it needs if there is room, else the width of the columns above."""
        needed = max(len(NOT_IN_THE_DATA), *map(cell_len, self.rows.new.values()))
        aligned = self.width_before_new(room)
        return min(max(needed, aligned), max(aligned, room - MARK_WIDTH - 1 - self.width_of_new(room)))

    def width(self, room: int) -> int:
        """How many columns the block takes if there are ``room``."""
        before = self.x_width(room) if self.rows.new else self.width_before_new(room)
        return MARK_WIDTH + before + 1 + self.width_of_new(room)

    def line(self, y: int, room: int, chosen: ChosenRow) -> Line:
        """Line ``y`` of the block, in ``room`` columns."""
        index = y - self.header_lines
        if index < 0:
            text, style = self.header(y, room)
            return [(" " * MARK_WIDTH + text, style)]
        if index < self.rows.lines:
            return self._row_of_data(index, room, chosen)
        return [(" " * MARK_WIDTH, ""), *self._new_line(index - self.rows.lines - 1, room, chosen)]

    def _row_of_data(self, line: int, room: int, chosen: ChosenRow) -> Line:
        """A row of the data, or the rule above the test rows, by the line below the heading."""
        unicode, is_test = self.rows.notation.unicode, line > self.rows.trained
        if self.rows.test and line == self.rows.trained:
            words = TEST_ROWS if len(TEST_ROWS) + MARK_WIDTH <= room else TEST_ROWS.split(",")[0]
            rule = ("─" if unicode else "-") * max(0, min(room, self.width(room)) - len(words) - MARK_WIDTH - 1)
            return [(f"{' ' * MARK_WIDTH}{words} {rule}", "faint")]
        index = self.rows.order[line - is_test]
        mark = ("›" if unicode else ">") if index == chosen.row else " "
        wrong = WRONG if unicode else ASCII_WRONG
        marks = [(mark, "row"), (wrong, "error")] if self.is_wrong(index) else [(f"{mark} ", "row")]
        cells = self.cells(index, room)
        return [*marks, *([(text, style or "faint") for text, style in cells] if is_test else cells)]

    def _new_line(self, index: int, room: int, chosen: ChosenRow) -> Line:
        """A new row with its predictions; for the index −1, the heading above the new rows."""
        width = self.x_width(room)
        if index < 0:
            heading = NOT_IN_THE_DATA if len(NOT_IN_THE_DATA) <= width else NEW_ROWS
            return [(f"{heading:<{width}} {self.new_heading(room)}", "faint")]
        number, text = list(self.rows.new.items())[index]
        is_chosen = chosen.has_cursor and number == chosen.new_row
        written = fitted(text, width, self.rows.notation).rstrip()
        blank = " " * (width - cell_len(written) + 1)
        return [(written, "cursor" if is_chosen else ""), (blank, ""), *self.new_cells(index, room)]


def fitted(text: str, width: int, notation: Notation) -> str:
    """``text`` in exactly ``width`` columns, cut with dots if it is longer."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    ellipsis = notation.ellipsis
    return set_cell_size(text, width - len(ellipsis)) + ellipsis


def pending_dot(notation: Notation) -> str:
    """Stands for a number that is not reached yet, as in the matrices."""
    return "·" if notation.unicode else "."
