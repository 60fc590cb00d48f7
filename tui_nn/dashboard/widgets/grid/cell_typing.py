"""The text that the user types into a cell of a table, key by key."""

import textwrap
from typing import Self

from rich.cells import cell_len
from textual.events import Key

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session import limits

STARTS_A_NUMBER = frozenset("0123456789.,+-−")
"""The characters with which a number can begin."""
_LONGEST = limits.NOTE_LENGTH


@frozen_dataclass
class Typing:
    """The text that the user types into a cell, the place of the caret, and the reason if the text was refused."""

    row: int
    column: int
    text: str = ""
    caret: int = 0
    error: str = ""

    def insert(self, text: str) -> "Typing":
        """The same typing with ``text`` inserted at the caret."""
        typed = (self.text[: self.caret] + text + self.text[self.caret :])[:_LONGEST]
        return Typing(self.row, self.column, typed, min(self.caret + len(text), len(typed)))

    def paste(self, text: str) -> "Typing":
        """The same typing with the first line of ``text`` inserted at the caret. ``text`` is not blank."""
        line = text.strip().splitlines()[0].replace("\t", " ")
        return self.insert("".join(char for char in line if char.isprintable()))

    def erase(self, begin: int, end: int) -> "Typing":
        """The same typing without the characters from ``begin`` up to ``end``."""
        begin = max(0, begin)
        return Typing(self.row, self.column, self.text[:begin] + self.text[end:], begin)

    def move(self, caret: int) -> "Typing":
        """The same typing with the caret at another place."""
        return Typing(self.row, self.column, self.text, min(max(0, caret), len(self.text)), self.error)

    def after(self, event: Key) -> "Typing | None":
        """The typing after a key that changes the text or moves the caret; None for any other key."""
        match event.key:
            case "left":
                return self.move(self.caret - 1)
            case "right":
                return self.move(self.caret + 1)
            case "home":
                return self.move(0)
            case "end":
                return self.move(len(self.text))
            case "ctrl+u":
                return self.erase(0, self.caret)
            case "backspace":
                return self.erase(self.caret - 1, self.caret)
            case "delete":
                return self.erase(self.caret, self.caret + 1)
        return self.insert(event.character) if event.is_printable and event.character else None

    def error_lines(self, room: int) -> list[str]:
        """The reason why the text was refused, in lines of at most ``room`` columns; [] if it was not refused."""
        return ["  " + line for line in textwrap.wrap(self.error, max(10, room - 3))]

    def line(self, width: int, in_sight: int) -> Line:
        """The text in at least ``width`` columns. Cuts its begin so that the caret stands in the first ``in_sight``."""
        text, caret = self.text + " ", self.caret
        while cell_len(text[: caret + 1]) > in_sight:
            text, caret = text[1:], caret - 1
        blank = " " * max(0, width - cell_len(text))
        return [(text[:caret], "editing"), (text[caret], "cursor"), (text[caret + 1 :] + blank, "editing")]


@frozen_dataclass
class TabbedRow:
    """A row that the user types with Tab: the column of the first Tab, and the row of the last cell typed.

    ``has_just_moved`` is true until the next key: Enter then goes to the next row instead of editing the cell.
    """

    column: int
    row: int
    has_just_moved: bool = True

    @classmethod
    def after_tab(cls, before: "TabbedRow | None", typing: Typing, to: tuple[int, int]) -> Self:
        """The row after a Tab from the cell of ``typing`` to the cell ``to``."""
        first = before.column if before else typing.column
        row, column = to
        # Shift+Tab to the left of the first column makes that column the first.
        return cls(min(first, column) if row == typing.row and column <= typing.column else first, typing.row)
