"""A terminal to read from: what a program wrote to it, as its cells show it."""

import re
from functools import cache
from typing import Any, NamedTuple

import pyte
from pyte.modes import IRM
from wcwidth import wcwidth

# Sequences of newer keyboard protocols, which pyte would print as text.
_PRIVATE = re.compile(r"\x1b\[[<=>][0-9;]*[A-Za-z]")
# Most of what a program writes is colours and places; pyte takes every sequence apart character by character.
_USUAL = re.compile(r"\x1b\[([0-9;]*)([mH])")
_UNFINISHED = re.compile(r"\x1b(\[[0-9;?<=>$]*)?\Z")
_ALTERNATE_SCREEN = 1049
_FRAME_BEGINS, _FRAME_ENDS = "\x1b[?2026h", "\x1b[?2026l"


class Cell(NamedTuple):
    """One cell: its character and how it looks."""

    char: str
    foreground: str
    background: str
    bold: bool
    dim: bool
    italic: bool
    underlined: bool
    reversed: bool


class _Screen(pyte.Screen):
    """Knows besides whether the alternate screen is on."""

    alternate = False

    @property
    def display(self) -> list[str]:
        """As pyte does, at once where no character of the line is wide or combined."""
        lines = []
        usual = None
        for y in range(self.lines):
            row = self.buffer[y]
            text = "".join([row[x].data for x in range(self.columns)])
            if not _is_narrow(text):
                usual = usual or super().display
                text = usual[y]
            lines.append(text)
        return lines

    def draw(self, data: str) -> None:
        """As pyte does, at once where nothing is wide, combined, moved or wrapped."""
        cursor = self.cursor
        if IRM in self.mode or cursor.x + len(data) > self.columns or not _is_narrow(data):
            super().draw(data)
            return
        line, attributes = self.buffer[cursor.y], cursor.attrs
        for x, char in enumerate(data, start=cursor.x):
            line[x] = _written(attributes, char)
        cursor.x += len(data)

    def select_graphic_rendition(self, *attributes: int, **kwargs: Any) -> None:
        """As pyte does, which knows nothing of dim text: that is kept as if it blinked, which nothing here does."""
        if not {2, 22}.isdisjoint(attributes) and not {38, 48} & set(attributes):
            known = {2: (5,), 22: (22, 25)}
            attributes = tuple(one for given in attributes for one in known.get(given, (given,)))
        super().select_graphic_rendition(*attributes, **kwargs)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and _ALTERNATE_SCREEN in modes:
            self.alternate = True
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and _ALTERNATE_SCREEN in modes:
            self.alternate = False
        super().reset_mode(*modes, **kwargs)


class Emulator:
    """A terminal of so many columns and lines. What is written is interpreted when it is read."""

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = _Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._pending: list[str] = []
        self._lines: list[str] | None = None

    def write(self, text: str) -> None:
        """Takes what a program writes."""
        self._pending.append(text)

    def resize(self, columns: int, lines: int) -> None:
        """Cuts the screen at the right and the bottom, or adds blank cells there."""
        self._interpret()
        self._lines = None
        self._screen.resize(lines, columns)

    def clear(self) -> None:
        """Blanks every cell, whatever was written so far."""
        self._interpret()
        self._lines = None
        self._screen.erase_in_display(2)

    @property
    def cursor(self) -> tuple[int, int] | None:
        """The column and the line of the cursor, from 0; None if it is hidden."""
        self._interpret()
        cursor = self._screen.cursor
        return None if cursor.hidden else (cursor.x, cursor.y)

    @property
    def lines(self) -> list[str]:
        """The text of each line, without the blanks at its end."""
        self._interpret()
        if self._lines is None:
            self._lines = [line.rstrip() for line in self._screen.display]
        return [*self._lines]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @property
    def cells(self) -> list[list[Cell]]:
        """Each cell of each line."""
        self._interpret()
        return [
            [_cell(self._screen.buffer[y][x]) for x in range(self._screen.columns)] for y in range(self._screen.lines)
        ]

    @property
    def gave_back(self) -> bool:
        """Whether the shell's screen and its cursor are to be seen, not a program's."""
        self._interpret()
        return not self._screen.alternate and not self._screen.cursor.hidden

    def _interpret(self) -> None:
        text = "".join(self._pending)
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        # As a terminal that draws a whole frame at once, whatever part of it has come.
        if (frame := text.rfind(_FRAME_BEGINS)) > text.rfind(_FRAME_ENDS):
            end = min(end, frame)
        self._pending = [text[end:]]
        if end:
            self._lines = None
        text = _PRIVATE.sub("", text[:end])
        begin = 0
        for found in _USUAL.finditer(text):
            if begin < found.start():
                self._stream.feed(text[begin : found.start()])
            numbers = [int(number or 0) for number in found[1].split(";")]
            if found[2] == "m":
                self._screen.select_graphic_rendition(*numbers)
            else:
                self._screen.cursor_position(*numbers)
            begin = found.end()
        self._stream.feed(text[begin:])


_NARROW: set[str] = set()
"""Characters that were seen to be one cell wide."""


def _is_narrow(text: str) -> bool:
    """Whether every character of ``text`` is one cell wide."""
    unseen = {*text} - _NARROW
    narrow = {char for char in unseen if wcwidth(char) == 1}
    _NARROW.update(narrow)
    return narrow == unseen


@cache
def _written(attributes: Any, char: str) -> Any:
    return attributes._replace(data=char)


@cache
def _cell(char: Any) -> Cell:
    # In a blank nobody sees the colours of a text; the program sends whichever cost least.
    if char.data == " " and not char.underscore and not char.reverse:
        return Cell(" ", "default", char.bg, bold=False, dim=False, italic=False, underlined=False, reversed=False)
    return Cell(char.data, char.fg, char.bg, char.bold, char.blink, char.italics, char.underscore, char.reverse)
