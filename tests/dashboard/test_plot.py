"""Where a chart has its dots, its marks and its ticks."""

import math
import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from textual.geometry import Size

from tui_nn.dashboard.charts.marks import Shape
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.widgets.braille import ACROSS, BITS, BRAILLE, DOWN
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.rulers import DOTS_UP, Ruler
from tui_nn.writing.notation.sign_set import SignSet

_sizes = st.builds(Size, st.integers(24, 120), st.integers(4, 40))
_BLOCKS = {"▀": 0.5, "▄": 2.5}
"""How far below the top of its cell the middle of a mark is, in dots from the middle of the first one."""


_POWER = re.compile("(?:([0-9.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


def _number(label: str) -> float:
    """The number that a label stands for."""
    if power := _POWER.fullmatch(label):
        exponent = power[2].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        return float(f"{power[1] or 1}e{exponent}")
    return float(label)


def _plot(size: Size, last: int, points: list[tuple[float, float]], highest: float, *, by_factor: bool = False) -> Plot:
    iterations, heights = np.array(points).T
    across = Ruler.iterations(1, last, size.width, is_logarithmic=by_factor)
    axes = Axes(size, across, Ruler.down_to_zero(np.array([highest]), lines_of_curves(size)))
    return plot_of(axes, Curve(iterations, heights))


def _dots(plot: Plot, lines: list[Line], style: str) -> set[tuple[int, int]]:
    """The dots of one style, as columns and lines of dots in the plot."""
    dots = set()
    for y, line in enumerate(lines[: plot.height]):
        cells = [(sign, name) for text, name in line for sign in text][plot.left :]
        for x, (sign, name) in enumerate(cells):
            bits = ord(sign) - BRAILLE
            if name == style and 0 < bits < 0x100:
                here = [(i, j) for j in range(DOWN) for i in range(ACROSS) if bits & BITS[j][i]]
                dots |= {(ACROSS * x + i, DOWN * y + j) for i, j in here}
    return dots


def _exact(plot: Plot, x: float, y: float) -> tuple[float, float]:
    """Where a point lies, in dots."""
    last_column, last_line = ACROSS * plot.width - 1, DOWN * plot.height - 1
    return plot.axes.x.fraction(x) * last_column, (1 - plot.axes.y.fraction(y)) * last_line


@settings(deadline=None)
@given(_sizes, st.integers(2, 10_000), st.floats(0, 1), st.floats(0, 1), st.floats(1e-6, 1e6), st.booleans())
def test_the_dot_and_the_mark_of_a_point_are_within_half_a_dot_of_it(
    size: Size, last: int, along: float, share: float, highest: float, by_factor: bool
) -> None:
    iteration, height = 1 + round(along * (last - 1)), share * highest
    plot = _plot(size, last, [(iteration, height)], highest, by_factor=by_factor)
    x, y = _exact(plot, iteration, height)
    ((column, line),) = _dots(plot, plot.lines, "curve")
    assert abs(column - x) <= 0.5 + 1e-6
    assert abs(line - y) <= 0.5 + 1e-6
    (mark,) = plot.marks_at(iteration, height, Shape.SQUARE, "mark", SignSet.ALL)
    assert (mark.column - plot.left, mark.line) == (column // ACROSS, line // DOWN)
    # The middle of the mark: half a dot from the dot of the curve.
    assert abs((mark.column - plot.left) * ACROSS + 0.5 - column) == 0.5
    assert abs(mark.line * DOWN + _BLOCKS[mark.sign] - line) == 0.5
    marked = "".join(text for text, _ in plot.marked(mark.line, mark))
    assert marked[mark.column] == mark.sign
    assert len(marked) == size.width


@settings(deadline=None)
@given(_sizes, st.integers(2, 10_000), st.floats(1e-6, 1e6))
def test_a_tick_is_drawn_within_half_a_dot_of_the_dots_of_its_value(size: Size, last: int, highest: float) -> None:
    plot = _plot(size, last, [(1, 0.0), (last, 0.0)], highest)
    drawn = [y for y, line in enumerate(plot.lines) if "┤" in "".join(text for text, _ in line)]
    assert len(drawn) == len(plot.axes.y.ticks)
    for y, tick in zip(reversed(drawn), plot.axes.y.ticks, strict=True):
        # A tick is drawn in the middle of its cell, which lies between the second and the third of its four dots.
        assert abs(y * DOWN + 1.5 - plot.dot_of(1, tick)[1]) == 0.5
    # So a curve at 0 is on the line of the tick 0.
    assert {line // DOWN for _, line in _dots(plot, plot.lines, "curve")} == {drawn[-1]}


def _costs(seed: int, count: int) -> Array:
    costs: Array = np.abs(np.random.default_rng(seed).normal(size=count).cumsum()) + 0.1
    return costs


@settings(deadline=None)
@given(_sizes, st.integers(2, 3000), st.integers(0, 99), st.floats(0, 1), st.booleans())
def test_what_lies_ahead_is_faint_from_the_first_dot(
    size: Size, last: int, seed: int, along: float, by_factor: bool
) -> None:
    costs, iteration = _costs(seed, last), 1 + round(along * (last - 1))
    iterations = np.arange(1.0, last + 1)
    plot = _plot(size, last, list(zip(iterations, costs, strict=True)), float(costs.max()), by_factor=by_factor)
    height = float(costs[iteration - 1])
    faded = plot.at_iteration(iteration, height, is_ahead_hidden=False)
    whole, past = _dots(plot, plot.lines, "curve"), _dots(plot, faded.lines, "curve")
    # The dots of a chart that ends with the iteration, on the same axes, are those of the past.
    ended = plot_of(plot.axes, Curve(iterations[:iteration], costs[:iteration]))
    dots = _dots(ended, ended.lines, "curve")
    # A line that passes exactly between two dots may be drawn on either.
    split = plot.dot_of(iteration, height)[0]
    assert dots <= past <= dots | {(split, y + by) for x, y in dots if x == split for by in (-1, 1)}
    assert past | _dots(plot, faded.lines, "faint") <= whole
    hidden = plot.at_iteration(iteration, height, is_ahead_hidden=True)
    assert _dots(plot, hidden.lines, "curve") == past
    assert not _dots(plot, hidden.lines, "faint")


@settings(deadline=None, max_examples=20)
@given(_sizes)
def test_curves_that_cross_keep_their_own_colours(size: Size) -> None:
    xs = np.arange(1.0, 101)
    axes = Axes(size, Ruler.iterations(1, 100, size.width), Ruler.upright(0, 100, lines_of_curves(size)))
    rising, falling = Curve(xs, xs), Curve(xs, 100 - xs, "other", "other-ahead")
    plot, alone, beside = (
        plot_of(axes, shown, others) for shown, others in ((rising, [falling]), (rising, []), (None, [falling]))
    )
    assert _dots(plot, plot.lines, "curve") <= _dots(alone, alone.lines, "curve")
    assert _dots(plot, plot.lines, "other") <= _dots(beside, beside.lines, "other")


@given(st.floats(-1, 1), st.integers(-9, 9), st.floats(1, 10), st.integers(-9, 9), st.integers(3, 40), st.booleans())
def test_ticks_are_evenly_spaced_on_whole_lines_with_equal_decimals(
    mantissa: float, power: int, span: float, power_of_span: int, rows: int, of_powers: bool
) -> None:
    low, high = mantissa * 10.0**power, mantissa * 10.0**power + span * 10.0**power_of_span
    assume(high - low > 1e-6 * max(abs(low), abs(high)))
    if of_powers:
        low, high = np.clip((low, high), -300, 300)
        assume(high - low >= 2)
    ruler = Ruler.powers(np.array([low, high]), rows) if of_powers else Ruler.upright(low, high, rows)
    slack = 1e-8 * (high - low)
    assert ruler.low <= low + slack
    assert ruler.high >= high - slack
    assert len(ruler.ticks) == len(set(ruler.labels)) >= 3
    last_dot = DOTS_UP * rows - 1
    dots = np.array([ruler.fraction(tick) * last_dot for tick in ruler.ticks])
    lines = np.diff(dots) / DOTS_UP
    assert np.allclose(lines, round(lines[0]), atol=1e-3)
    decimals = {len(label.partition(".")[2].partition("e")[0]) for label in ruler.labels if label != "0"}
    assert len(decimals) == 1
    assert not of_powers or all(tick == int(tick) for tick in ruler.ticks)


@given(st.floats(-280, 280), st.floats(0.05, 1.99), st.integers(4, 40), st.booleans())
def test_a_short_logarithmic_side_has_round_numbers_on_lines_of_their_own(
    low: float, span: float, rows: int, superscripts: bool
) -> None:
    ruler = Ruler.powers(np.array([low, low + span]), rows, superscripts=superscripts)
    assert ruler.low <= low + 1e-9
    assert ruler.high >= low + span - 1e-9
    # Four rows may have room for nothing but whole powers of ten.
    assert ruler.high - ruler.low < (2.0 if rows == 4 else 1.5) * span
    assert len(ruler.ticks) == len(set(ruler.labels)) >= 3
    lines = {round(ruler.fraction(tick) * (DOTS_UP * rows - 1)) // DOTS_UP for tick in ruler.ticks}
    assert len(lines) == len(ruler.ticks)
    for tick, label in zip(ruler.ticks, ruler.labels, strict=True):
        assert math.log10(_number(label)) == pytest.approx(tick, abs=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "rows", "labels"),
    [
        (-2.7, -1.9, 9, ["0.002", "0.005", "0.01"]),
        (-2.5, -1.0, 13, ["0.005", "0.01", "0.02", "0.05"]),
        (-7.3, -6.1, 4, ["10⁻⁷", "2·10⁻⁷", "5·10⁻⁷"]),
        (-2.05, -2.0, 5, ["0.0090", "0.0095", "0.0100"]),
        (-2.0, 0.0, 9, ["10⁻²", "10⁻¹", "10⁰"]),
    ],
)
def test_a_logarithmic_side_has_whole_powers_or_numbers_that_read_well(
    low: float, high: float, rows: int, labels: list[str]
) -> None:
    assert Ruler.powers(np.array([low, high]), rows).labels == labels


def test_the_labels_of_the_lecture_have_equal_decimals() -> None:
    assert Ruler.down_to_zero(np.array([0.0101]), 5).labels == ["0", "0.005", "0.010"]
    assert Ruler.powers(np.array([-8.2, -2.0]), 13).labels == ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²"]
    assert Ruler.iterations(1, 10_000, 45, is_logarithmic=True).labels == ["1", "10", "100", "1 000", "10 000"]


@given(_sizes, st.integers(2, 10_000))
def test_the_corners_of_a_chart_are_its_limits(size: Size, last: int) -> None:
    plot = _plot(size, last, [(1, 0.0), (last, 1.0)], 1.0)
    low, high = plot.axes.y.low, plot.axes.y.high
    assert plot.cell_of(1, low) == (plot.left, plot.top + plot.height - 1)
    assert (plot.x_at(plot.left), plot.x_at(plot.left + plot.width - 1)) == (1, last)
    assert (plot.y_at(plot.top + plot.height - 1), plot.y_at(plot.top)) == (low, high)
    assert plot.cell_of(last, high) == (plot.left + plot.width - 1, plot.top)
