"""The cost of every iteration, drawn by plotext."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
from textual.geometry import Size
from textual.reactive import reactive

from tui_nn.dashboard.canvas import Canvas, Line
from tui_nn.dashboard.view import View
from tui_nn.network.array import Array
from tui_nn.session.state import CHARTS
from tui_nn.writing.figures import grouped

_LINEAR, _LOGARITHMIC = CHARTS
_SMALLEST = Size(16, 5)
_BRAILLE = range(0x2800, 0x2900)
_LEAST_SPAN = 1e-300
_MARK = "●"
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class CostChart(Canvas, can_focus=True):
    """J against the iteration, linear or as its logarithm, with a mark at the iteration shown."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.border_title = "Cost"
        self._loaded = False
        self._lines: list[str] = []
        self._drawn: tuple[object, ...] = ()

    def on_mount(self) -> None:
        """Loads plotext beside the first screen: it takes as long as all the rest of the start."""
        self.run_worker(self._load, thread=True, group="chart")

    def _load(self) -> None:
        import plotext  # noqa: F401

        self.app.call_from_thread(self._start_drawing)

    def _start_drawing(self) -> None:
        self._loaded = True
        self.repaint()

    def watch_view(self, view: View | None) -> None:
        """Draws again where the curve, its scale or its mark changed."""
        if view:
            logarithm = "log₁₀ J" if view.notation.unicode else "log10 J"
            zeros = view.state.chart == _LOGARITHMIC and bool((view.costs == 0).any())
            title = f"Cost, {logarithm if view.state.chart == _LOGARITHMIC else 'J'}{' (0 has none)' if zeros else ''}"
            # Setting a title sends the whole pane again, even if it is the same.
            if title != self.border_title:
                self.border_title = title
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """What is in sight: a chart fits itself."""
        view = self.view
        if view and self.size and self._loaded:
            drawn = (self.size, view.state.chart, view.iteration, view.reached, view.last, id(view.run))
            if drawn != self._drawn:
                self._lines = self._draw(view)
                self._drawn = drawn
        return self.size

    def line(self, y: int) -> Line:
        """One line of the chart: the curve, the mark and the axes each in their own style."""
        line: Line = []
        for char in self._lines[y] if y < len(self._lines) else "":
            if char == _MARK:
                style = "mark"
            elif ord(char) in _BRAILLE:
                # A blank braille cell costs three bytes, a space one.
                char, style = (" ", "") if char == "⠀" else (char, "title")
            else:
                style = "faint"
            if line and line[-1][1] == style:
                line[-1] = (line[-1][0] + char, style)
            else:
                line.append((char, style))
        return line

    def _draw(self, view: View) -> list[str]:
        if self.size.width < _SMALLEST.width or self.size.height < _SMALLEST.height:
            return ["no room for", "the chart"]
        if not view.reached:
            return ["no cost yet"]
        logarithmic = view.state.chart == _LOGARITHMIC
        costs = view.costs
        with np.errstate(divide="ignore"):
            heights = np.log10(costs) if logarithmic else costs
        iterations, curve = thinned(heights, 2 * self.size.width)
        finite = np.isfinite(curve)
        if not finite.any():
            return ["every cost is 0:", "it has no logarithm"]
        ticks = log_ticks(curve[finite]) if logarithmic else linear_ticks(0.0, float(curve[finite].max()))
        low = min(ticks[0], float(curve[finite].min())) if logarithmic else 0.0
        high = max(ticks[-1], float(curve[finite].max()))
        labels = [_power(tick) if logarithmic else f"{tick:.6g}" for tick in ticks]
        mark = float(heights[view.iteration - 1]) if view.iteration <= view.reached else math.nan
        pieces = [
            (iterations[piece], curve[piece])
            for piece in np.split(np.arange(len(curve)), np.flatnonzero(np.diff(finite.astype(int))) + 1)
            if finite[piece[0]]
        ]
        return _plotted(self.size, pieces, (view.iteration, mark), view.last, (low, high), ticks, labels)


def _plotted(
    size: Size,
    pieces: list[tuple[Array, Array]],
    mark: tuple[int, float],
    last: int,
    limits: tuple[float, float],
    ticks: list[float],
    labels: list[str],
) -> list[str]:
    import plotext

    # One figure for the whole process: it is drawn on in the screen's thread alone.
    figure: Any = plotext.figure
    plotext.terminal.limit(False, False)
    figure.clear.all()
    figure.plot_size(size.width, size.height)
    # A cost of 0 has no logarithm: the curve has a gap there, and no line across it.
    for iterations, curve in pieces:
        figure.draw(figure.signal(iterations.tolist(), curve.tolist(), marker="braille").lines(True))
    if math.isfinite(mark[1]):
        figure.draw(figure.signal([mark[0]], [mark[1]], marker=_MARK))
    low, high = limits
    figure.ruler("y").lim(low, high if high > low else low + 1)
    figure.ruler("y").ticks(ticks, labels)
    figure.ruler("x").lim(1, max(2, last))
    x_ticks = [1.0, *linear_ticks(0.0, float(last), most=max(2, size.width // 12))[1:]]
    figure.ruler("x").ticks(x_ticks, [grouped(int(tick)) for tick in x_ticks])
    return str(figure.build().string(True)).split("\n")


def thinned(heights: Array, most: int) -> tuple[Array, Array]:
    """At most about ``most`` points of a curve: the least and the greatest of each stretch, in their order.

    Gives the iterations, counted from 1, and their heights.
    """
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
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if (high - low) / step <= most)
    return [float(tick) for tick in range(-(-low // step) * step, high + 1, step)]


def _power(tick: float) -> str:
    return "10" + str(int(tick)).translate(_SUPERSCRIPT)
