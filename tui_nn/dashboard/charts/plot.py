"""Curves and points, drawn by plotext into lines of text."""

import math
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.rulers import Ruler

MARK = "●"
_BRAILLE = range(0x2800, 0x2900)
_BLANK_BRAILLE = "⠀"
_SMALLEST = Size(16, 5)


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
