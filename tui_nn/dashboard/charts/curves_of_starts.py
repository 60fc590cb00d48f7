"""The costs of many starts over each other, for the screens that compare starts and settings."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import logarithms
from tui_nn.dashboard.charts.dots import NoPlotextError
from tui_nn.dashboard.charts.marks import Shape
from tui_nn.dashboard.charts.plot import NO_CHARTS, Axes, Curve, has_room, lines_of_curves, plot_of, styles_of_others
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network.model.array import Array
from tui_nn.writing.notation.rulers import Ruler
from tui_nn.writing.notation.sign_set import SignSet


class NamedCosts(NamedTuple):
    """The costs of a run, shape (iterations,), and the name at the end of its curve; a curve without one is faint."""

    costs: Array
    name: str = ""


def drawn_over(size: Size, iterations: NDArray[np.int64], curves: Array, own: Array, signs: SignSet) -> list[Line]:
    """The lines of a chart: the costs of one run over the costs of others, on a logarithmic axis.

    ``curves`` has the shape (runs, iterations), ``own`` the shape (iterations,).
    """
    return drawn_beside(size, iterations, [NamedCosts(one) for one in curves], NamedCosts(own), signs)


def drawn_beside(
    size: Size, iterations: NDArray[np.int64], others: Sequence[NamedCosts], own: NamedCosts, signs: SignSet
) -> list[Line]:
    """As `drawn_over`, where some of the others stand out and have names."""
    heights, own_heights = [logarithms(one.costs) for one in others], logarithms(own.costs)
    every = np.concatenate([one[np.isfinite(one)] for one in (*heights, own_heights)])
    if not has_room(size) or not every.size:
        return [[(_("nothing to draw"), "faint")]]
    xs = iterations.astype(np.float64)
    last = int(iterations[-1])
    up = Ruler.powers(every, lines_of_curves(size), superscripts=signs is SignSet.ALL)
    axes = Axes(size, Ruler.iterations(1, last, size.width), up)
    styles = iter(styles_of_others(len(others)))
    curves = [
        Curve(xs, one_heights, *next(styles), one.name) if one.name else Curve(xs, one_heights, style="faint")
        for one, one_heights in zip(others, heights, strict=True)
    ]
    try:
        plot = plot_of(axes, Curve(xs, own_heights, name=own.name), curves)
    except NoPlotextError:
        return [[(line, "faint")] for line in NO_CHARTS.split("\n")]
    # A mark at its end tells the run from the others on a screen without colours.
    end = float(own_heights[-1])
    end_mark = plot.marks_at(last, end, Shape.SQUARE, "mark", signs) if np.isfinite(end) else []
    return [plot.marked(y, *end_mark) for y in range(len(plot.lines))]
