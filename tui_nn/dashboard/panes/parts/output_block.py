"""One output in the results: y, ŷ before and after the update, and the error, row by row."""

from collections.abc import Sequence
from typing import NamedTuple

from tui_nn.dashboard.panes.parts.result_block import MARK_WIDTH, ResultBlock, Rows, pending_dot
from tui_nn.dashboard.panes.parts.result_columns import ClassColumn, ResultColumn, heading, total_width
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.network import Classification


class ClassesOfOutput(NamedTuple):
    """The classes that an output predicts, for the data and for new rows; ``found`` is None while they are hidden."""

    found: Classification | None
    column: ClassColumn
    new_column: ClassColumn


class OutputBlock(ResultBlock):
    """The columns of an output; if y is one of two classes, the class predicted as well, where there is room for it."""

    header_lines = 2

    def __init__(
        self,
        rows: Rows,
        name: str,
        columns: Sequence[ResultColumn],
        new_columns: Sequence[ResultColumn],
        classes: ClassesOfOutput | None = None,
    ) -> None:
        super().__init__(rows)
        self._name = name
        self._columns, self._new_columns = columns, new_columns
        self._classes = classes

    def _number_width(self, room: int) -> int:
        """The columns of the rows' numbers, where there is room: test rows stand below the others, out of turn.

        A blank on either side keeps them apart from the mark of a wrong class and from y.
        """
        width = len(str(self.rows.in_data)) + 2
        has_room = MARK_WIDTH + width + total_width(self._columns) <= room
        return width if self.rows.test and has_room else 0

    def _class_column(self, room: int) -> list[ClassColumn]:
        """The column of the class predicted; [] if there is none, or no room for it."""
        with_class = [*self._columns, self._classes.column] if self._classes else []
        return (
            [self._classes.column]
            if self._classes and MARK_WIDTH + self._number_width(room) + total_width(with_class) <= room
            else []
        )

    def _shown(self, room: int) -> Sequence[ResultColumn]:
        return [*self._columns, *self._class_column(room)]

    def _shown_of_new(self, room: int) -> Sequence[ResultColumn]:
        new = [self._classes.new_column] if self._classes and self._class_column(room) else []
        return [*self._new_columns, *new]

    def width_before_new(self, room: int) -> int:
        return self._number_width(room) + total_width(self._shown(room)) - self.width_of_new(room) - 1

    def width_of_new(self, room: int) -> int:
        return total_width(self._shown_of_new(room))

    def header(self, y: int, room: int) -> tuple[str, str]:
        return (
            (self._name, "title") if y == 0 else (" " * self._number_width(room) + heading(self._shown(room)), "faint")
        )

    def cells(self, index: int, room: int) -> Line:
        width = self._number_width(room)
        number: Line = [(f"{index + 1:>{width - 1}} ", "faint")] if width else []
        return [*number, *(self._styled_cell(column, index) for column in self._shown(room))]

    def is_wrong(self, index: int) -> bool:
        found = self._classes and self._classes.found
        return bool(found and found.is_wrong[index])

    def new_heading(self, room: int) -> str:
        return heading(self._shown_of_new(room))

    def new_cells(self, index: int, room: int) -> Line:
        return [self._styled_cell(column, index) for column in self._shown_of_new(room)]

    def _styled_cell(self, column: ResultColumn, row: int) -> tuple[str, str]:
        text = column.text(row)
        return (text or pending_dot(self.rows.notation)).rjust(column.width) + " ", "" if text else "pending"
