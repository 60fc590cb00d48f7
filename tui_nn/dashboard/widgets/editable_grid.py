"""A table of cells that are edited in place."""

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.message import Message

from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.cell_typing import STARTS_A_NUMBER, TabbedRow, Typing
from tui_nn.dashboard.widgets.dispatch import dispatch, edit
from tui_nn.dashboard.widgets.grid_commands import GRID, GRID_COMMANDS, TYPING
from tui_nn.dashboard.widgets.pane import Pane
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
        """The user began or ended typing: keys mean something else now."""

    commands = GRID_COMMANDS
    table = ""
    """The table's name in the lesson's state, which holds the cursor's cell."""
    command_letters: ClassVar[frozenset[str] | None] = None
    """The letters that are commands here while no cell is being edited; None if all of them are."""
    stays_on_enter = False
    """Whether Enter leaves the cursor where it kept what was typed; in a column of numbers it goes down."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = self.info.heading or self.info.title
        self.typing: Typing | None = None
        self._tabs: TabbedRow | None = None

    @property
    def cursor(self) -> tuple[int, int]:
        """The row and the column of the cursor."""
        selected = self.view.state.selected(self.table) if self.view else None
        return self.cell_of(selected) if selected else self.first_cell

    @property
    def first_cell(self) -> tuple[int, int]:
        """Where the cursor is before anything was selected."""
        return 0, 0

    @property
    def hint(self) -> str:
        """How to edit; nothing for a viewer."""
        return super().hint if self.view and not self.view.is_viewer else ""

    @property
    def may_type(self) -> bool:
        """Whether keys typed here go into a cell: not for a viewer."""
        return self.view is not None and not self.view.is_viewer

    def cell_of(self, selected: SelectedCell) -> tuple[int, int]:
        """The row and the column of a cell of the lesson in this table."""
        raise NotImplementedError

    def selected_at(self, row: int, column: int) -> Selected:
        """The lesson's cell at a row and a column of this table."""
        raise NotImplementedError

    @property
    def places(self) -> tuple[str, ...]:
        """The table, or the cell that is being edited."""
        return (TYPING,) if self.typing else (GRID,)

    def cells(self) -> tuple[int, int]:
        """How many rows and columns the cursor can go to."""
        raise NotImplementedError

    def text_of(self, row: int, column: int) -> str:
        """The text with which an edit of a cell begins."""
        raise NotImplementedError

    def edit_of(self, row: int, column: int, text: str) -> Edit:
        """The edit that ``text`` in a cell asks for. Raises `ValidationError` if there is none."""
        raise NotImplementedError

    def place_of(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell's text begins: its column on the surface and its line."""
        raise NotImplementedError

    def width_of(self, column: int) -> int:  # noqa: ARG002
        """How many cells of the screen a cell of this column takes."""
        return 1

    def enter(self, row: int, column: int) -> None:
        """Starts an edit of a cell's text, as Enter does."""
        text = self.text_of(row, column)
        self.type_in(Typing(row, column, text, len(text)))

    def part_of(self, view: View) -> object:
        """Where the cursor is, and whether edits take effect from here on."""
        state = view.state
        return state.edit_effect, state.selected_cells.get(self.table), view.is_viewer, self.is_teachers_pane(view)

    def show_view(self, view: View) -> None:
        """Shows the new view. The title says where edits do not start the run again."""
        rows, columns = self.cells()
        if self.typing and not (self.typing.row < rows and self.typing.column < columns):
            self.typing = None
        since = ": from here on" if view.state.edit_effect == FROM_HERE else ""
        self.entitle(self._heading + since, self._heading.partition(",")[0] + since)
        self.repaint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows the cursor, or hides it."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def on_blur(self) -> None:
        """Keeps the text typed, as a spreadsheet does; not if only the terminal lost the focus."""
        if self.app.app_focus:
            self._tabs = None
            self.commit()

    def type_in(self, typing: Typing | None) -> None:
        """Shows ``typing`` in its cell, or ends the edit if ``typing`` is None."""
        is_other = (typing is None) != (self.typing is None)
        self.typing = typing
        self.repaint()
        if is_other:
            self.post_message(self.Typed())
        if typing:
            self._keep_in_sight()

    def commit(self, to: tuple[int, int] | None = None) -> bool:
        """Makes the edit typed; with it, the lesson's cursor goes to the row and column ``to``.

        Returns False if the edit is refused; the typing then goes on, with the reason below it.
        """
        typing = self.typing
        if not typing:
            return True
        try:
            if typing.text != self.text_of(typing.row, typing.column):
                edit(self, self.edit_of(typing.row, typing.column, typing.text), *(self._selection(*to) if to else ()))
        except ValidationError as error:
            self._show_error(error, typing)
            return False
        self.type_in(None)
        return True

    def ask(self, wanted: Edit, cell: Selected | None = None) -> bool:
        """Makes an edit that was not typed, and moves the cursor to ``cell``. Returns False if it is refused."""
        try:
            edit(self, wanted, *([cell] if cell and self.cell_of(cell) != self._lessons_cell else []))
        except ValidationError as error:
            self.notify(error_sentence(error), severity="error", markup=False)
            return False
        if cell:
            self.move_to(*self.cell_of(cell))
        return True

    @property
    def _lessons_cell(self) -> tuple[int, int]:
        """The cell of this table that the lesson knows as selected."""
        selected = self.view.state.selected(self.table) if self.view else None
        return self.cell_of(selected) if selected else self.first_cell

    def _selection(self, row: int, column: int) -> tuple[Selected, ...]:
        """The event that selects a cell, or the nearest one there is; none if it is selected."""
        rows, columns = self.cells()
        cell = min(max(0, row), rows - 1), min(max(0, column), columns - 1)
        return () if cell == self._lessons_cell else (self.selected_at(*cell),)

    def _show_error(self, error: ValidationError, typing: Typing) -> None:
        self.move_to(typing.row, typing.column)
        self.type_in(replace(typing, error=error_sentence(error)))
        self.focus()

    def move_to(self, row: int, column: int) -> None:
        """Puts the cursor on a cell, or on the nearest one there is."""
        rows, columns = self.cells()
        cell = min(max(0, row), rows - 1), min(max(0, column), columns - 1)
        if cell != self.cursor:
            # At once: the next key may have arrived already, and means the new cell.
            dispatch(self, self.selected_at(*cell))
        self._keep_in_sight()

    def on_key(self, event: events.Key) -> None:
        """Handles the keys of a table; other keys go on to the app."""
        if self.view and (self._typing_key(event, self.typing) if self.typing else self._moving_key(event)):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Pastes a text into the table, if the user may type here."""
        if self.view and event.text.strip() and self.may_type:
            self._tabs = None
            self.paste(event.text)
            if isinstance(event, PlainPaste):
                self.end_as_typed(event)
        event.stop()

    def end_as_typed(self, paste: PlainPaste) -> None:
        """Puts the cursor where it would be if the user had typed the text pasted."""

    def go_on_typing(self, typing: Typing, began: int, row: int) -> None:
        """Edits the next cell of a row typed with Tab: the first Tab was in column ``began``, the last in ``row``."""
        self.move_to(typing.row, typing.column)
        self._tabs = TabbedRow(began, row, has_just_moved=not typing.text)
        if typing.text:
            self.type_in(typing)

    def paste(self, text: str) -> None:
        """Types the first line of ``text``, which is not blank, into the cell."""
        self.type_in((self.typing or Typing(*self.cursor)).paste(text))

    def _typing_key(self, event: events.Key, typing: Typing) -> bool:
        match event.key:
            case "escape":
                self.type_in(None)
            case "enter" if self.stays_on_enter:
                self.commit()
            case "enter":
                if self.commit((typing.row + 1, self._tabs.column if self._tabs else typing.column)):
                    self._to_next_row(typing.row, typing.column)
            case "down" | "up":
                to = typing.row + (1 if event.key == "down" else -1), typing.column
                if self.commit(to):
                    self._tabs = None
                    self.move_to(*to)
            case "tab" | "shift+tab":
                by = 1 if event.key == "tab" else -1
                columns = self.cells()[1]
                if self.commit(divmod(max(0, typing.row * columns + typing.column + by), columns)):
                    self._go_on(typing, by)
            case _ if changed := typing.after(event):
                self.type_in(changed)
            case _:
                return False
        return True

    def _go_on(self, typing: Typing, by: int) -> None:
        """Goes to the next cell in reading order, as Tab does in a spreadsheet, or to the cell before."""
        rows, columns = self.cells()
        to = divmod(min(max(0, typing.row * columns + typing.column + by), rows * columns - 1), columns)
        self._tabs = TabbedRow.after_tab(self._tabs, typing, to)
        self.move_to(*to)

    def _to_next_row(self, row: int, column: int) -> None:
        """Goes down a row; after Tabs, to the column where the first Tab was pressed."""
        began = self._tabs.column if self._tabs else column
        self._tabs = None
        self.move_to(row + 1, began)

    def leaves(self, key: str) -> bool:
        """Whether a key, by Textual's name, is a command here; otherwise it is typed into the cell."""
        letters = self.command_letters
        return letters is None or not self.may_type or len(key) > 1 or not key.isalpha() or key in letters

    def take_letter(self, row: int, column: int, letter: str) -> None:
        """Starts an edit with a letter that is no command here; the edit refuses letters that it can't take."""
        self.type_in(Typing(row, column).insert(letter))

    def _moving_key(self, event: events.Key) -> bool:
        row, column = self.cursor
        edits = self.may_type
        tabs = self._tabs
        is_typed = event.character is not None and (
            event.character in STARTS_A_NUMBER or not self.leaves(event.character)
        )
        self._tabs = replace(tabs, has_just_moved=False) if tabs and is_typed else None
        match event.key:
            case "enter" if edits and tabs and tabs.has_just_moved:
                self._tabs = tabs
                self._to_next_row(tabs.row, column)
            case "up" | "down":
                self.move_to(row + (1 if event.key == "down" else -1), column)
            case "left" | "right":
                self.move_to(row, column + (1 if event.key == "right" else -1))
            case "enter" if edits:
                self.enter(row, column)
            case "enter":
                self.notify("It is the teacher's lesson: you can look around in it.", timeout=3, markup=False)
            case _ if edits and event.character in STARTS_A_NUMBER and self.takes_numbers(row, column):
                self.type_in(Typing(row, column).insert(str(event.character)))
            case _ if edits and event.character and not self.leaves(event.character):
                self.take_letter(row, column, event.character)
            case _:
                return False
        return True

    def takes_numbers(self, row: int, column: int) -> bool:  # noqa: ARG002
        """Whether a digit starts an edit of this cell."""
        return True

    def _keep_in_sight(self) -> None:
        row, column = self.cursor
        width, lines = min(self.room, self.width_of(column)), 1 + len(self.error_lines())
        self.scroll_to_region(Region(*self.place_of(row, column), width, lines), animate=False, force=True)

    def typed_line(self, typing: Typing, width: int) -> Line:
        """The cell being edited, ``width`` columns wide or as wide as its text, with its caret in sight."""
        left, _ = self.place_of(typing.row, typing.column)
        return typing.line(width, max(width, self.room - (left - self.scroll_offset.x)))

    def error_lines(self) -> list[str]:
        """Why what was typed is refused, in lines no wider than the pane; empty where nothing is."""
        return self.typing.error_lines(self.room) if self.typing else []
