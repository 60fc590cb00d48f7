"""Curves and points on axes, as lines of text."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.axis_lines import Frame, axis_below, labels_beside
from tui_nn.dashboard.charts.curve_names import Name, placed_names
from tui_nn.dashboard.charts.dots import Bits, Cells, DotCurve, Layer, drawn
from tui_nn.dashboard.charts.marks import MarkedPoint as MarkedPoint
from tui_nn.dashboard.charts.marks import Shape, marks_at, with_mark
from tui_nn.dashboard.widgets.braille import ACROSS, DOWN
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.rulers import Ruler
from tui_nn.writing.notation.sign_set import SignSet

MARK = "●"
NO_CHARTS = _("no charts: plotext,\nwhich draws them,\ncan't be loaded")
"""What stands in the place of a chart; it has room in the smallest."""

MOST_POINTS = 50_000
"""Of so many points of a curve at most the dots are computed: more than any terminal has columns, by far."""

_SMALLEST = Size(16, 4)
_ROWS_WITH_TICKS_BELOW = 9
_FAINT = "faint"


class Curve(NamedTuple):
    """The points of a curve: heights over iterations or other xs. A height that is not finite is a gap.

    ``name`` stands at its end. ``style_ahead`` is the style of what lies ahead of the iteration shown.
    """

    xs: Array
    heights: Array
    style: str = "curve"
    style_ahead: str = _FAINT
    name: str = ""

    @property
    def finite(self) -> Array:
        """The heights without the gaps."""
        return self.heights[np.isfinite(self.heights)]


_STYLES_OF_OTHERS = (("other", "other-ahead"), ("third", "third-ahead"), ("plain", _FAINT))


def styles_of_others(count: int) -> list[tuple[str, str]]:
    """The styles of so many curves beside the one shown, each with that of what lies ahead."""
    return [_STYLES_OF_OTHERS[i % len(_STYLES_OF_OTHERS)] for i in range(count)]


class Axes(NamedTuple):
    """The size of a chart, and its sides."""

    size: Size
    x: Ruler
    y: Ruler


def has_room(size: Size) -> bool:
    """Whether a chart can be drawn in ``size``."""
    return size.width >= _SMALLEST.width and size.height >= _SMALLEST.height


def lines_of_curves(size: Size, *, top: int = 0) -> int:
    """How many lines of a chart the curves have: the x axis takes some, and ``top`` lines stay free above."""
    return size.height - top - (1 if size.height < _ROWS_WITH_TICKS_BELOW else 2)


def columns_of_curves(axes: Axes) -> int:
    """How many columns of a chart the curves have: the y axis and its labels take the others."""
    return axes.size.width - max(map(len, axes.y.labels), default=0) - 1


class Plot(NamedTuple):
    """The lines of a chart, where in them the curves are, and what these are made of, the curve shown last.

    Whichever part of the curves is faint, the ``frame`` around them stays.
    """

    lines: list[Line]
    axes: Axes
    left: int
    top: int
    width: int
    height: int
    layers: tuple[Layer, ...] = ()
    names: tuple[Name, ...] = ()
    frame: Frame = Frame()

    def dot_of(self, x: float, y: float) -> tuple[int, int]:
        """The dot nearest to a point: its column, and its line from the top of the chart."""
        # Rounded to a number with few digits, a tick may lie just outside the limits.
        within = min(max(self.axes.x.low, x), self.axes.x.high)
        curve = dots_of(Curve(np.array([within]), np.array([y])), self.axes, Size(self.width, self.height))
        return int(curve.columns[0]), int(curve.lines[0])

    def cell_of(self, x: float, y: float) -> tuple[int, int]:
        """The column and the line of the cell in which a point lies."""
        column, line = self.dot_of(x, y)
        return self.left + column // ACROSS, self.top + line // DOWN

    def x_at(self, column: int) -> float:
        """The x at a column of the chart, or at the nearest column that the axis has."""
        along = min(max(0, column - self.left), self.width - 1) / max(1, self.width - 1)
        return self.axes.x.value_at(along)

    def y_at(self, line: int) -> float:
        """The y at a line of the chart, or at the nearest line that the axis has."""
        up = min(max(0, self.top + self.height - 1 - line), self.height - 1) / max(1, self.height - 1)
        return self.axes.y.value_at(up)

    def marks_at(self, x: float, y: float, shape: Shape, style: str, signs: SignSet) -> list[MarkedPoint]:
        """A mark whose middle is at most half a dot from a point; none outside the limits of the axes."""
        if not (0 <= self.axes.x.fraction(x) <= 1 and 0 <= self.axes.y.fraction(y) <= 1):
            return []
        cells = marks_at(self.dot_of(x, y), shape, style, signs)
        return [
            MarkedPoint(self.left + column, self.top + line, sign, style)
            for column, line, sign, style in cells
            if 0 <= column < self.width and 0 <= line < self.height
        ]

    def marked(self, y: int, *marks: MarkedPoint) -> Line:
        """Line ``y`` of the chart with the marks that lie on it, the last one on top."""
        line = self.lines[y] if y < len(self.lines) else []
        for mark in marks:
            if mark.line == y:
                line = with_mark(line, mark)
        return line

    def at_iteration(self, iteration: int, height: float | None, *, is_ahead_hidden: bool) -> "Plot":
        """The same chart, in which all dots after an iteration, where the curve shown has a height, are faint."""
        line = self.dot_of(iteration, height)[1] if height is not None and np.isfinite(height) else None
        pasts, aheads = [], []
        for layer in self.layers:
            known = line if layer is self.layers[-1] else None
            past, ahead = layer.parted(self._dot_column(iteration), iteration, known)
            pasts.append((past, layer.style))
            aheads.append((ahead, layer.style_ahead))
        cells = Cells.blank(Size(self.width, self.height))
        if not is_ahead_hidden:
            _paint(cells, aheads)
        _paint(cells, pasts)
        return self._replace(lines=_lines(cells, self))

    def _dot_column(self, x: float) -> int:
        """The column of dots of an x; left of the axis −1, and right of it the last one."""
        along = self.axes.x.fraction(x)
        return -1 if along < 0 else self.dot_of(x, self.axes.y.low)[0]

    def drawn_whole(self) -> "Plot":
        """The same chart with all dots in the styles of the past."""
        cells = Cells.blank(Size(self.width, self.height))
        _paint(cells, [(layer.bits, layer.style) for layer in self.layers])
        return self._replace(lines=_lines(cells, self))


def _paint(cells: Cells, painted: list[tuple[Bits, str]]) -> None:
    """Paints what is faint first; the others may share a cell."""
    cells.paint([one for one in painted if one[1] == _FAINT])
    cells.paint([one for one in painted if one[1] != _FAINT])


def _lines(cells: Cells, plot: Plot) -> list[Line]:
    """All lines of a chart: the frame around the cells, and the names over them."""
    above: list[Line] = [[(" " * plot.axes.size.width, "")] for _ in range(plot.top)]
    lines: list[Line] = [[(beside, _FAINT), *cells.line(y)] for y, beside in enumerate(plot.frame.beside)]
    for name in plot.names:
        for i, sign in enumerate(name.text):
            point = MarkedPoint(plot.left + name.column + i, name.line, sign, name.style)
            lines[name.line] = with_mark(lines[name.line], point)
    return [*above, *lines, *plot.frame.below]


def _frame_of(axes: Axes, left: int, room: Size) -> Frame:
    x, y = axes.x, axes.y
    # Rounded to a number with few digits, a tick may lie just outside the limits.
    ticks_across, ticks_up = np.clip(x.ticks, x.low, x.high), np.array(y.ticks)
    across = dots_of(Curve(ticks_across, np.full_like(ticks_across, y.low)), axes, room)
    up = dots_of(Curve(np.full_like(ticks_up, x.low), ticks_up), axes, room)
    columns, lines = left + across.columns // ACROSS, up.lines // DOWN
    has_ticks = axes.size.height >= _ROWS_WITH_TICKS_BELOW
    return Frame(
        labels_beside(y, lines.tolist(), room.height),
        axis_below(x.labels, columns.tolist(), left, room.width, with_ticks=has_ticks),
    )


def plot_of(axes: Axes, shown: Curve | None, others: Sequence[Curve] = (), *, top: int = 0) -> Plot:
    """The curve ``shown`` over ``others``, with so many lines above them."""
    room = Size(columns_of_curves(axes), lines_of_curves(axes.size, top=top))
    left = axes.size.width - room.width
    layers, names = [], []
    for (style, style_ahead), group in groupby(sorted(others, key=_styles), key=_styles):
        curves = list(group)
        dots = tuple(dots_of(curve, axes, room) for curve in curves)
        layers.append(Layer(drawn(room, dots), dots, style, style_ahead))
        names += [_name_of(*pair, style) for pair in zip(curves, dots, strict=True)]
    if shown:
        dots = (dots_of(shown, axes, room),)
        layers.append(Layer(drawn(room, dots), dots, shown.style, shown.style_ahead))
        names.append(_name_of(shown, dots[0], shown.style))
    bits = np.bitwise_or.reduce([np.zeros((room.height, room.width), np.uint8), *(layer.bits for layer in layers)])
    placed = tuple(placed_names([name for name in names if name], bits))
    frame = _frame_of(axes, left, room)
    return Plot([], axes, left, top, room.width, room.height, tuple(layers), placed, frame).drawn_whole()


def _styles(curve: Curve) -> tuple[str, str]:
    return curve.style, curve.style_ahead


def _name_of(curve: Curve, dots: DotCurve, style: str) -> Name | None:
    ends = np.flatnonzero(dots.lines >= 0)
    if not curve.name or not ends.size:
        return None
    end = ends[-1]
    return Name(curve.name, int(dots.columns[end]) // ACROSS, int(dots.lines[end]) // DOWN, style, int(dots.lines[end]))


def dots_of(curve: Curve, axes: Axes, room: Size) -> DotCurve:
    """The dots nearest to the points of a curve between the limits of x; points outside those of y are gaps."""
    last_column, last_line = ACROSS * room.width - 1, DOWN * room.height - 1
    inside = (curve.xs >= axes.x.low) & (curve.xs <= axes.x.high)
    xs, heights = curve.xs[inside], curve.heights[inside]
    # Half a dot beyond a limit is still nearest to the dot there.
    columns = np.floor(axes.x.fractions(xs) * last_column + 0.5).astype(np.int64)
    with np.errstate(invalid="ignore"):
        up = np.nan_to_num(np.floor(axes.y.fractions(heights) * last_line + 0.5), nan=-1.0, posinf=-1.0, neginf=-1.0)
    is_gap = (up < 0) | (up > last_line)
    return DotCurve(xs, columns, np.where(is_gap, -1, last_line - up).astype(np.int64))


def thinned(heights: Array, most: int = MOST_POINTS) -> tuple[Array, Array]:
    """The iterations, from 1, and the heights of about ``most`` points: the least and the greatest of each stretch."""
    count = len(heights)
    if count <= most:
        return np.arange(1.0, count + 1), heights
    # Stretches of one length: numpy goes through all of them in one call. The last one may be shorter.
    length = -(-count // (most // 2))
    whole = count - count % length
    stretches, begins = heights[:whole].reshape(-1, length), np.arange(0, whole, length)
    chosen = [begins + stretches.argmin(axis=1), begins + stretches.argmax(axis=1), np.array([0, count - 1])]
    if whole < count:
        rest = heights[whole:]
        chosen.append(whole + np.array([rest.argmin(), rest.argmax()]))
    # Not with np.unique: it imports numpy's masked arrays, for which a key would wait.
    indices = np.sort(np.concatenate(chosen))
    indices = indices[np.diff(indices, prepend=-1) > 0]
    return indices + 1.0, heights[indices]
