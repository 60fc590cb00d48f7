"""How well what a terminal shows can be read: its colours as red, green and blue, and the contrast of each cell."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from tests.emulator import Cell

Colour: TypeAlias = tuple[int, int, int]

_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_BRIGHT = 8
# What pyte calls one of them.
_MISSPELT = {"bfightmagenta": "brightmagenta"}


class Palette(NamedTuple):
    """A terminal's sixteen colours, and those of text to which no colour was given."""

    colours: tuple[Colour, ...]
    foreground: Colour
    background: Colour

    def colour(self, name: str, *, is_text: bool) -> Colour:
        """The colour that pyte calls ``name``."""
        if name == "default":
            return self.foreground if is_text else self.background
        name = _MISSPELT.get(name, name)
        if name in _NAMES:
            return self.colours[_NAMES.index(name)]
        if name.startswith("bright"):
            return self.colours[_BRIGHT + _NAMES.index(name.removeprefix("bright"))]
        red, green, blue = (int(name[at : at + 2], 16) for at in (0, 2, 4))
        return red, green, blue


def _of(*colours: int) -> tuple[Colour, ...]:
    return tuple((colour >> 16, colour >> 8 & 255, colour & 255) for colour in colours)


_XTERM = _of(
    *(0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5),
    *(0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF),
)
_CONSOLE = _of(
    *(0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA),
    *(0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF),
)
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)

XTERM = {
    "xterm on black": Palette(_XTERM, _XTERM[7], _BLACK),
    "xterm on white": Palette(_XTERM, _BLACK, _WHITE),
}
CONSOLE = {
    "console on black": Palette(_CONSOLE, _CONSOLE[7], _BLACK),
    "console on grey": Palette(_CONSOLE, _BLACK, _CONSOLE[7]),
    "console on white": Palette(_CONSOLE, _BLACK, _WHITE),
}
"""The Linux console after ``setterm``: what it calls white is grey."""


def shown(cell: Cell, palette: Palette) -> tuple[Colour, Colour]:
    """The colours of the text and of the ground that xterm or the Linux console give a cell. Bold is bright in both."""
    text, ground = cell.foreground, cell.background
    is_console = palette.colours is _CONSOLE
    if cell.bold and text in _NAMES:
        text = f"bright{text}"
    colours = palette.colour(text, is_text=True), palette.colour(ground, is_text=False)
    if cell.bold and text == "default" and is_console and palette.foreground in palette.colours[:_BRIGHT]:
        colours = palette.colours[palette.colours.index(palette.foreground) + _BRIGHT], colours[1]
    if cell.dim:
        red, green, blue = colours[0]
        faint = palette.colours[_BRIGHT] if is_console else (red * 2 // 3, green * 2 // 3, blue * 2 // 3)
        colours = faint, colours[1]
    return (colours[1], colours[0]) if cell.reversed else colours


def contrast(one: Colour, other: Colour) -> float:
    """By the formula of the Web Content Accessibility Guidelines, from 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def pale(cells: list[list[Cell]], palette: Palette, least: float) -> Iterator[str]:
    """Each text on the screen whose contrast is less than ``least``, with its place and its colours."""
    for y, line in enumerate(cells):
        texts: dict[tuple[object, ...], str] = {}
        for cell in line:
            if cell.char.strip() and contrast(*shown(cell, palette)) < least:
                look = cell[1:]
                texts[look] = texts.get(look, "") + cell.char
        for look, text in texts.items():
            yield f"line {y}: {text} is {look}"
