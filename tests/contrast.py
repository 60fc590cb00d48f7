"""How well what a terminal shows can be read: its colours as red, green and blue, and the contrast of each cell."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from tests.emulator import Cell

Colour: TypeAlias = tuple[int, int, int]
Look: TypeAlias = tuple[str, str, bool, bool, bool, bool, bool]
"""A cell without its character."""

_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_BRIGHT = 8
# Not read: they fill the cell that has the shade's colour.
_SHADES = "░▒▓█"
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
    """The colours of the text and of the ground that the terminal gives a cell."""
    return _on_console(cell, palette) if palette.colours is _CONSOLE else _in_xterm(cell, palette)


def _in_xterm(cell: Cell, palette: Palette) -> tuple[Colour, Colour]:
    """Bold makes the first eight colours bright, dim takes a third of the light."""
    text = f"bright{cell.foreground}" if cell.bold and cell.foreground in _NAMES else cell.foreground
    red, green, blue = palette.colour(text, is_text=True)
    colour = (red * 2 // 3, green * 2 // 3, blue * 2 // 3) if cell.dim else (red, green, blue)
    ground = palette.colour(cell.background, is_text=False)
    return (ground, colour) if cell.reversed else (colour, ground)


def _on_console(cell: Cell, palette: Palette) -> tuple[Colour, Colour]:
    """Bold turns dark into bright and back, grounds are dark, and what is dim or underlined has a colour of its own.

    Source: ``build_attr`` in Linux, drivers/tty/vt/vt.c.
    """
    text, ground = (
        palette.colours.index(palette.colour(name, is_text=is_text))
        for name, is_text in ((cell.foreground, True), (cell.background, False))
    )
    bold = cell.bold or cell.foreground.startswith("bright")
    text = _NAMES.index("green") if cell.italic else _NAMES.index("cyan") if cell.underlined else text
    text = text % _BRIGHT if cell.foreground != "default" else text
    ground = ground % _BRIGHT if cell.background != "default" else ground
    if cell.dim and not cell.italic and not cell.underlined:
        text = _BRIGHT
    if cell.reversed:
        text, ground = ground, text
    return palette.colours[text ^ _BRIGHT if bold else text], palette.colours[ground]


def contrast(one: Colour, other: Colour) -> float:
    """By the formula of the Web Content Accessibility Guidelines, from 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _contrast_of(look: Look, palette: Palette) -> float:
    return contrast(*shown(Cell("", *look), palette))


def pale(cells: list[list[Cell]], palette: Palette, least: float) -> Iterator[str]:
    """Each text on the screen whose contrast is less than ``least``, with its place and its colours."""
    for y, line in enumerate(cells):
        texts: defaultdict[Look, str] = defaultdict(str)
        for cell in line:
            if cell.char.strip() and cell.char not in _SHADES:
                texts[cell[1:]] += cell.char
        for look, text in texts.items():
            if _contrast_of(look, palette) < least:
                yield f"line {y}: {text} is {look}"
