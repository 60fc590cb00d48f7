"""Where a chart has its points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size

from tui_nn.dashboard.charts.plot import MARK, Axes, Curve, MarkedPoint, Plot, plot_of
from tui_nn.writing.notation.rulers import Ruler

_sizes = st.builds(Size, st.integers(24, 120), st.integers(8, 40))
_BRAILLE = range(0x2801, 0x2900)


def _plot(size: Size, last: int, points: list[tuple[float, float]], highest: float) -> Plot:
    iterations, heights = np.array(points).T
    axes = Axes(size, Ruler.iterations(last, size.width), Ruler.down_to_zero(np.array([highest])))
    return plot_of(axes, Curve(iterations, heights))


def _dots(plot: Plot) -> list[tuple[int, int]]:
    lines = ["".join(text for text, _ in line) for line in plot.lines]
    return [(x, y) for y, line in enumerate(lines) for x, char in enumerate(line) if ord(char) in _BRAILLE]


@given(_sizes, st.integers(2, 10_000), st.floats(0, 1), st.floats(0, 1), st.floats(1e-6, 1e6))
def test_a_point_is_marked_where_plotext_draws_it(
    size: Size, last: int, along: float, share: float, highest: float
) -> None:
    iteration, height = 1 + round(along * (last - 1)), share * highest
    plot = _plot(size, last, [(iteration, height)], highest)
    ((x, y),) = _dots(plot)
    column, line = plot.cell_of(iteration, height)
    # A dot is an eighth of a cell, and is rounded by itself.
    assert abs(column - x) <= 1
    assert abs(line - y) <= 1
    marked = "".join(text for text, _ in plot.marked(line, MarkedPoint(column, line)))
    assert marked.index(MARK) == column
    assert len(marked) == size.width


@given(_sizes, st.integers(2, 10_000))
def test_the_corners_of_a_chart_are_its_limits(size: Size, last: int) -> None:
    plot = _plot(size, last, [(1, 0.0), (last, 1.0)], 1.0)
    low, high = plot.axes.y.low, plot.axes.y.high
    assert plot.cell_of(1, low) == (plot.left, plot.top + plot.height - 1)
    assert (plot.x_at(plot.left), plot.x_at(plot.left + plot.width - 1)) == (1, last)
    assert (plot.y_at(plot.top + plot.height - 1), plot.y_at(plot.top)) == (low, high)
    assert plot.cell_of(last, high) == (plot.left + plot.width - 1, plot.top)
