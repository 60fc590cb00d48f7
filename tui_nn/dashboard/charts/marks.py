"""Marks on a chart, at the dot where a value lies."""

from enum import Enum
from typing import NamedTuple

from tui_nn.dashboard.widgets.braille import ACROSS, BITS, BRAILLE, DOWN
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.writing.notation.sign_set import SignSet

_LAST_BRAILLE = 0x28FF
_UPPER_HALF, _LOWER_HALF = "▀", "▄"


class MarkedPoint(NamedTuple):
    """A sign at a cell of a chart, in its style."""

    column: int
    line: int
    sign: str
    style: str = "mark"


class Shape(Enum):
    """The shape of a mark, by the sign that stands for it in a text."""

    SQUARE = "■"
    DIAMOND = "◆"
    DOT = "•"
    LEVEL = "─"

    def sign(self, *, unicode: bool) -> str:
        """The sign that stands for it in a text."""
        return self.value if unicode else {"■": "#", "◆": "+", "•": "o", "─": "-"}[self.value]


_DOTS = {
    Shape.DIAMOND: [(x, y) for y in range(-2, 3) for x in range(-2, 3) if abs(x) + abs(y) <= 2],
    Shape.DOT: [(x, y) for y in range(-1, 2) for x in range(-1, 2) if abs(x) + abs(y) <= 1],
    Shape.LEVEL: [(x, 0) for x in range(-4, 5)],
}


def marks_at(dot: tuple[int, int], shape: Shape, style: str, signs: SignSet) -> list[tuple[int, int, str, str]]:
    """The cells of a mark around a dot: column, line, sign and style of each.

    A square fills the half of the cell in which the dot lies, so its middle is at most half a dot away. Without
    braille, any other mark is one sign in one cell.
    """
    column, line = dot
    cell = column // ACROSS, line // DOWN
    if signs is not SignSet.ASCII and shape is Shape.SQUARE:
        return [(*cell, _LOWER_HALF if line % DOWN >= DOWN // 2 else _UPPER_HALF, style)]
    if signs is not SignSet.ALL:
        return [(*cell, shape.sign(unicode=signs is not SignSet.ASCII), style)]
    bits: dict[tuple[int, int], int] = {}
    for x, y in ((column + across, line + down) for across, down in _DOTS[shape]):
        place = x // ACROSS, y // DOWN
        bits[place] = bits.get(place, 0) | BITS[y % DOWN][x % ACROSS]
    return [(*place, chr(BRAILLE + bit), style) for place, bit in bits.items()]


def with_mark(line: Line, mark: MarkedPoint) -> Line:
    """``line`` with the sign of a mark in its column; the dots of a braille sign are added to those that are there."""
    column, marked = mark.column, []
    for text, style in line:
        if 0 <= column < len(text):
            sign = _merged(text[column], mark.sign)
            marked += [(text[:column], style), (sign, mark.style), (text[column + 1 :], style)]
        else:
            marked.append((text, style))
        column -= len(text)
    return [(text, style) for text, style in marked if text]


def _merged(below: str, above: str) -> str:
    is_dots = all(BRAILLE <= ord(sign) <= _LAST_BRAILLE for sign in (below, above))
    return chr(ord(below) | ord(above)) if is_dots else above
