"""A table of cells that are edited in place."""

from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message

from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.dispatch import dispatch, edit
from tui_nn.dashboard.widgets.grid.cell_typing import STARTS_A_NUMBER, TabbedRow, Typing
from tui_nn.dashboard.widgets.grid.grid_commands import GRID, GRID_COMMANDS, TYPING
from tui_nn.dashboard.widgets.grid.grid_shape import GridShape, Position
from tui_nn.dashboard.widgets.pane import Pane
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.events import Edit, Selected
from tui_nn.session.selected_cell import SelectedCell
from tui_nn.session.state import FROM_HERE
from tui_nn.writing.sentences.steps_and_errors import error_sentence


class EditableGrid(Pane):
    """A table with a cursor. Typing or Enter edits its cell; Enter, Tab, up and down keep the text, Esc drops it.

    The text becomes an `Edit`. If the edit is refused, the text stays in its cell, with the reason below it.
    """

    class Typed(Message):
        """The user began or ended typing, so keys mean something else now."""

    commands = GRID_COMMANDS
    table = ""
    """The table's name in the lesson's state, where the cell of the cursor is kept."""
    first_cell: ClassVar[Position] = (0, 0)
    """Where the cursor is before a cell is selected."""
    command_letters: ClassVar[frozenset[str] | None] = None
    """The letters that are commands here while no cell is being edited; None if all of them are."""
    stays_on_enter = False
    """Whether the cursor stays in its cell when Enter keeps the text typed there; otherwise it goes down a row."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = self.info.heading or self.info.title
        self.typing: Typing | None = None
        self._tabbed_row: TabbedRow | None = None
        self._selected: SelectedCell | None = None

    @property
    def cursor(self) -> Position:
        """The row and the column of the cursor."""
        return self.selected_position

    @property
    def selected_position(self) -> Position:
        """The row and the column of the cell that is selected in the lesson's state."""
        selected = self.view.state.selected(self.table) if self.view else None
        return self.position_of(selected) if selected else self.first_cell

    @property
    def hint(self) -> str:
        """How to edit; nothing for a viewer."""
        return super().hint if self.view and not self.view.is_viewer else ""

    @property
    def may_type(self) -> bool:
        """Whether the user may type into a cell; a viewer may not."""
        return self.view is not None and not self.view.is_viewer

    def position_of(self, selected: SelectedCell) -> Position:
        """The row and the column at which this table shows a cell of the lesson."""
        raise NotImplementedError

    def selection_at(self, row: int, column: int) -> Selected:
        """The event that selects the lesson's cell at a row and a column of this table."""
        raise NotImplementedError

    @property
    def places(self) -> tuple[str, ...]:
        """The table, or the cell that is being edited."""
        return (TYPING,) if self.typing else (GRID,)

    def grid_shape(self) -> GridShape:
        """How many rows and columns the cursor can go to."""
        raise NotImplementedError

    def text_to_edit(self, row: int, column: int) -> str:
        """The text that a cell holds when its edit begins."""
        raise NotImplementedError

    def edit_for(self, row: int, column: int, text: str) -> Edit:
        """The edit that makes ``text`` the value of a cell. Raises `ValidationError` if ``text`` is no such value."""
        raise NotImplementedError

    def surface_position(self, row: int, column: int) -> tuple[int, int]:
        """The column and the line of the surface at which a cell's text begins."""
        raise NotImplementedError

    def cell_width(self, column: int) -> int:  # noqa: ARG002
        """How many columns of the screen the cells of this column take."""
        return 1

    def start_edit(self, row: int, column: int) -> None:
        """Starts an edit of a cell's text, as Enter does."""
        text = self.text_to_edit(row, column)
        self.show_typing(Typing(row, column, text, len(text)))

    def part_of(self, view: View) -> object:
        """The cell of the cursor, and whether edits hold from this iteration on."""
        state = view.state
        return state.edit_effect, state.selected_cells.get(self.table), view.is_viewer, self.is_teachers_pane(view)

    def show_view(self, view: View) -> None:
        """Shows the new view. The title says if edits hold from this iteration on, instead of starting the run again.

        Drops the text typed if its cell is gone.
        """
        typing = self.typing
        if typing and self.grid_shape().nearest(typing.row, typing.column) != (typing.row, typing.column):
            self.typing = None
        since = _(": from here on") if view.state.edit_effect == FROM_HERE else ""
        self.set_title(self._heading + since, self._heading.partition(",")[0] + since)
        self.repaint()
        selected = view.state.selected(self.table)
        if selected != self._selected and self.has_focus:
            # Not only this table moves its cursor: the palette leads to a cell as well.
            self.call_after_refresh(self._scroll_to_cursor)
        self._selected = selected

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows the cursor and scrolls to it, or hides it."""
        super().watch_has_focus(has_focus)
        self.repaint()
        if has_focus:
            # The pane may not have its size yet.
            self.call_after_refresh(self._scroll_to_cursor)

    def on_blur(self) -> None:
        """Keeps the text typed, as a spreadsheet does. Does nothing if only the terminal lost the focus."""
        if self.app.app_focus:
            self._tabbed_row = None
            self.commit()

    def show_typing(self, typing: Typing | None) -> None:
        """Shows ``typing`` in its cell, or ends the edit if ``typing`` is None."""
        begins_or_ends = (typing is None) != (self.typing is None)
        self.typing = typing
        self.repaint()
        if begins_or_ends:
            self.post_message(self.Typed())
        if typing:
            self._scroll_to_cursor()

    def commit(self, to: Position | None = None) -> bool:
        """Makes the edit that the user typed and, as one change with it, moves the lesson's cursor to ``to``.

        Returns False if the edit is refused; the typing then goes on, with the reason below it.
        """
        typing = self.typing
        if not typing:
            return True
        try:
            if typing.text != self.text_to_edit(typing.row, typing.column):
                wanted = self.edit_for(typing.row, typing.column, typing.text)
                edit(self, wanted, *(self._selection_events(*to) if to else ()))
        except ValidationError as error:
            self._show_error(error, typing)
            return False
        self.show_typing(None)
        return True

    def make_edit(self, wanted: Edit, cell: Selected | None = None) -> bool:
        """Makes an edit that was not typed, and moves the cursor to ``cell``. Returns False if it is refused."""
        try:
            edit(self, wanted, *((cell,) if cell and self.position_of(cell) != self.selected_position else ()))
        except ValidationError as error:
            self.show_refusal(error_sentence(error))
            return False
        if cell:
            self.move_cursor(*self.position_of(cell))
        return True

    def show_refusal(self, sentence: str) -> None:
        """Says why an edit that was not typed is refused."""
        self.notify(sentence, severity="error", markup=False)

    def _selection_events(self, row: int, column: int) -> tuple[Selected, ...]:
        """The event that selects the cell nearest to a position; () if it is selected already."""
        cell = self.grid_shape().nearest(row, column)
        return () if cell == self.selected_position else (self.selection_at(*cell),)

    def _show_error(self, error: ValidationError, typing: Typing) -> None:
        self.move_cursor(typing.row, typing.column)
        self.show_typing(replace(typing, error=error_sentence(error)))
        self.focus()

    def move_cursor(self, row: int, column: int) -> None:
        """Puts the cursor on the cell nearest to a position."""
        cell = self.grid_shape().nearest(row, column)
        if cell != self.cursor:
            # Without a message: the next key may have arrived already, and means the new cell.
            dispatch(self, self.selection_at(*cell))
        self._scroll_to_cursor()

    def on_key(self, event: events.Key) -> None:
        """Handles the keys of a table; other keys go on to the app."""
        if self.view and (self._handle_typing(event, self.typing) if self.typing else self._handle_key(event)):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Pastes a text into the table, if the user may type here."""
        if self.view and event.text.strip() and self.may_type:
            self._tabbed_row = None
            self.paste(event.text)
            if isinstance(event, PlainPaste):
                self.move_as_if_typed(event)
        event.stop()

    def move_as_if_typed(self, paste: PlainPaste) -> None:
        """Puts the cursor where it would be if the user had typed the text pasted, if the table can tell."""

    def continue_tabbed_row(self, typing: Typing, began: int, row: int) -> None:
        """Edits the next cell of a row typed with Tab: the first Tab was in column ``began``, the last in ``row``."""
        self.move_cursor(typing.row, typing.column)
        self._tabbed_row = TabbedRow(began, row, has_just_moved=not typing.text)
        if typing.text:
            self.show_typing(typing)

    def paste(self, text: str) -> None:
        """Types the first line of ``text``, which is not blank, into the cell."""
        self.show_typing((self.typing or Typing(*self.cursor)).paste(text))

    def _handle_typing(self, event: events.Key, typing: Typing) -> bool:
        match event.key:
            case "escape":
                self.show_typing(None)
            case "enter" if self.stays_on_enter:
                self.commit()
            case "enter" | "down" | "up":
                column = self._tabbed_row.column if event.key == "enter" and self._tabbed_row else typing.column
                to = typing.row + (-1 if event.key == "up" else 1), column
                if self.commit(to):
                    self._tabbed_row = None
                    self.move_cursor(*to)
            case "tab" | "shift+tab":
                # In reading order, as in a spreadsheet.
                to = self.grid_shape().beside(typing.row, typing.column, 1 if event.key == "tab" else -1)
                if self.commit(to):
                    rows, columns = self.grid_shape()
                    to = min(to, (rows - 1, columns - 1))
                    self._tabbed_row = TabbedRow.after_tab(self._tabbed_row, typing, to)
                    self.move_cursor(*to)
            case _ if changed := typing.after(event):
                self.show_typing(changed)
            case _:
                return False
        return True

    def is_command_key(self, key: str) -> bool:
        """Whether a key is a command in this table; otherwise it is typed into the cell. ``key`` is Textual's name."""
        letters = self.command_letters
        return letters is None or not self.may_type or len(key) > 1 or not key.isalpha() or key in letters

    def type_letter(self, row: int, column: int, letter: str) -> None:
        """Starts an edit with a letter that is no command in this table; the edit may refuse the letter."""
        self.show_typing(Typing(row, column).insert(letter))

    def _handle_key(self, event: events.Key) -> bool:
        row, column = self.cursor
        may_type, tabbed_row, character = self.may_type, self._tabbed_row, event.character or ""
        starts_number, is_letter = character in STARTS_A_NUMBER, character and not self.is_command_key(character)
        has_typed = starts_number or is_letter
        self._tabbed_row = replace(tabbed_row, has_just_moved=False) if tabbed_row and has_typed else None
        match event.key:
            case "enter" if may_type and tabbed_row and tabbed_row.has_just_moved:
                self.move_cursor(tabbed_row.row + 1, tabbed_row.column)
            case "up" | "down":
                self.move_cursor(row + (1 if event.key == "down" else -1), column)
            case "left" | "right":
                self.move_cursor(row, column + (1 if event.key == "right" else -1))
            case "enter" if may_type:
                self.start_edit(row, column)
            case "enter":
                self.notify(_("It is the teacher's lesson: you can look around in it."), timeout=3, markup=False)
            case _ if may_type and starts_number and self.digit_starts_edit(row, column):
                self.show_typing(Typing(row, column).insert(character))
            case _ if may_type and is_letter:
                self.type_letter(row, column, character)
            case _:
                return False
        return True

    def digit_starts_edit(self, row: int, column: int) -> bool:  # noqa: ARG002
        """Whether a digit typed on this cell starts an edit."""
        return True

    def _scroll_to_cursor(self) -> None:
        row, column = self.cursor
        width, lines = min(self.room, self.cell_width(column)), 1 + len(self.error_lines())
        left, top = self.surface_position(row, column)
        end = top + lines
        if end <= self.size.height:
            # The headings are seen as well, wherever there is room for both.
            top = 0
        self.scroll_to_region(Region(left, top, width, end - top), animate=False, force=True)

    def cursor_on_screen(self) -> Offset | None:
        """Where the cell with the cursor begins on the screen or, while the user types, where the caret is."""
        left, top = self.surface_position(*self.cursor)
        caret = cell_len(self.typing.text[: self.typing.caret]) if self.typing else 0
        return self.on_screen(Offset(left + caret, top))

    def typing_line(self, typing: Typing, width: int) -> Line:
        """The cell being edited, ``width`` columns wide or as wide as its text, with its caret in sight."""
        left, _top = self.surface_position(typing.row, typing.column)
        return typing.line(width, max(width, self.room - (left - self.scroll_offset.x)))

    def error_lines(self) -> list[str]:
        """The reason why the text typed is refused, in lines no wider than the pane; [] if it is not refused."""
        return self.typing.error_lines(self.room) if self.typing else []
