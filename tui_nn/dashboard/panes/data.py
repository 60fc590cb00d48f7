"""The data as typed in and, beside each number, as the network sees it; edited in place."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size

from tui_nn.dashboard.panes.data_columns import HEADER_LINES, LEAST_WIDTH, Column
from tui_nn.dashboard.screens.commands import ASKING, DATA, bindings_of, commands_of
from tui_nn.dashboard.terminal.plain_paste import PlainPaste, is_table
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.dispatch import edit
from tui_nn.dashboard.widgets.editable_grid import EditableGrid, Typing
from tui_nn.dashboard.widgets.matrix_layout import UNKNOWN
from tui_nn.network import Dataset, ValidationError
from tui_nn.session import input_parsing
from tui_nn.session.events import (
    BlockPasted,
    CellSet,
    ColumnAdded,
    ColumnRemoved,
    ColumnRenamed,
    DataReplaced,
    Edit,
    RowAdded,
    RowRemoved,
    Selected,
    Table,
)
from tui_nn.session.reducer import apply_event
from tui_nn.session.storage.session_file import TABLE_SUFFIX
from tui_nn.session.tables import spreadsheet
from tui_nn.session.validation import many
from tui_nn.writing.notation.number_format import Digits, format_of, shortest
from tui_nn.writing.sentences.note_sentences import NoteText
from tui_nn.writing.sentences.steps_and_errors import error_sentence

_GAP = 1
_READING_SECONDS = 10
_EDITS = frozenset(command.action for command in commands_of(DATA, is_guest=False) if command.edits)


class DataPane(EditableGrid):
    """Row 0 of the cursor is the names, the others the rows of the data; x stands left of the bar, y right of it.

    Below the last row is an empty line, seen while the cursor is on it: a number typed there adds a row.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(DATA)
    table = "data"

    def __init__(self, *, id: str) -> None:
        super().__init__("Data, and scaled", id=id)
        self.is_led_to = False
        """Whether an explanation led here, to which Esc goes back."""
        self._has_moved = False
        self._below: int | None = None
        """The column of the cursor where it is below the last row."""
        self._measured: tuple[Dataset, Digits] | None = None
        self._columns: list[Column] = []
        self._roomy: list[Column] = []
        self._tight: list[Column] = []

    @property
    def observed(self) -> NoteText | None:
        """The note about the data: a scaling that surprises, or y that the output can't reach."""
        return self.view.observed.get("data") if self.view else None

    @property
    def hint(self) -> str:
        """How to edit, or how to go back to what led here."""
        if self._below is not None:
            return "a number here adds a row"
        return "Esc goes back to the explanation" if self.is_led_to else super().hint

    def on_blur(self) -> None:
        """Whoever goes elsewhere does not come back from here; not so where the whole terminal was left."""
        super().on_blur()
        if self.app.app_focus:
            self.is_led_to = self._has_moved = False
            if not self.typing:
                self._below = None
                self.repaint()

    def _moving_key(self, event: events.Key) -> bool:
        """Enter that led here, pressed once more, edits nothing by surprise."""
        if event.key == "enter" and self.is_led_to and not self._has_moved:
            self.notify("Esc goes back to the explanation; a number changes this one.", timeout=3, markup=False)
            return True
        is_taken = super()._moving_key(event)
        self._has_moved = self._has_moved or is_taken
        return is_taken

    @property
    def first_cell(self) -> tuple[int, int]:
        """The first number."""
        return 1, 0

    def cell_of(self, selected: Selected) -> tuple[int, int]:
        """The columns of y stand behind those of x."""
        before = 0 if selected.matrix == "x" else self._data.inputs
        return selected.row, before + selected.column - 1

    def selected_at(self, row: int, column: int) -> Selected:
        """The cell of x or of y."""
        table, position = self._place(column)
        return Selected(table, row, position)

    def cells(self) -> tuple[int, int]:
        """The names' row, those of the data and the one to be added; all columns of x, then all of y."""
        data = self._data
        return 1 + data.rows + (not self._is_guest), data.inputs + data.outputs

    @property
    def _is_guest(self) -> bool:
        return self.view is not None and self.view.is_guest

    @property
    def cursor(self) -> tuple[int, int]:
        """The lesson's; below the last row is none of its cells."""
        if self._below is None:
            return super().cursor
        data = self._data
        return data.rows + 1, min(self._below, data.inputs + data.outputs - 1)

    def move_to(self, row: int, column: int) -> None:
        """To a cell, or below the last row, where the lesson's cursor stays on the last one."""
        self._below = None
        super().move_to(min(row, self._data.rows), column)
        if row > self._data.rows and not self._is_guest:
            self._below = super().cursor[1]
        self.repaint()
        self._show_title()
        self._keep_in_sight()

    def commit(self) -> bool:
        """Says of a row that was added what stands in it besides."""
        rows = self._data.rows if self.typing else 0
        is_done = super().commit()
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
        one = self._columns[column]
        if row > self._data.rows:
            return ""
        return one.name if row == 0 else shortest(float(one.values[row - 1]))

    def edit_of(self, row: int, column: int, text: str) -> Edit:
        """A new name, or a new number."""
        table, position = self._place(column)
        if row == 0:
            return ColumnRenamed(table, position, text.strip())
        if row > self._data.rows:
            return self._row_with(column, input_parsing.number(text))
        return CellSet(table, row, position, input_parsing.number(text))

    def _row_with(self, column: int, number: float) -> RowAdded:
        """A row below the last one, equal to it but for one number."""
        data = self._data
        cells = [*data.x[-1].tolist(), *data.y[-1].tolist()]
        cells[column] = number
        return RowAdded(data.rows + 1, tuple(cells[: data.inputs]), tuple(cells[data.inputs :]))

    def _place(self, column: int) -> tuple[Table, int]:
        inputs = self._data.inputs
        return ("x", column + 1) if column < inputs else ("y", column - inputs + 1)

    def takes_numbers(self, row: int, column: int) -> bool:  # noqa: ARG002
        """Not among the names: there, Enter edits."""
        return row > 0

    def action_add_row(self) -> None:
        """Adds a row below the cursor's, equal to it until it is edited."""
        data, (row, column) = self._data, self.cursor
        row = min(max(1, row), data.rows)
        added = RowAdded(row + 1, tuple(data.x[row - 1].tolist()), tuple(data.y[row - 1].tolist()))
        if self.ask(added, cell=(row + 1, column)):
            says = f"Row {row + 1} is added, equal to row {row}; u takes it back."
            self.notify(says, timeout=3, markup=False)

    def action_remove_row(self) -> None:
        """Removes the cursor's row; the empty line below the last one is left."""
        row, column = self.cursor
        if row > self._data.rows:
            self.move_to(row - 1, column)
        else:
            self.ask(RowRemoved(max(1, row)))

    def action_add_column(self) -> None:
        """Adds a column of ones right of the cursor's."""
        row, here = self.cursor
        table, column = self._place(here)
        data = self._data
        taken = (*data.x_names, *data.y_names)
        name = next(name for i in range(1, 1000) if (name := f"{table}{i}") not in taken)
        added = ColumnAdded(table, column + 1, name, (1.0,) * data.rows)
        if self.ask(added, cell=(row, here + 1)):
            self.notify(f"Column {name} is added, of ones; u takes it back.", timeout=3, markup=False)

    def action_remove_column(self) -> None:
        """Removes the cursor's column."""
        self.ask(ColumnRemoved(*self._place(self.cursor[1])))

    def paste(self, text: str) -> None:
        """Puts a block of cells, as spreadsheets copy them, where the cursor is; one alone is typed into its cell."""
        row, column = self.cursor
        if len(text.strip().splitlines()) == 1 and "\t" not in text.strip():
            super().paste(text)
            if row and self.typing and (says := input_parsing.doubt(self.typing.text)):
                self.type_in(replace(self.typing, refused=says))
            return
        try:
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

    def end_as_typed(self, paste: PlainPaste) -> None:
        """Leaves the cursor where typing would leave it: on a slow line, the user may have typed fast instead."""
        if self.typing or not is_table(paste.text):
            return
        row, column = self.cursor
        lines = paste.text.strip("\r\n").splitlines()
        cells = lines[-1].split("\t")
        last = max(1, row) + len(lines) - 1
        if paste.ending in "\r\n":
            self.move_to(last + 1, column)
        elif paste.ending == "\t":
            self.go_on_typing(Typing(last, column + len(cells), "", 0), began=column, row=last)
        else:
            text = cells[-1].strip()
            self.go_on_typing(Typing(last, column + len(cells) - 1, text, len(text)), began=column, row=last)

    def _say_taken(self, columns: int, rows: int, how: str, remarks: str) -> None:
        what = f"{many(rows, 'row')} of {many(columns, 'number')}" if rows else many(columns, "name")
        says = f"{what} {how}; u takes {'it' if rows + columns == 1 else 'them'} back. {remarks}".rstrip()
        self.notify(says, timeout=_READING_SECONDS if remarks else 3, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whoever looks on has no lesson to edit, and no file to write; a dialog needs its room."""
        if self.view and self.view.is_guest and action in _EDITS:
            return False
        if action in ASKING and self.screen.has_class("-tiny"):
            return False
        return super().check_action(action, parameters)

    def action_read_csv(self) -> None:
        """Takes all data from a CSV file."""
        from tui_nn.dashboard.dialogs.file_questions import ask_for_data

        ask_for_data(self.app, self._data, self._can_take, self._take)

    def _can_take(self, data: DataReplaced) -> None:
        """Raises `ValidationError` where the lesson can't have these data."""
        assert self.view is not None  # noqa: S101 - a pane without a view takes no keys
        apply_event(self.view.state, data)

    def _take(self, data: DataReplaced, remarks: str) -> None:
        if self.ask(data, cell=self.first_cell):
            self._say_taken(len(data.x_names) + len(data.y_names), len(data.x), "taken", remarks)

    def action_write_csv(self) -> None:
        """Writes the data to a CSV file."""
        from tui_nn.dashboard.dialogs.file_questions import ask_where_to_write_data

        assert self.view is not None  # noqa: S101 - a pane without a view takes no keys
        ask_where_to_write_data(self.app, Path(f"{self.view.file_name or 'data'}{TABLE_SUFFIX}"), self._data)

    def watch_view(self) -> None:
        """Measures the columns where the data changed."""
        if self.view and (self._data, self.view.notation.digits) != self._measured:
            data = self._data
            self._measured = data, self.view.notation.digits
            minus, digits = self.view.notation.minus, self.view.notation.digits
            scaled = format_of(data.X, minus, digits=digits), format_of(data.Y, minus, digits=digits)
            self._roomy, self._tight = (
                [Column(name, data.x[:, i], data.X[:, i], scaled[0], least) for i, name in enumerate(data.x_names)]
                + [Column(name, data.y[:, i], data.Y[:, i], scaled[1], least) for i, name in enumerate(data.y_names)]
                for least in (LEAST_WIDTH, 1)
            )
            self._columns = self._roomy
        super().watch_view()

    @property
    def _numbers_width(self) -> int:
        return len(str(self._lines_of_rows)) + 1

    def _left_of(self, column: int) -> int:
        bar = 2 if column >= self._data.inputs else 0
        return self._numbers_width + bar + sum(one.width + _GAP for one in self._columns[:column])

    def place_of(self, row: int, column: int) -> tuple[int, int]:
        """Below the names, pushed down by a refusal above."""
        above = self.typing is not None and self.typing.row < row
        refused = len(self.wrapped_refusal()) if above else 0
        return self._left_of(column), (HEADER_LINES + row - 1 if row else 0) + refused

    def width_of(self, column: int) -> int:
        """The column's numbers, as typed in and scaled."""
        return self._columns[column].width

    def surface(self, room: int) -> Size:
        """The names, the rows, and the reason of a refusal below its row."""
        if not self.view:
            return Size(0, 0)
        last = len(self._columns) - 1
        width = 0
        # Where a scrollbar takes its column, blanks go before the last digit of a number does.
        for columns in (self._roomy, self._tight):
            self._columns = columns
            width = self._left_of(last) + columns[last].width
            if width <= room:
                break
        lines = HEADER_LINES + self._lines_of_rows + len(self.wrapped_refusal())
        return Size(width, lines)

    def line(self, y: int) -> Line:
        """One line."""
        if not self.view:
            return []
        if self.typing and self.typing.refused:
            refusal = self.wrapped_refusal()
            below = y - (HEADER_LINES + self.typing.row)
            if 0 <= below < len(refusal):
                return [(refusal[below], "refused")]
            if below >= len(refusal):
                y -= len(refusal)
        return self._names(y) if y < HEADER_LINES else self._row(y - HEADER_LINES + 1)

    def _names(self, y: int) -> Line:
        line: Line = [(" " * self._numbers_width, "")]
        cursor = self.cursor if self.shows_cursor else None
        for column, one in enumerate(self._columns):
            line += self._bar(column)
            here = cursor == (0, column)
            if self.typing and (self.typing.row, self.typing.column) == (0, column) and y == 0:
                line += self.typed_line(self.typing, one.width)
            else:
                line.append((one.heading(y, self._ellipsis), "cursor" if here else "title"))
            line.append((" " * _GAP, ""))
        return line

    def _row(self, row: int) -> Line:
        line: Line = [(str(row).rjust(self._numbers_width - 1) + " ", "faint")]
        cursor = self.cursor if self.shows_cursor else None
        for column, one in enumerate(self._columns):
            line += self._bar(column)
            here = cursor == (row, column)
            if self.typing and (self.typing.row, self.typing.column) == (row, column):
                line += self.typed_line(self.typing, one.width)
            elif row > self._data.rows:
                line.append((" " * one.width, "cursor" if here else ""))
            else:
                line.append((one.typed(row - 1), "cursor" if here else "label"))
                line.append((" " + self._scaled(row, column), "faint"))
            line.append((" " * _GAP, ""))
        return line

    def _scaled(self, row: int, column: int) -> str:
        """A number as the network sees it, unless that is asked for."""
        one, inputs = self._columns[column], self._data.inputs
        name, place = ("X", column + 1) if column < inputs else ("Y", column + 1 - inputs)
        if self.view and self.view.hidden.has_cell(name, row, place):
            return UNKNOWN.rjust(one.format.width)
        return one.format(float(one.scaled[row - 1]))

    @property
    def _lines_of_rows(self) -> int:
        return self._data.rows + (self._below is not None)

    def _bar(self, column: int) -> Line:
        if column != self._data.inputs:
            return []
        return [("│ " if self._unicode else "| ", "faint")]

    @property
    def _unicode(self) -> bool:
        return self.view is None or self.view.notation.unicode

    @property
    def _ellipsis(self) -> str:
        return "…" if self._unicode else "."
