"""The cost of every iteration, drawn by plotext."""

import math
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
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
_BLANK_BRAILLE = "⠀"
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
        self._lines: list[Line] = []
        self._drawn: tuple[object, ...] = ()

    def on_mount(self) -> None:
        """Loads plotext beside the first screen: it takes as long as all the rest of the start."""
        self.run_worker(self._load, thread=True, group="chart")

    def _load(self) -> None:
        load()
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
            if view.others:
                shown = view.state.branches.current.name
                title += f", run {shown} over {', '.join(other.name for other in view.others)}"
            self.entitle(title)
        self.repaint()

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """What is in sight: a chart fits itself."""
        view = self.view
        if view and self.size and self._loaded:
            others = tuple((other.name, id(other.run), len(other.costs)) for other in view.others)
            drawn = (self.size, view.state.chart, view.iteration, view.reached, view.last, id(view.run), others)
            if drawn != self._drawn:
                self._lines = self._draw(view)
                self._drawn = drawn
        return self.size

    def line(self, y: int) -> Line:
        """One line of the chart: the curve, the mark and the axes each in their own style."""
        return self._lines[y] if y < len(self._lines) else []

    def _draw(self, view: View) -> list[Line]:
        if self.size.width < _SMALLEST.width or self.size.height < _SMALLEST.height:
            return [[("no room for", "faint")], [("the chart", "faint")]]
        if not view.reached:
            return [[("no cost yet", "faint")]]
        logarithmic = view.state.chart == _LOGARITHMIC
        curve = _curve(view.costs, logarithmic, 2 * self.size.width)
        others = {other.name: _curve(other.costs, logarithmic, 2 * self.size.width) for other in view.others}
        every = np.concatenate([curve.finite, *(other.finite for other in others.values())])
        if not curve.finite.size:
            return [[("every cost is 0:", "faint")], [("it has no logarithm", "faint")]]
        ticks = log_ticks(every) if logarithmic else linear_ticks(0.0, float(every.max()))
        low = min(ticks[0], float(every.min())) if logarithmic else 0.0
        high = max(ticks[-1], float(every.max()))
        labels = [_power(tick) if logarithmic else f"{tick:.6g}" for tick in ticks]
        mark = math.nan
        if view.iteration <= view.reached:
            cost = float(view.costs[view.iteration - 1])
            mark = cost if not logarithmic else math.log10(cost) if cost else math.nan
        axes = _Axes(self.size, max(2, view.last), (low, high), ticks, labels)
        shown = _plotted(axes, [curve], (view.iteration, mark), {})
        if not others:
            return [_styled(line, line) for line in shown]
        # One colour for all: where the run shown passes is found by drawing it alone.
        every_one = _plotted(axes, [*others.values(), curve], (view.iteration, mark), others)
        return [_styled(line, own) for line, own in zip(every_one, shown, strict=True)]


class _Curve(NamedTuple):
    """Heights over iterations; what is not finite is a gap."""

    iterations: Array
    heights: Array

    @property
    def finite(self) -> Array:
        return self.heights[np.isfinite(self.heights)]

    @property
    def pieces(self) -> list[tuple[Array, Array]]:
        """The stretches between the gaps."""
        finite = np.isfinite(self.heights)
        edges = np.flatnonzero(np.diff(finite.astype(int))) + 1
        stretches = np.split(np.arange(len(self.heights)), edges)
        return [(self.iterations[part], self.heights[part]) for part in stretches if part.size and finite[part[0]]]


class _Axes(NamedTuple):
    size: Size
    last: int
    limits: tuple[float, float]
    ticks: list[float]
    labels: list[str]


def _curve(costs: Array, logarithmic: bool, most: int) -> _Curve:
    with np.errstate(divide="ignore"):
        heights = np.log10(costs) if logarithmic else costs
    return _Curve(*thinned(heights, most))


def _styled(line: str, own: str, others: str = "") -> Line:
    """A line of the chart, in which ``own`` is the same line with the run shown alone; the others have a style."""
    styled: Line = []
    for char, of_own in zip_longest(line, own, fillvalue=" "):
        if char == _MARK:
            style = "mark"
        elif ord(char) in _BRAILLE:
            # A blank braille cell costs three bytes, a space one.
            is_own = of_own != _BLANK_BRAILLE and ord(of_own) in _BRAILLE
            char, style = (" ", "") if char == _BLANK_BRAILLE else (char, "title" if is_own else others)
        else:
            style = "label" if char.isalpha() else "faint"
        if styled and styled[-1][1] == style:
            styled[-1] = (styled[-1][0] + char, style)
        else:
            styled.append((char, style))
    return styled


def load() -> None:
    """Brings plotext in, which takes about as long as the first screen."""
    import plotext  # noqa: F401


def drawn_over(size: Size, iterations: NDArray[np.int64], curves: Array, own: Array) -> list[Line]:
    """Costs of shape (runs, iterations) on a logarithmic axis, and over them those of one run, shape (iterations,)."""
    with np.errstate(divide="ignore"):
        heights, own_heights = np.log10(curves), np.log10(own)
    every = np.concatenate([heights[np.isfinite(heights)], own_heights[np.isfinite(own_heights)]])
    if size.width < _SMALLEST.width or size.height < _SMALLEST.height or not every.size:
        return [[("nothing to draw", "faint")]]
    ticks = log_ticks(every)
    limits = (min(ticks[0], float(every.min())), max(ticks[-1], float(every.max())))
    axes = _Axes(size, max(2, int(iterations[-1])), limits, ticks, [_power(tick) for tick in ticks])
    at = iterations.astype(np.float64)
    mine = _Curve(at, own_heights)
    # A mark at its end tells it from the others without colours as well.
    end = (int(iterations[-1]), float(own_heights[-1]))
    alone = _plotted(axes, [mine], end, {})
    all_of_them = _plotted(axes, [*(_Curve(at, curve) for curve in heights), mine], end, {})
    return [_styled(line, own_line, "faint") for line, own_line in zip(all_of_them, alone, strict=True)]


def _plotted(axes: _Axes, curves: list[_Curve], mark: tuple[int, float], named: dict[str, _Curve]) -> list[str]:
    import plotext

    # One figure for the whole process: it is drawn on in the screen's thread alone.
    figure: Any = plotext.figure
    plotext.terminal.limit(False, False)
    figure.clear.all()
    figure.plot_size(axes.size.width, axes.size.height)
    # A cost of 0 has no logarithm: the curve has a gap there, and no line across it.
    for curve in curves:
        for iterations, heights in curve.pieces:
            figure.draw(figure.signal(iterations.tolist(), heights.tolist(), marker="braille").lines(True))
    letters: list[str] = []
    for number, (name, curve) in enumerate(named.items(), start=1):
        if not len(curve.heights):
            # Its run overflows at once.
            continue
        # The first letter of its name that no other curve has.
        letters.append(next((char for char in name if char.isalnum() and char not in letters), name[:1]))
        # Each name at a place of its own along its curve, so that those of curves that run together can be told.
        place = len(curve.heights) * number // (len(named) + 1)
        if np.isfinite(curve.heights[place]):
            figure.draw(figure.signal([curve.iterations[place]], [curve.heights[place]], marker=letters[-1]))
    if math.isfinite(mark[1]):
        figure.draw(figure.signal([mark[0]], [mark[1]], marker=_MARK))
    low, high = axes.limits
    figure.ruler("y").lim(low, high if high > low else low + 1)
    figure.ruler("y").ticks(axes.ticks, axes.labels)
    figure.ruler("x").lim(1, axes.last)
    x_ticks = [1.0, *linear_ticks(0.0, float(axes.last), most=max(2, axes.size.width // 12))[1:]]
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
