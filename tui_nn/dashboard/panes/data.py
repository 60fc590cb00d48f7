"""The data as typed in and, beside each number, as the network sees it; edited in place."""

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size

from tui_nn.dashboard.panes.parts.data_import import move_as_if_typed, paste_block, take_data
from tui_nn.dashboard.panes.parts.data_table import TEST_MARK, DataTable, TypedCell, cell_text
from tui_nn.dashboard.terminal.plain_paste import PlainPaste, is_table, is_word
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.grid.cell_typing import Typing
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid.grid_commands import GRID
from tui_nn.dashboard.widgets.grid.grid_shape import GridShape
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.network import ACTIVATIONS, Dataset
from tui_nn.session import input_parsing
from tui_nn.session.editing.cell_edits import (
    begins_class,
    cell_edit,
    column_of_ones,
    copy_of_row,
    table_and_position,
    without_column,
)
from tui_nn.session.events import (
    BlockPasted,
    ClassesSet,
    ColumnAdded,
    ColumnRemoved,
    DataReplaced,
    Edit,
    RowAdded,
    RowRemoved,
    Selected,
)
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import Notation

DATA = _("In the data")
_SECONDS_OF_A_REFUSAL = 60


class DataPane(EditableGrid):
    """Shows the names and the rows of the data, x left of a bar and y right of it; each cell can be edited.

    Row 0 of the cursor holds the names. Below the last row is an empty line, which is shown while the cursor is on it:
    a number that the user types there adds a row.
    """

    info = PaneInfo(
        name="data",
        title=_("Data"),
        hint=_("type a number to change it"),
        help=_("As typed in and as the network sees it; type to change."),
        area=Area.BOTTOM,
        place=10,
        tab=50,
    )
    commands = (
        Command(
            "add_row",
            "a",
            "a",
            _("add row"),
            _("Add a row below, equal to this one until you edit it"),
            DATA,
            makes=(RowAdded,),
        ),
        Command("remove_row", "d", "d", _("delete row"), _("Delete this row"), DATA, makes=(RowRemoved,)),
        Command(
            "add_column", "A", "A", _("add column"), _("Add a column of ones to the right"), DATA, makes=(ColumnAdded,)
        ),
        Command("remove_column", "D", "D", _("delete column"), _("Delete this column"), DATA, makes=(ColumnRemoved,)),
        Command(
            "",
            "",
            pgettext("key", "paste"),
            "",
            _("Put a block from a spreadsheet at the cursor"),
            DATA,
            makes=(BlockPasted, ClassesSet),
        ),
        *EditableGrid.commands,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)
    table = "data"
    first_cell = (1, 0)

    def __init__(self) -> None:
        super().__init__()
        self._column_below: int | None = None
        """The column of the cursor while it is below the last row, else None."""
        self._laid_out_from: tuple[Dataset, Notation] | None = None
        self._table: DataTable | None = None

    @property
    def places(self) -> tuple[str, ...]:
        return super().places if self.typing else (GRID, DATA)

    @property
    def hint(self) -> str:
        if self._column_below is not None:
            return _("a number here adds a row")
        return _("Esc goes back to the explanation") if self.view and self.view.led_to else super().hint

    def _refresh_title(self) -> None:
        """Says in the frame what marks test rows, if there are any, and which row is chosen if not all are in sight."""
        view = self.view
        is_longer = bool(view and self._table and self.surface(self.room).height > self.size.height > 0)
        said = [_("{mark}: test", mark=TEST_MARK)] if view and self._data.test_rows else []
        if view and is_longer:
            row, rows = group_digits(view.row), group_digits(self._data.rows)
            said.append(_("row {row} of {rows}", row=row, rows=rows))
        self._beside = ", ".join(said)
        super()._refresh_title()

    def on_blur(self) -> None:
        """Puts the cursor back on the data once another pane has the keys; not if only the terminal lost the focus."""
        super().on_blur()
        if self.app.app_focus and not self.typing:
            self._column_below = None
            self.repaint()

    def error_lines(self) -> list[str]:
        """Why the value typed was refused, if there is room for it below the row: it must push no row out of sight."""
        lines = super().error_lines()
        return lines if self._table_laid_out.lines + len(lines) <= self.size.height else []

    def show_typing(self, typing: Typing | None) -> None:
        """Shows ``typing`` in its cell. If the table has no room for the reason of a refusal, a notice says it.

        The notice goes as soon as this reason is gone.
        """
        before = self.typing.error if self.typing else ""
        error = typing.error if typing else ""
        super().show_typing(typing)
        if error != before:
            if before:
                self.app.clear_notifications()
            if error and not self.error_lines():
                self.notify(error, severity="error", timeout=_SECONDS_OF_A_REFUSAL, markup=False)

    def _handle_key(self, event: events.Key) -> bool:
        """Ignores Enter on the number that an explanation led to: a second Enter must not edit it by surprise."""
        led_to = self.view and self.view.led_to
        if event.key == "enter" and led_to and self.cursor == self.position_of(led_to):
            says = _("Esc goes back to the explanation; a number changes this one.")
            self.notify(says, timeout=3, markup=False)
            return True
        return super()._handle_key(event)

    def position_of(self, selected: SelectedCell) -> tuple[int, int]:
        first_column = 0 if selected.matrix == "x" else self._data.inputs
        return selected.row, first_column + selected.column - 1

    def selection_at(self, row: int, column: int) -> Selected:
        table, position = table_and_position(self._data, column)
        return Selected(table, row, position)

    def grid_shape(self) -> GridShape:
        """The names, the rows and, for a teacher, the empty line below; the columns of x, then of y."""
        return GridShape(1 + self._data.rows + self.may_type, self._data.inputs + self._data.outputs)

    @property
    def cursor(self) -> tuple[int, int]:
        """The lesson's cursor, or a cell of the empty line below the last row, which the lesson does not know."""
        if self._column_below is None:
            return super().cursor
        data = self._data
        return data.rows + 1, min(self._column_below, data.inputs + data.outputs - 1)

    def move_cursor(self, row: int, column: int) -> None:
        """Puts the cursor on a cell, or below the last row; the lesson's own cursor then stays on the last row."""
        self._column_below = None
        super().move_cursor(min(row, self._data.rows), column)
        if row > self._data.rows and self.may_type:
            self._column_below = super().cursor[1]
        self.repaint()
        self._refresh_title()
        self._scroll_to_cursor()

    def _selection_events(self, row: int, column: int) -> tuple[Selected, ...]:
        # The line below the data has no cell of the lesson, unless the number typed there adds a row.
        return super()._selection_events(min(row, max(self._data.rows, self.typing.row if self.typing else 0)), column)

    def commit(self, to: tuple[int, int] | None = None) -> bool:
        """Makes the edit typed. If it added a row by one number, says which other numbers stand in that row."""
        rows = self._data.rows if self.typing else 0
        is_done = super().commit(to)
        if rows and self._data.rows > rows:
            says = _("Row {new} is added, else equal to row {row}; u takes it back.", new=rows + 1, row=rows)
            self.notify(says, timeout=3, markup=False)
        return is_done

    @property
    def _data(self) -> Dataset:
        return self.shown_view.state.document.dataset

    def text_to_edit(self, row: int, column: int) -> str:
        return cell_text(self._data, row, column)

    def edit_for(self, row: int, column: int, text: str) -> Edit:
        outputs = ACTIVATIONS[self.shown_view.state.document.output_activation]
        return cell_edit(self._data, row, column, text, has_one_class=outputs.mixes_units)

    def is_command_key(self, key: str) -> bool:
        """Whether a key is a command here. A letter with which a class begins is typed, on a cell of the classes."""
        is_typed = self.view and self.may_type and len(key) == 1 and key.isalpha()
        return not (is_typed and begins_class(self._data, *self.cursor, key)) and super().is_command_key(key)

    def digit_starts_edit(self, row: int, column: int) -> bool:  # noqa: ARG002
        """True in the rows of numbers; the user edits a name with Enter."""
        return row > 0

    def action_add_row(self) -> None:
        """Adds a copy of the cursor's row below it."""
        row, column = self.cursor
        row = min(max(1, row), self._data.rows)
        table, position = table_and_position(self._data, column)
        if self.make_edit(copy_of_row(self._data, row), Selected(table, row + 1, position)):
            says = _("Row {new} is added, equal to row {row}; u takes it back.", new=row + 1, row=row)
            self.notify(says, timeout=3, markup=False)

    def action_remove_row(self) -> None:
        """Removes the cursor's row. On the empty line below the last row, it goes up a row instead."""
        row, column = self.cursor
        if row > self._data.rows:
            self.move_cursor(row - 1, column)
        else:
            self.make_edit(RowRemoved(max(1, row)))

    def action_add_column(self) -> None:
        """Adds a column of ones right of the cursor's."""
        row, here = self.cursor
        added = column_of_ones(self._data, here)
        if self.make_edit(added, Selected(added.table, row, added.column)):
            says = _("Column {name} is added, of ones; u takes it back.", name=added.name)
            self.notify(says, timeout=3, markup=False)

    def action_remove_column(self) -> None:
        """Removes the cursor's column."""
        self.make_edit(without_column(self._data, self.cursor[1]))

    def paste(self, text: str) -> None:
        """Puts a block of cells from a spreadsheet at the cursor; types a single cell into the cell there."""
        if len(text.strip().splitlines()) == 1 and "\t" not in text.strip():
            super().paste(text)
            if self.cursor[0] and self.typing and (says := input_parsing.ambiguity_warning(self.typing.text)):
                self.show_typing(replace(self.typing, error=says))
            return
        paste_block(self, text)

    def is_paste(self, text: str) -> bool | None:
        """True for a word or for rows of numbers; False while the user types into a cell, where they are keys."""
        return self.typing is None if self.may_type and (is_table(text) or is_word(text)) else None

    def move_as_if_typed(self, paste: PlainPaste) -> None:
        move_as_if_typed(self, paste)

    def take(self, data: DataReplaced, notes: str) -> None:
        """Takes all data from a file, and says how much that is, with ``notes`` on how it was read."""
        take_data(self, data, notes)

    def part_of(self, view: View) -> object:
        data = view.state.document.dataset
        return super().part_of(view), data, view.notation, view.hidden, view.led_to, view.row, self._batch(view)

    def show_view(self, view: View) -> None:
        """Lays the table out again if the data or their digits changed."""
        laid_out = view.state.document.dataset, view.notation
        if laid_out != self._laid_out_from:
            self._laid_out_from = laid_out
            self._table = DataTable(*laid_out)
        super().show_view(view)

    def surface_position(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell's text begins: an error above pushes it down."""
        above = self.typing is not None and self.typing.row < row
        return self._table_laid_out.left_of(column), self._table_laid_out.first_line_of(row) + (
            len(self.error_lines()) if above else 0
        )

    def cell_width(self, column: int) -> int:
        return self._table_laid_out.cell_width(column)

    @property
    def _table_laid_out(self) -> DataTable:
        """The table, with an empty line below it while the cursor is there."""
        assert self._table is not None  # noqa: S101 - a pane without a view takes no keys
        self._table.has_line_below = self._column_below is not None
        return self._table

    def surface(self, room: int) -> Size:
        if not self._table:
            return Size(0, 0)
        return Size(self._table_laid_out.fit(room), self._table_laid_out.lines + len(self.error_lines()))

    def line(self, y: int) -> Line:
        if not self.view:
            return []
        cell, typing = None, self.typing
        if typing:
            text = self.typing_line(typing, self.cell_width(typing.column))
            cell = TypedCell(typing.row, typing.column, text, self.error_lines())
        cursor = self.cursor if self.shows_cursor else None
        return self._table_laid_out.line(y, cursor, cell, self.view.hidden, self.view.row, self._batch(self.view))

    @staticmethod
    def _batch(view: View) -> frozenset[int]:
        """The rows of the iteration's batch, from 1; none where every iteration uses all rows."""
        if not has_batches(view.state.document):
            return frozenset()
        return frozenset((view.moment.row_numbers + 1).tolist())
