"""A terminal to read from: what a program wrote to it, as its cells show it."""

import re
from typing import Any, NamedTuple

import pyte

# Sequences of newer keyboard protocols, which pyte would print as text.
_PRIVATE = re.compile(r"\x1b\[[<=>][0-9;]*[A-Za-z]")
_UNFINISHED = re.compile(r"\x1b(\[[0-9;?<=>$]*)?\Z")
_ALTERNATE_SCREEN = 1049


class Cell(NamedTuple):
    """One cell: its character and how it looks."""

    char: str
    foreground: str
    background: str
    bold: bool
    italic: bool
    underlined: bool
    reversed: bool


class _Screen(pyte.Screen):
    """Knows besides whether the alternate screen is on."""

    alternate = False

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

    def write(self, text: str) -> None:
        """Takes what a program writes."""
        self._pending.append(text)

    def resize(self, columns: int, lines: int) -> None:
        """Cuts the screen at the right and the bottom, or adds blank cells there."""
        self._interpret()
        self._screen.resize(lines, columns)

    def clear(self) -> None:
        """Blanks every cell, whatever was written so far."""
        self._interpret()
        self._screen.erase_in_display(2)

    @property
    def lines(self) -> list[str]:
        """The text of each line, without the blanks at its end."""
        self._interpret()
        return [line.rstrip() for line in self._screen.display]

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
        self._pending = [text[end:]] if unfinished else []
        self._stream.feed(_PRIVATE.sub("", text[:end]))


def _cell(char: Any) -> Cell:
    return Cell(char.data, char.fg, char.bg, char.bold, char.italics, char.underscore, char.reverse)
