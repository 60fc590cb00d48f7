"""Curves and points, drawn by plotext into lines of text."""

import math
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import grouped

MARK = "●"
_BRAILLE = range(0x2800, 0x2900)
_BLANK_BRAILLE = "⠀"
_LEAST_SPAN = 1e-300
_SMALLEST = Size(16, 5)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def load_plotext() -> None:
    """Imports plotext, which takes about as long as the first screen."""
    import plotext  # noqa: F401


class Curve(NamedTuple):
    """The points of a curve: heights over iterations or other xs. A height that is not finite is a gap."""

    xs: Array
    heights: Array

    @property
    def finite(self) -> Array:
        """The heights without the gaps."""
        return self.heights[np.isfinite(self.heights)]

    @property
    def pieces(self) -> list[tuple[Array, Array]]:
        """The parts of the curve between the gaps, each as xs and heights."""
        finite = np.isfinite(self.heights)
        edges = np.flatnonzero(np.diff(finite.astype(int))) + 1
        stretches = np.split(np.arange(len(self.heights)), edges)
        return [(self.xs[part], self.heights[part]) for part in stretches if part.size and finite[part[0]]]


class Ruler(NamedTuple):
    """The numbers along one side of a chart: its limits, ``low`` below ``high``, and its ticks with their labels."""

    low: float
    high: float
    ticks: list[float]
    labels: list[str]

    @classmethod
    def linear(cls, low: float, high: float, most: int = 5) -> "Ruler":
        """A ruler from ``low`` to ``high``, with at most about ``most`` round numbers as ticks."""
        ticks = linear_ticks(low, high, most)
        return cls(low, high if high > low else low + 1, ticks, [f"{tick:.6g}" for tick in ticks])

    @classmethod
    def down_to_zero(cls, heights: Array, most: int = 5) -> "Ruler":
        """A ruler from 0 up to the greatest of ``heights``, which are finite and not negative, and at least one."""
        ruler = cls.linear(0.0, float(heights.max()), most)
        return ruler._replace(high=max(ruler.high, ruler.ticks[-1]))

    @classmethod
    def powers(cls, heights: Array, most: int = 5, *, unicode: bool = True) -> "Ruler":
        """A ruler with powers of ten as labels. ``heights`` are finite logarithms, at least one."""
        ticks = log_ticks(heights, most)
        low, high = float(heights.min()), float(heights.max())
        within = [tick for tick in ticks if low <= tick <= high]
        if len(within) < 2:
            # With fewer than two powers of ten on it, the ruler is lengthened to the next one on either side.
            low, high, within = min(ticks[0], low), max(ticks[-1], high), ticks
        ticks = within
        return cls(low, high if high > low else low + 1, ticks, [_power_label(tick, unicode=unicode) for tick in ticks])

    @classmethod
    def iterations(cls, last: int, width: int) -> "Ruler":
        """A ruler from iteration 1 to ``last``, and at least to 2, that is ``width`` columns long."""
        last = max(2, last)
        ticks = [1.0, *linear_ticks(0.0, float(last), most=max(2, width // 12))[1:]]
        return cls(1.0, float(last), ticks, [grouped(int(tick)) for tick in ticks])

    def fraction(self, value: float) -> float:
        """Where ``value`` lies between the limits: 0 at the low one, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)


class Axes(NamedTuple):
    """The size of a chart, and its sides."""

    size: Size
    x: Ruler
    y: Ruler


def has_room(size: Size) -> bool:
    """Whether a chart can be drawn in ``size``."""
    return size.width >= _SMALLEST.width and size.height >= _SMALLEST.height


def most_ticks_on(lines: int) -> int:
    """How many ticks a chart of so many lines has at most: more ticks, rounded to lines, would look uneven."""
    return min(max(2, lines // 4), 5)


class Plot(NamedTuple):
    """The lines of a chart, and where in them its axes are."""

    lines: list[Line]
    axes: Axes
    left: int
    top: int
    width: int
    height: int
    later_style: str = "faint"
    """The style of the run shown right of the iteration shown; among other curves it differs from theirs."""

    def cell_of(self, x: float, y: float) -> tuple[int, int]:
        """The column and the line of a point, as plotext rounds it to a cell."""
        across, up = self.axes.x.fraction(x) * (self.width - 1), self.axes.y.fraction(y) * (self.height - 1)
        return self.left + math.ceil(across - 0.5), self.top + self.height - 1 - math.ceil(up - 0.5)

    def x_at(self, column: int) -> float:
        """The x at a column of the chart, or at the nearest column that the axis has."""
        along = min(max(0, column - self.left), self.width - 1) / max(1, self.width - 1)
        return self.axes.x.low + along * (self.axes.x.high - self.axes.x.low)

    def y_at(self, line: int) -> float:
        """The y at a line of the chart, or at the nearest line that the axis has."""
        up = min(max(0, self.top + self.height - 1 - line), self.height - 1) / max(1, self.height - 1)
        return self.axes.y.low + up * (self.axes.y.high - self.axes.y.low)

    def marked(self, y: int, *marks: "MarkedPoint", later: "LaterIterations | None" = None) -> Line:
        """Line ``y`` of the chart with the marks that lie on it, the last one on top.

        The part of the curves that belongs to ``later`` iterations is faint or hidden.
        """
        line = self.lines[y] if y < len(self.lines) else []
        if later and self.top <= y < self.top + self.height:
            line = _with_later_faint(line, later, self.left + self.width, self.later_style)
        for mark in marks:
            if mark.line == y:
                line = _with_mark(line, mark)
        return line


class LaterIterations(NamedTuple):
    """The part of a chart right of a column: shown faint, or hidden."""

    column: int
    is_hidden: bool


class MarkedPoint(NamedTuple):
    """A sign at a cell of a chart, in its style."""

    column: int
    line: int
    sign: str = MARK
    style: str = "mark"


def _with_mark(line: Line, mark: MarkedPoint) -> Line:
    column, marked = mark.column, []
    for text, style in line:
        if 0 <= column < len(text):
            marked += [(text[:column], style), (mark.sign, mark.style), (text[column + 1 :], style)]
        else:
            marked.append((text, style))
        column -= len(text)
    return [(text, style) for text, style in marked if text]


def _with_later_faint(line: Line, later: LaterIterations, end: int, later_style: str) -> Line:
    faded: Line = []
    x = 0
    for text, style in line:
        begin, stop = (min(max(0, column - x), len(text)) for column in (later.column + 1, end))
        x += len(text)
        later_text = " " * (stop - begin) if later.is_hidden else text[begin:stop]
        faded += [
            (text[:begin], style),
            (later_text, later_style if style == "curve" else "faint"),
            (text[stop:], style),
        ]
    return [(text, style) for text, style in faded if text]


def plot_of(
    axes: Axes, shown: Curve | None, others: Sequence[Curve] = (), names: Sequence[str] = (), style: str = ""
) -> Plot:
    """The curve ``shown`` over ``others``, which have ``style`` and, if there are ``names``, carry letters of these."""
    curves = [shown] if shown else []
    alone = _draw_with_plotext(axes, curves, ())
    # All curves come in one colour. The curve shown is drawn alone as well, to find the cells that belong to it.
    all_curves = alone
    if others:
        all_curves = _draw_with_plotext(axes, [*others, *curves], list(zip(names, others, strict=False)))
    lines = [_styled_line(line, line_alone, style) for line, line_alone in zip(all_curves, alone, strict=True)]
    left, right = alone[0].index("┌") + 1, alone[0].index("┐")
    bottom = next(y for y, line in enumerate(alone) if "└" in line)
    return Plot(lines, axes, left, 1, right - left, bottom - 1, "coming" if others else "faint")


def _draw_with_plotext(axes: Axes, curves: list[Curve], named: Sequence[tuple[str, Curve]]) -> list[str]:
    import plotext

    # plotext has one figure for the whole process: only the screen's thread may draw on it.
    figure: Any = plotext.figure
    plotext.terminal.limit(False, False)
    figure.clear.all()
    figure.plot_size(axes.size.width, axes.size.height)
    # plotext would draw a line across a gap, such as a cost of 0, which has no logarithm.
    for curve in curves:
        for xs, heights in curve.pieces:
            figure.draw(figure.signal(xs.tolist(), heights.tolist(), marker="braille").lines(True))
    letters = curve_letters([name for name, _ in named])
    for number, (letter, (_, curve)) in enumerate(zip(letters, named, strict=True), start=1):
        if not len(curve.heights):
            # The run overflows in its first iteration.
            continue
        # The letters of curves that run together stay apart: each has another place along its curve.
        place = len(curve.heights) * number // (len(named) + 1)
        if np.isfinite(curve.heights[place]):
            figure.draw(figure.signal([curve.xs[place]], [curve.heights[place]], marker=letter))
    for side, ruler in (("x", axes.x), ("y", axes.y)):
        figure.ruler(side).lim(ruler.low, ruler.high)
        figure.ruler(side).ticks(ruler.ticks, ruler.labels)
    return str(figure.build().string(True)).split("\n")


def curve_letters(names: Sequence[str]) -> list[str]:
    """The letter of each curve: the first letter of its name that no curve before it has."""
    letters: list[str] = []
    for name in names:
        letters.append(next((char for char in name if char.isalnum() and char not in letters), name[:1]))
    return letters


def _styled_line(line: str, line_alone: str, style_of_others: str) -> Line:
    """A line of the chart with its styles; ``line_alone`` is the same line of a chart that has only the curve shown."""
    styled: Line = []
    for char, char_alone in zip_longest(line, line_alone, fillvalue=" "):
        if ord(char) in _BRAILLE:
            # A blank braille cell takes three bytes, a space one.
            is_shown = char_alone != _BLANK_BRAILLE and ord(char_alone) in _BRAILLE
            char, style = (" ", "") if char == _BLANK_BRAILLE else (char, "curve" if is_shown else style_of_others)
        else:
            style = "label" if char.isalpha() else "faint"
        if styled and styled[-1][1] == style:
            styled[-1] = (styled[-1][0] + char, style)
        else:
            styled.append((char, style))
    return styled


def thinned(heights: Array, most: int) -> tuple[Array, Array]:
    """The iterations, from 1, and the heights of about ``most`` points: the least and the greatest of each stretch."""
    count = len(heights)
    if count <= most:
        return np.arange(1.0, count + 1), heights
    bounds = np.linspace(0, count, most // 2 + 1).astype(int)
    chosen: set[int] = {0, count - 1}
    for begin, end in pairwise(bounds.tolist()):
        stretch = heights[begin:end]
        chosen |= {int(begin + stretch.argmin()), int(begin + stretch.argmax())}
    indices = np.array(sorted(chosen))
    return indices + 1.0, heights[indices]


def linear_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from ``low`` up to ``high``, at steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if not (span > _LEAST_SPAN and math.isfinite(span)):
        return [low]
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)
    first, last = math.ceil(low / step), math.floor(high / step + 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def log_ticks(heights: Array, most: int = 5) -> list[float]:
    """Whole powers of ten around ``heights``, which are logarithms."""
    low, high = math.floor(float(heights.min())), math.ceil(float(heights.max()))
    step = next(step for step in (1, 2, 3, 5, 10, 20, 50, 100, 200) if (high - low) / step <= most)
    return [float(tick) for tick in range(-(-low // step) * step, high + 1, step)]


def _power_label(tick: float, *, unicode: bool) -> str:
    return "10" + str(int(tick)).translate(_SUPERSCRIPT) if unicode else f"1e{int(tick)}"
