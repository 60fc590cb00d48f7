"""The cost of every iteration, drawn by plotext."""

import math

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.geometry import Size
from textual.reactive import reactive

from tui_nn.dashboard.canvas import Canvas, Line
from tui_nn.dashboard.dispatcher import dispatch
from tui_nn.dashboard.plot import MARK, Axes, Curve, Marked, Plot, load, plotted, thinned
from tui_nn.dashboard.view import View
from tui_nn.network.array import Array
from tui_nn.session.events import Moved, Pointed
from tui_nn.session.state import CHARTS
from tui_nn.writing.figures import grouped, significant

_LINEAR, _LOGARITHMIC = CHARTS
_SMALLEST = Size(16, 5)


class CostChart(Canvas, can_focus=True):
    """J against the iteration, linear or as its logarithm, with a mark at the iteration shown."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.border_title = "Cost"
        self._loaded = False
        self._plot: Plot | str = ""
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
            if view.state.pointed and (cost := self._cost(view.state.pointed)) is not None:
                title = f"J of iteration {grouped(view.state.pointed)} is {significant(cost)}"
            self.entitle(title)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """Walks along the curve; Enter goes to the iteration of the cursor."""
        view, plot = self.view, self._plot
        if not view or isinstance(plot, str):
            return
        here = view.state.pointed or min(view.iteration, view.reached)
        column, _ = plot.cell_of(here, 0.0)
        match event.key:
            case "left":
                to = min(here - 1, plot.iteration_at(column - 1))
            case "right":
                to = max(here + 1, plot.iteration_at(column + 1))
            case "comma":
                to = here - 1
            case "full_stop":
                to = here + 1
            case "home":
                to = 1
            case "end":
                to = view.reached
            case "enter" if view.state.pointed:
                dispatch(self, Moved(view.state.pointed, view.step.name))
                to = here
            case _:
                return
        event.stop()
        event.prevent_default()
        to = min(max(1, to), view.reached)
        if to != view.state.pointed:
            dispatch(self, Pointed(to))

    def on_click(self, event: events.Click) -> None:
        """Goes to the iteration under the mouse."""
        view, offset = self.view, event.get_content_offset(self)
        if view and offset and not isinstance(self._plot, str):
            dispatch(self, Moved(min(self._plot.iteration_at(offset.x), view.reached), view.step.name))

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """What is in sight: a chart fits itself."""
        view = self.view
        if view and self.size and self._loaded:
            others = tuple((other.name, id(other.run), len(other.costs)) for other in view.others)
            drawn = (self.size, view.state.chart, view.reached, view.last, id(view.run), others)
            if drawn != self._drawn:
                self._plot = self._draw(view)
                self._drawn = drawn
        return self.size

    def line(self, y: int) -> Line:
        """One line of the chart: the curve, the mark and the axes each in their own style."""
        if isinstance(self._plot, str):
            return [(self._plot.split("\n")[y], "faint")] if y <= self._plot.count("\n") else []
        marks = []
        if self.view:
            marks.append(self._mark(self._plot, self.view.iteration, MARK, "mark"))
            marks.append(self._mark(self._plot, self.view.state.pointed, "◆" if self._unicode else "+", "cursor"))
        return self._plot.marked(y, *(mark for mark in marks if mark))

    @property
    def _unicode(self) -> bool:
        return self.view is None or self.view.notation.unicode

    def _cost(self, iteration: int) -> float | None:
        costs = self.view.costs if self.view else ()
        return float(costs[iteration - 1]) if iteration <= len(costs) else None

    def _mark(self, plot: Plot, iteration: int | None, sign: str, style: str) -> Marked | None:
        cost = self._cost(iteration) if iteration else None
        if cost is None or iteration is None or self.view is None:
            return None
        height = float(_heights(np.array([cost]), self.view.state.chart)[0])
        return Marked(*plot.cell_of(iteration, height), sign, style) if math.isfinite(height) else None

    def _draw(self, view: View) -> Plot | str:
        """The chart, or why there is none."""
        if not _has_room(self.size):
            return "no room for\nthe chart"
        if not view.reached:
            return "no cost yet"
        most = 2 * self.size.width
        curve = Curve(*thinned(_heights(view.costs, view.state.chart), most))
        others = [Curve(*thinned(_heights(other.costs, view.state.chart), most)) for other in view.others]
        if not curve.finite.size:
            return "every cost is 0:\nit has no logarithm"
        every = np.concatenate([curve.finite, *(other.finite for other in others)])
        axes = Axes.around(every, self.size, view.last, logarithmic=view.state.chart == _LOGARITHMIC)
        return plotted(axes, curve, others, [other.name for other in view.others])


def _heights(costs: Array, chart: str) -> Array:
    with np.errstate(divide="ignore"):
        return np.log10(costs) if chart == _LOGARITHMIC else costs


def _has_room(size: Size) -> bool:
    return size.width >= _SMALLEST.width and size.height >= _SMALLEST.height


def drawn_over(size: Size, iterations: NDArray[np.int64], curves: Array, own: Array) -> list[Line]:
    """Costs of shape (runs, iterations) on a logarithmic axis, and over them those of one run, shape (iterations,)."""
    heights, own_heights = _heights(curves, _LOGARITHMIC), _heights(own, _LOGARITHMIC)
    every = np.concatenate([heights[np.isfinite(heights)], own_heights[np.isfinite(own_heights)]])
    if not _has_room(size) or not every.size:
        return [[("nothing to draw", "faint")]]
    at = iterations.astype(np.float64)
    last = int(iterations[-1])
    axes = Axes.around(every, size, last, logarithmic=True)
    plot = plotted(axes, Curve(at, own_heights), [Curve(at, curve) for curve in heights], style="faint")
    # A mark at its end tells it from the others without colours as well.
    end = [Marked(*plot.cell_of(last, float(own_heights[-1])))] if np.isfinite(own_heights[-1]) else []
    return [plot.marked(y, *end) for y in range(len(plot.lines))]
