"""The data as typed in and, beside each number, as the network sees it; edited in place."""

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size

from tui_nn.dashboard.panes.parts import data_edits
from tui_nn.dashboard.panes.parts.data_table import DataTable, TypedCell
from tui_nn.dashboard.terminal.plain_paste import PlainPaste, is_table, is_word
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.cell_typing import Typing
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.dispatch import edit
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid_commands import GRID
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.events import (
    BlockPasted,
    ColumnAdded,
    ColumnRemoved,
    DataReplaced,
    Edit,
    RowAdded,
    RowRemoved,
    Selected,
)
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.writing.notation.signs import Notation
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_READING_SECONDS = 10
DATA = "In the data"


class DataPane(EditableGrid):
    """Row 0 of the cursor is the names, the others the rows of the data; x stands left of the bar, y right of it.

    Below the last row is an empty line, seen while the cursor is on it: a number typed there adds a row.
    """

    info = PaneInfo(
        name="data",
        title="Data",
        heading="Data, and scaled",
        hint="type a number to change it",
        help="As typed in and as the network sees it; type to change.",
        column=Column.LEFT,
        row=10,
        tab=20,
    )
    commands = (
        Command(
            "add_row",
            "a",
            "a",
            "add row",
            "Add a row below, equal to this one until you edit it",
            DATA,
            makes=(RowAdded,),
        ),
        Command("remove_row", "d", "d", "delete row", "Delete this row", DATA, makes=(RowRemoved,)),
        Command("add_column", "A", "A", "add column", "Add a column of ones to the right", DATA, makes=(ColumnAdded,)),
        Command("remove_column", "D", "D", "delete column", "Delete this column", DATA, makes=(ColumnRemoved,)),
        Command("", "", "paste", "", "Put a block from a spreadsheet at the cursor", DATA, makes=(BlockPasted,)),
        *EditableGrid.commands,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)
    table = "data"

    def __init__(self) -> None:
        super().__init__()
        self._below: int | None = None
        """The column of the cursor where it is below the last row."""
        self._laid_out: tuple[Dataset, Notation] | None = None
        self._table: DataTable | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The table and the data; only the typing while a cell is being edited."""
        return super().places if self.typing else (GRID, DATA)

    @property
    def hint(self) -> str:
        """How to edit, or how to go back to what led here."""
        if self._below is not None:
            return "a number here adds a row"
        return "Esc goes back to the explanation" if self.view and self.view.led_to else super().hint

    def on_blur(self) -> None:
        """Puts the cursor back on the data once another pane has the keys; not if only the terminal lost the focus."""
        super().on_blur()
        if self.app.app_focus and not self.typing:
            self._below = None
            self.repaint()

    def _moving_key(self, event: events.Key) -> bool:
        """Ignores Enter on the number that an explanation led to: a second Enter must not edit it by surprise."""
        led_to = self.view and self.view.led_to
        if event.key == "enter" and led_to and self.cursor == self.cell_of(led_to):
            self.notify("Esc goes back to the explanation; a number changes this one.", timeout=3, markup=False)
            return True
        return super()._moving_key(event)

    @property
    def first_cell(self) -> tuple[int, int]:
        """The first number."""
        return 1, 0

    def cell_of(self, selected: SelectedCell) -> tuple[int, int]:
        """The row, and the column counted through x and then y."""
        before = 0 if selected.matrix == "x" else self._data.inputs
        return selected.row, before + selected.column - 1

    def selected_at(self, row: int, column: int) -> Selected:
        """The cell of x or of y."""
        table, position = data_edits.place_in(self._data, column)
        return Selected(table, row, position)

    def cells(self) -> tuple[int, int]:
        """The names, the rows and, for a teacher, the empty line below; the columns of x, then of y."""
        data = self._data
        return 1 + data.rows + self.may_type, data.inputs + data.outputs

    @property
    def cursor(self) -> tuple[int, int]:
        """The lesson's cursor, or the empty line below the last row, which the lesson does not know."""
        if self._below is None:
            return super().cursor
        data = self._data
        return data.rows + 1, min(self._below, data.inputs + data.outputs - 1)

    def move_to(self, row: int, column: int) -> None:
        """Puts the cursor on a cell or below the last row; for the lesson it then stays on the last row."""
        self._below = None
        super().move_to(min(row, self._data.rows), column)
        if row > self._data.rows and self.may_type:
            self._below = super().cursor[1]
        self.repaint()
        self._show_title()
        self._keep_in_sight()

    def _selection(self, row: int, column: int) -> tuple[Selected, ...]:
        # The line below the data is no cell of the lesson, unless the number that is typed there makes it one.
        return super()._selection(min(row, max(self._data.rows, self.typing.row if self.typing else 0)), column)

    def commit(self, to: tuple[int, int] | None = None) -> bool:
        """Says what else stands in a row that was added by typing one number."""
        rows = self._data.rows if self.typing else 0
        is_done = super().commit(to)
        if rows and self._data.rows > rows:
            says = f"Row {rows + 1} is added, else equal to row {rows}; u takes it back."
            self.notify(says, timeout=3, markup=False)
        return is_done

    @property
    def _data(self) -> Dataset:
        assert self.view is not None  # noqa: S101 - a pane without a view takes no keys
        return self.view.state.document.dataset

    def text_of(self, row: int, column: int) -> str:
        """A name, or a number with all its digits."""
        return data_edits.cell_text(self._data, row, column)

    def edit_of(self, row: int, column: int, text: str) -> Edit:
        """A new name, or a new number; below the last row, a new row."""
        return data_edits.cell_edit(self._data, row, column, text)

    def takes_numbers(self, row: int, column: int) -> bool:  # noqa: ARG002
        """True in the rows of numbers; a name is edited with Enter."""
        return row > 0

    def action_add_row(self) -> None:
        """Adds a row below the cursor's, equal to it until it is edited."""
        row, column = self.cursor
        row = min(max(1, row), self._data.rows)
        table, position = data_edits.place_in(self._data, column)
        if self.ask(data_edits.row_like(self._data, row), Selected(table, row + 1, position)):
            says = f"Row {row + 1} is added, equal to row {row}; u takes it back."
            self.notify(says, timeout=3, markup=False)

    def action_remove_row(self) -> None:
        """Removes the cursor's row. On the empty line below the last row, it goes up a row instead."""
        row, column = self.cursor
        if row > self._data.rows:
            self.move_to(row - 1, column)
        else:
            self.ask(RowRemoved(max(1, row)))

    def action_add_column(self) -> None:
        """Adds a column of ones right of the cursor's."""
        row, here = self.cursor
        added = data_edits.column_of_ones(self._data, here)
        if self.ask(added, Selected(added.table, row, added.column)):
            self.notify(f"Column {added.name} is added, of ones; u takes it back.", timeout=3, markup=False)

    def action_remove_column(self) -> None:
        """Removes the cursor's column."""
        self.ask(ColumnRemoved(*data_edits.place_in(self._data, self.cursor[1])))

    def paste(self, text: str) -> None:
        """Puts a block of cells from a spreadsheet at the cursor; types a single cell into the cell there."""
        row, column = self.cursor
        if len(text.strip().splitlines()) == 1 and "\t" not in text.strip():
            super().paste(text)
            if row and self.typing and (says := input_parsing.ambiguity_warning(self.typing.text)):
                self.type_in(replace(self.typing, refused=says))
            return
        try:
            # Its modules would hold up the first screen.
            from tui_nn.session.tables import spreadsheet

            taken = spreadsheet.block(text)
            edit(self, BlockPasted(max(1, row), column + 1, taken.names, taken.rows))
        except ValidationError as refusal:
            now = self.text_of(row, column)
            typing = self.typing or Typing(row, column, now, len(now))
            self.type_in(replace(typing, refused=error_sentence(refusal)))
        else:
            self.type_in(None)
            self.move_to(row, column)
            self._say_taken(taken.columns, len(taken.rows), "pasted", " ".join(taken.remarks))

    def is_paste(self, text: str) -> bool | None:
        """Rows of numbers and words are; in a cell that is being typed, the keys go on there, with the same outcome."""
        return self.typing is None if self.may_type and (is_table(text) or is_word(text)) else None

    def end_as_typed(self, paste: PlainPaste) -> None:
        """Leaves the cursor where typing would leave it: on a slow line, typed text can look like a paste."""
        if self.typing or not is_table(paste.text):
            return
        row, column = self.cursor
        ended = data_edits.typed_end(paste, row, column)
        if paste.ending in "\r\n":
            self.move_to(ended.row + 1, column)
        else:
            self.go_on_typing(ended, began=column, row=ended.row)

    def _say_taken(self, columns: int, rows: int, how: str, remarks: str) -> None:
        self.notify(
            data_edits.taken_text(columns, rows, how, remarks), timeout=_READING_SECONDS if remarks else 3, markup=False
        )

    def take(self, data: DataReplaced, remarks: str) -> None:
        """Takes all data from a file, and says how much that is, with ``remarks`` on how it was read."""
        if self.ask(data, Selected("x")):
            self._say_taken(len(data.x_names) + len(data.y_names), len(data.x), "taken", remarks)

    def part_of(self, view: View) -> object:
        """The data, and what of their scaled numbers a question hides."""
        return super().part_of(view), view.state.document.dataset, view.notation, view.hidden, view.led_to

    def show_view(self, view: View) -> None:
        """Lays the table out again if the data or their digits changed."""
        laid_out = view.state.document.dataset, view.notation
        if laid_out != self._laid_out:
            self._laid_out = laid_out
            self._table = DataTable(*laid_out)
        super().show_view(view)

    def place_of(self, row: int, column: int) -> tuple[int, int]:
        """Below the names, pushed down by a refusal above."""
        above = self.typing is not None and self.typing.row < row
        return self._laid.left_of(column), self._laid.first_line_of(row) + (len(self.wrapped_refusal()) if above else 0)

    def width_of(self, column: int) -> int:
        """The column's numbers, as typed in and scaled."""
        return self._laid.width_of(column)

    @property
    def _laid(self) -> DataTable:
        """The table, with an empty line below it while the cursor is there."""
        assert self._table is not None  # noqa: S101 - a pane without a view takes no keys
        self._table.has_line_below = self._below is not None
        return self._table

    def surface(self, room: int) -> Size:
        """The names, the rows, and the reason of a refusal below its row."""
        if not self._table:
            return Size(0, 0)
        return Size(self._laid.fit(room), self._laid.lines + len(self.wrapped_refusal()))

    def line(self, y: int) -> Line:
        """One line."""
        if not self.view:
            return []
        cell, typing = None, self.typing
        if typing:
            text = self.typed_line(typing, self.width_of(typing.column))
            cell = TypedCell(typing.row, typing.column, text, self.wrapped_refusal())
        return self._laid.line(y, self.cursor if self.shows_cursor else None, cell, self.view.hidden)
