"""A small chart of an activation f and of its slope f′, with the z of one unit in every row of the data."""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.marks import Shape
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, columns_of_curves, dots_of, lines_of_curves, plot_of
from tui_nn.dashboard.widgets.braille import ACROSS
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.language import _
from tui_nn.network import ACTIVATIONS, Activation
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.rulers import Ruler
from tui_nn.writing.notation.signs import Notation

_Function: TypeAlias = Callable[[Array], Array]

_SMALLEST = Size(20, 6)
"""The least room for the chart of f alone and the line above it, in columns and lines."""
_HIGHEST = 12
_DIGITS_OF_SLOPE = 4
_LEAST_REACH = 4.0
"""The chart goes at least from −4 to 4, where the usual activations bend."""
_GREATEST_REACH = 1e100
_PROBED = 201
_BETWEEN = 2
_MOST_TICKS = 4
_JUMP = 1e-6


def activation_chart(name: str, of: Cell, z: Array, size: Size, notation: Notation) -> list[Line]:
    """The curve of f with its tangent at ``of``, a cell of Z; beside it the curve of f′, if there is room.

    ``name`` is the name of f. ``z`` has the z of the cell's unit in every row, shape (rows,). The first line says what
    the marks are. Returns no lines if ``size`` is too small or z too large.
    """
    f, here, others = ACTIVATIONS[name], float(z[of.row - 1]), np.delete(z, of.row - 1)
    legend = _legend(f"{notation.functions[name]}{notation.prime}", f, of.row, z, size.width, notation)
    if not legend or not abs(here) <= _GREATEST_REACH or size.width < _SMALLEST.width or size.height < _SMALLEST.height:
        return []
    plots = Size(size.width, min(_HIGHEST, size.height - 1))
    half = Size((size.width - _BETWEEN) // 2, plots.height)
    if half.width < _SMALLEST.width:
        return [legend, *_with_marks(value_plot(f, here, others, plots), f.value, here, others, notation)]
    lines = _with_marks(value_plot(f, here, others, half), f.value, here, others, notation)
    slope = slope_plot(f, here, others, half, notation.prime)
    beside = _with_marks(slope, f.derivative, here, others, notation)
    blank: Line = [(" " * _BETWEEN, "")]
    return [legend, *([*left, *blank, *right] for left, right in zip(lines, beside, strict=True))]


def _legend(slope: str, f: Activation, row: int, z: Array, width: int, notation: Notation) -> Line:
    """What the marks are, and the slope f′(z) of the row; [] if there is no room for it."""
    at, other = (shape.sign(unicode=notation.unicode) for shape in (Shape.SQUARE, Shape.DOT))
    number = rounded_text(float(f.derivative(z[row - 1 : row])[0]), _DIGITS_OF_SLOPE)
    says = _("row {row}: {slope}(z) {equals} {number}", row=row, slope=slope, equals=notation.equals, number=number)
    here: Line = [(at, "mark"), (f" {says}", "faint")]
    rest: Line = [("   ", ""), (other, "pointer"), (" " + _("other rows"), "faint")] if len(z) > 1 else []
    lines = ([*here, *rest], here)
    return next((line for line in lines if size_of_lines([line]).width <= width), [])


def value_plot(f: Activation, here: float, others: Array, size: Size) -> Plot:
    """f(z), and its tangent at ``here``, which is faint."""
    reach = _reach(here, others)
    heights = f.value(np.linspace(-reach, reach, _PROBED))
    up = Ruler.upright(float(heights.min()), float(heights.max()), lines_of_curves(size))
    axes, xs = _axes(reach, up, size)
    at, slope = f.value(np.array([here])), f.derivative(np.array([here]))
    tangent = at + slope * (xs - here)
    tangent = np.where((tangent >= axes.y.low) & (tangent <= axes.y.high), tangent, np.nan)
    return plot_of(axes, Curve(xs, f.value(xs), name="f"), [Curve(xs, tangent, "faint")])


def slope_plot(f: Activation, here: float, others: Array, size: Size, prime: str) -> Plot:
    """f′(z); where it jumps at 0, the curve has a gap."""
    reach = _reach(here, others)
    up = Ruler.down_to_zero(f.derivative(np.linspace(-reach, reach, _PROBED)), lines_of_curves(size))
    axes, xs = _axes(reach, up, size)
    heights = f.derivative(xs)
    at_zero, above = f.derivative(np.array([0.0, np.finfo(np.float64).tiny])).tolist()
    if above - at_zero > _JUMP:
        place = int(np.searchsorted(xs, 0.0))
        xs, heights = np.insert(xs, place, 0.0), np.insert(heights, place, np.nan)
    return plot_of(axes, Curve(xs, heights, name=f"f{prime}"))


def _reach(here: float, others: Array) -> float:
    """How far the chart goes on both sides of 0: one of a few numbers, so that the axes rarely change."""
    known = np.abs(others[np.abs(others) <= _GREATEST_REACH])
    greatest = max(_LEAST_REACH, abs(here), *known.tolist())
    power = 10.0 ** math.floor(math.log10(greatest))
    return next(power * factor for factor in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if power * factor >= greatest)


def _axes(reach: float, up: Ruler, size: Size) -> tuple[Axes, Array]:
    """The axes, and the z in the middle of each column of dots."""
    across = Ruler.linear(-reach, reach, _MOST_TICKS)
    axes = Axes(size, across, up)
    return axes, np.linspace(-reach, reach, ACROSS * columns_of_curves(axes))


def _with_marks(plot: Plot, height: _Function, here: float, others: Array, notation: Notation) -> list[Line]:
    """The lines of a plot with a mark at ``here``, over marks at the other rows' z."""
    dots = dots_of(Curve(others, height(others)), plot.axes, Size(plot.width, plot.height))
    # Rows whose marks would lie in the same column of dots get one mark.
    _values, first = np.unique(dots.columns, return_index=True)
    zs = np.append(dots.xs[first], here)
    # The axis covers all values, but rounding may put one just outside.
    heights = np.clip(height(zs), plot.axes.y.low, plot.axes.y.high)
    looks = [*[(Shape.DOT, "pointer")] * (len(zs) - 1), (Shape.SQUARE, "mark")]
    marks = [
        mark
        for z, y, look in zip(zs.tolist(), heights.tolist(), looks, strict=True)
        for mark in plot.marks_at(z, y, *look, notation.signs)
    ]
    return [plot.marked(y, *marks) for y in range(len(plot.lines))]
