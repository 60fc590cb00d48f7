"""A table of cells that are edited in place."""

import textwrap
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message

from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch, edit
from tui_nn.dashboard.widgets.pane import Pane
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.events import Edit, Selected
from tui_nn.session.state import FROM_HERE
from tui_nn.writing.sentences.steps_and_errors import error_sentence

STARTS_A_NUMBER = frozenset("0123456789.,+-−")
_LONGEST = limits.NOTE_LENGTH
GRID = "In a table"
TYPING = "While typing into a table"


@dataclass(frozen=True)
class Typing:
    """What is being typed into a cell, where the caret is, and why it was refused, if it was."""

    row: int
    column: int
    text: str
    caret: int
    refused: str = ""

    def insert(self, text: str) -> "Typing":
        """With ``text`` at the caret."""
        typed = (self.text[: self.caret] + text + self.text[self.caret :])[:_LONGEST]
        return Typing(self.row, self.column, typed, min(self.caret + len(text), len(typed)))

    def erase(self, begin: int, end: int) -> "Typing":
        """Without the characters from ``begin`` up to ``end``."""
        begin = max(0, begin)
        return Typing(self.row, self.column, self.text[:begin] + self.text[end:], begin)

    def move(self, caret: int) -> "Typing":
        """With the caret elsewhere."""
        return Typing(self.row, self.column, self.text, min(max(0, caret), len(self.text)), self.refused)


@dataclass(frozen=True)
class _Tabs:
    """A row that the user types with Tab: the column of the first Tab, and the row of the last cell kept.

    ``has_just_moved`` is true until the next key: Enter then goes to the next row instead of editing the cell.
    """

    column: int
    row: int
    has_just_moved: bool = True


class EditableGrid(Pane):
    """Arrows move a cursor; typing or Enter edits its cell; Enter, Tab, up and down commit, Esc leaves all as it was.

    What is typed becomes an `Edit`. Where that can't be made, the text stays in its cell, with the reason below it.
    """

    class Typed(Message):
        """Typing has begun, or ended: other keys mean something now."""

    commands: ClassVar[tuple[Command, ...]] = (
        Command("", "", "arrows", "", "Move the cursor; left and right turn a choice", GRID),
        Command("", "enter", "Enter", "edit", "Edit the cell, or turn the choice", GRID, edits=True),
        Command("", "", "0-9", "", "Type a new number: 75, -0.5, 0,5, 1e-3, 1/3", GRID, edits=True),
        Command("", "", "a-z", "", "Choose by the first letters, on a choice", GRID, edits=True),
        Command(
            "", "", "Enter", "keep", "Keep what is typed; in the data, go down (arrows: down, up)", TYPING, edits=True
        ),
        Command(
            "", "", "Tab", "keep, next", "Keep it, next cell (shift+Tab: before); Enter: next row", TYPING, edits=True
        ),
        Command("", "", "Esc", "leave as it was", "Leave the cell as it was", TYPING, edits=True),
    )
    table = ""
    """The table's name in the lesson's state, which knows the cursor's cell."""
    command_letters: ClassVar[frozenset[str] | None] = None
    """The letters that are commands here while no cell is being edited; None if all of them are."""
    stays_on_enter = False
    """Whether Enter leaves the cursor where it kept what was typed; in a column of numbers it goes down."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = self.info.heading or self.info.title
        self.typing: Typing | None = None
        self._tabs: _Tabs | None = None

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
        """How to edit; whoever looks on does not."""
        return super().hint if self.view and not self.view.is_guest else ""

    @property
    def may_type(self) -> bool:
        """Whether what is typed here goes into a cell; whoever looks on edits nothing."""
        return self.view is not None and not self.view.is_guest

    def cell_of(self, selected: Selected) -> tuple[int, int]:
        """The row and the column at which a cell of the lesson stands here."""
        raise NotImplementedError

    def selected_at(self, row: int, column: int) -> Selected:
        """The lesson's cell that stands here."""
        raise NotImplementedError

    @property
    def places(self) -> tuple[str, ...]:
        """The table, or the cell that is being edited."""
        return (TYPING,) if self.typing else (GRID,)

    def cells(self) -> tuple[int, int]:
        """How many rows and columns the cursor can go to."""
        raise NotImplementedError

    def text_of(self, row: int, column: int) -> str:
        """What editing a cell starts from."""
        raise NotImplementedError

    def edit_of(self, row: int, column: int, text: str) -> Edit:
        """What ``text`` in a cell asks for. Raises `ValidationError`."""
        raise NotImplementedError

    def place_of(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell's text begins: its column on the surface and its line."""
        raise NotImplementedError

    def width_of(self, column: int) -> int:  # noqa: ARG002
        """How many cells of the screen a cell of this column takes."""
        return 1

    def enter(self, row: int, column: int) -> None:
        """What Enter on a cell does: it starts an edit of the text that is there."""
        text = self.text_of(row, column)
        self.type_in(Typing(row, column, text, len(text)))

    def part_of(self, view: View) -> object:
        """Where the cursor is, and whether edits take effect from here on."""
        state = view.state
        return state.effect, state.cells.get(self.table), view.is_guest, self.is_teachers_pane(view)

    def take(self, view: View) -> None:
        """Shows the new view. The title says where edits do not start the run again."""
        if self.typing:
            rows, columns = self.cells()
            if not (self.typing.row < rows and self.typing.column < columns):
                self.typing = None
        since = ": from here on" if view.state.effect == FROM_HERE else ""
        self.entitle(self._heading + since, self._heading.partition(",")[0] + since)
        self.repaint()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows the cursor, or hides it."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def on_blur(self) -> None:
        """Takes what was typed, as leaving a cell in a spreadsheet does; not where the whole terminal was left."""
        if self.app.app_focus:
            self._tabs = None
            self.commit()

    def type_in(self, typing: Typing | None) -> None:
        """Goes on with an edit, or ends it where ``typing`` is None."""
        is_other = (typing is None) != (self.typing is None)
        self.typing = typing
        self.repaint()
        if is_other:
            self.post_message(self.Typed())
        if typing:
            self._keep_in_sight()

    def commit(self) -> bool:
        """Makes the edit that was typed; False where it can't be, and the typing goes on with the reason below it."""
        typing = self.typing
        if not typing:
            return True
        try:
            if typing.text != self.text_of(typing.row, typing.column):
                edit(self, self.edit_of(typing.row, typing.column, typing.text))
        except ValidationError as refusal:
            self._refuse(refusal, typing)
            return False
        self.type_in(None)
        return True

    def ask(self, wanted: Edit, cell: tuple[int, int] | None = None) -> bool:
        """Makes an edit that was not typed, after which the cursor is to stand on ``cell``; or says why it can't be."""
        try:
            edit(self, wanted)
        except ValidationError as refusal:
            self.notify(error_sentence(refusal), severity="error", markup=False)
            return False
        if cell:
            self.move_to(*cell)
        return True

    def _refuse(self, refusal: ValidationError, typing: Typing) -> None:
        self.move_to(typing.row, typing.column)
        self.type_in(Typing(typing.row, typing.column, typing.text, typing.caret, error_sentence(refusal)))
        self.focus()

    def move_to(self, row: int, column: int) -> None:
        """Puts the cursor on a cell, or on the nearest one there is."""
        rows, columns = self.cells()
        cell = min(max(0, row), rows - 1), min(max(0, column), columns - 1)
        if cell != self.cursor:
            # At once: the next key, which may have come already, means the cell where the cursor is by then.
            dispatch(self, self.selected_at(*cell))
        self._keep_in_sight()

    def on_key(self, event: events.Key) -> None:
        """Takes the keys that mean something to a table; the others go on to the app."""
        if self.view and (self._typing_key(event) if self.typing else self._moving_key(event)):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Takes what is pasted."""
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
        self._tabs = _Tabs(began, row, has_just_moved=not typing.text)
        if typing.text:
            self.type_in(typing)

    def paste(self, text: str) -> None:
        """Types the first line of ``text``, which is not blank, into the cell."""
        typing = self.typing or Typing(*self.cursor, "", 0)
        line = text.strip().splitlines()[0]
        parted = line.replace("\t", " ")
        self.type_in(typing.insert("".join(char for char in parted if char.isprintable())))

    def _typing_key(self, event: events.Key) -> bool:
        typing = self.typing
        if not typing:
            return False
        match event.key:
            case "escape":
                self.type_in(None)
            case "enter" if self.stays_on_enter:
                self.commit()
            case "enter":
                if self.commit():
                    self._to_next_row(typing.row, typing.column)
            case "down" | "up":
                if self.commit():
                    self._tabs = None
                    self.move_to(typing.row + (1 if event.key == "down" else -1), typing.column)
            case "tab":
                if self.commit():
                    self._go_on(typing, 1)
            case "shift+tab":
                if self.commit():
                    self._go_on(typing, -1)
            case "left":
                self.type_in(typing.move(typing.caret - 1))
            case "right":
                self.type_in(typing.move(typing.caret + 1))
            case "home":
                self.type_in(typing.move(0))
            case "end":
                self.type_in(typing.move(len(typing.text)))
            case "ctrl+u":
                self.type_in(typing.erase(0, typing.caret))
            case "backspace":
                self.type_in(typing.erase(typing.caret - 1, typing.caret))
            case "delete":
                self.type_in(typing.erase(typing.caret, typing.caret + 1))
            case _ if event.is_printable and event.character:
                self.type_in(typing.insert(event.character))
            case _:
                return False
        return True

    def _go_on(self, typing: Typing, by: int) -> None:
        """To the next cell in reading order, as Tab does in a spreadsheet, or to the one before."""
        rows, columns = self.cells()
        place = min(max(0, typing.row * columns + typing.column + by), rows * columns - 1)
        row, column = divmod(place, columns)
        began = self._tabs.column if self._tabs else typing.column
        # A Tab back beyond the first column moves the first column there.
        self._tabs = _Tabs(min(began, column) if by < 0 and row == typing.row else began, typing.row)
        self.move_to(row, column)

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
        self.type_in(Typing(row, column, "", 0).insert(letter))

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
            case "up":
                self.move_to(row - 1, column)
            case "down":
                self.move_to(row + 1, column)
            case "left":
                self.move_to(row, column - 1)
            case "right":
                self.move_to(row, column + 1)
            case "enter" if edits:
                self.enter(row, column)
            case "enter":
                self.notify("It is the teacher's lesson: you can look around in it.", timeout=3, markup=False)
            case _ if edits and event.character in STARTS_A_NUMBER and self.takes_numbers(row, column):
                self.type_in(Typing(row, column, "", 0).insert(str(event.character)))
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
        x, y = self.place_of(row, column)
        below = len(self.wrapped_refusal())
        width = min(self.room, self.width_of(column))
        self.scroll_to_region(Region(x, y, width, 1 + below), animate=False, force=True)

    def typed_line(self, typing: Typing, width: int) -> Line:
        """The cell being edited, ``width`` cells wide or as wide as its text, with its caret in sight."""
        text, caret = typing.text + " ", typing.caret
        left, _ = self.place_of(typing.row, typing.column)
        in_sight = max(width, self.room - (left - self.scroll_offset.x))
        while cell_len(text[: caret + 1]) > in_sight:
            text, caret = text[1:], caret - 1
        room = " " * max(0, width - cell_len(text))
        return [(text[:caret], "editing"), (text[caret], "cursor"), (text[caret + 1 :] + room, "editing")]

    def wrapped_refusal(self) -> list[str]:
        """Why what was typed is refused, in lines no wider than the pane; empty where nothing is."""
        if not self.typing or not self.typing.refused:
            return []
        return ["  " + line for line in textwrap.wrap(self.typing.refused, max(10, self.room - 3))]


def surface_of(lines: list[Line]) -> Size:
    """The size of lines below each other."""
    return Size(max((sum(cell_len(text) for text, _ in line) for line in lines), default=0), len(lines))
