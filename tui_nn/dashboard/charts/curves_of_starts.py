"""The costs of many starts over each other, for the screen that compares starts."""

import numpy as np
from numpy.typing import NDArray
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import logarithms
from tui_nn.dashboard.charts.marks import Shape
from tui_nn.dashboard.charts.plot import Axes, Curve, has_room, lines_of_curves, plot_of
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.rulers import Ruler
from tui_nn.writing.notation.sign_set import SignSet


def drawn_over(size: Size, iterations: NDArray[np.int64], curves: Array, own: Array, signs: SignSet) -> list[Line]:
    """The lines of a chart: the costs of one run over the costs of others, on a logarithmic axis.

    ``curves`` has the shape (runs, iterations), ``own`` the shape (iterations,).
    """
    heights, own_heights = logarithms(curves), logarithms(own)
    every = np.concatenate([heights[np.isfinite(heights)], own_heights[np.isfinite(own_heights)]])
    if not has_room(size) or not every.size:
        return [[("nothing to draw", "faint")]]
    xs = iterations.astype(np.float64)
    last = int(iterations[-1])
    up = Ruler.powers(every, lines_of_curves(size), superscripts=signs is SignSet.ALL)
    axes = Axes(size, Ruler.iterations(1, last, size.width), up)
    plot = plot_of(axes, Curve(xs, own_heights), [Curve(xs, one, style="faint") for one in heights])
    # A mark at its end tells the run from the others on a screen without colours.
    end = float(own_heights[-1])
    end_mark = plot.marks_at(last, end, Shape.SQUARE, "mark", signs) if np.isfinite(end) else []
    return [plot.marked(y, *end_mark) for y in range(len(plot.lines))]
