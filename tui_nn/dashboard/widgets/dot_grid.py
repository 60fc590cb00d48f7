"""Lines of dots, drawn with two by four braille dots in a cell; without braille with one sign in a cell."""

from functools import lru_cache
from itertools import groupby

from textual.geometry import Size

from tui_nn.dashboard.widgets.braille import ACROSS, BITS, BRAILLE, DOWN
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.writing.notation.sign_set import SignSet

_DASH = 3
"""How many dots of a dashed line are drawn, and then left out."""
_DASH_OF_CELLS = 2
"""The same in cells, for terminals without braille."""
_SIGNS = {SignSet.COMMON: " ·•■", SignSet.ASCII: " -=#"}
"""The sign of a cell without braille, by the thickness of the line."""


class DotGrid:
    """Cells in which lines of dots are drawn, and texts over them. The last thing drawn in a cell gives its style."""

    def __init__(self, size: Size, signs: SignSet) -> None:
        self.size = size
        self._signs_by_thickness = _SIGNS.get(signs)
        self._dots: dict[tuple[int, int], int] = {}
        self._signs: dict[tuple[int, int], str] = {}
        self._styles: dict[tuple[int, int], str] = {}

    def line(
        self, begin: tuple[float, float], end: tuple[float, float], thickness: int, style: str, dashed: bool
    ) -> None:
        """A line from one place to another, in dots from the upper left corner, so many dots thick."""
        has_signs = self._signs_by_thickness is not None
        dash = (_DASH_OF_CELLS * ACROSS if has_signs else _DASH) if dashed else 0
        width, height = self.size
        for cell, dots in _cells_of_line(begin, end, thickness, dash, has_signs=has_signs):
            if 0 <= cell[0] < width and 0 <= cell[1] < height:
                before = self._dots.get(cell, 0)
                self._dots[cell] = max(before, thickness) if has_signs else before | dots
                self._styles[cell] = style

    def write(self, x: int, y: int, text: str, style: str) -> None:
        """A text over whatever is drawn there; what lies outside the grid is cut off."""
        for column, sign in enumerate(text, start=x):
            if 0 <= column < self.size.width and 0 <= y < self.size.height:
                self._signs[column, y] = sign
                self._styles[column, y] = style

    def lines(self) -> list[Line]:
        """All lines, from the top; blanks have no style."""
        return [self._row(y) for y in range(self.size.height)]

    def _row(self, y: int) -> Line:
        cells = [(self._sign(x, y), self._styles.get((x, y), "")) for x in range(self.size.width)]
        while cells and cells[-1] == (" ", ""):
            cells.pop()
        return [("".join(sign for sign, _ in run), style) for style, run in groupby(cells, key=lambda cell: cell[1])]

    def _sign(self, x: int, y: int) -> str:
        if (x, y) in self._signs:
            return self._signs[x, y]
        dots = self._dots.get((x, y), 0)
        if not dots:
            return " "
        return self._signs_by_thickness[dots] if self._signs_by_thickness else chr(BRAILLE + dots)


@lru_cache(maxsize=2048)
def _cells_of_line(
    begin: tuple[float, float], end: tuple[float, float], thickness: int, dash: int, *, has_signs: bool
) -> tuple[tuple[tuple[int, int], int], ...]:
    """The cells that a line meets, each with its braille dots; with ``has_signs``, those that its middle meets.

    It draws ``dash`` dots and then leaves out as many; 0: no gaps. Kept, because most lines stay from step to step.
    """
    (x0, y0), (x1, y1) = begin, end
    steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
    is_flat = abs(x1 - x0) >= abs(y1 - y0)
    dots: dict[tuple[int, int], int] = {}
    for i in range(steps + 1):
        if dash and (i // dash) % 2:
            continue
        x_middle, y_middle = x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps
        for beside in range(1 if has_signs else thickness):
            aside = beside - (thickness - 1) / 2
            x, y = round(x_middle if is_flat else x_middle + aside), round(y_middle + aside if is_flat else y_middle)
            cell = x // ACROSS, y // DOWN
            dots[cell] = dots.get(cell, 0) | BITS[y % DOWN][x % ACROSS]
    return tuple(dots.items())
