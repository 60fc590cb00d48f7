"""The pane of the charts, drawn by plotext, with a cursor on the curve."""

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.geometry import Size
from textual.reactive import reactive

from tui_nn.dashboard.charts.curves import Chart, CostCurve, Gradients, Weights, logarithms
from tui_nn.dashboard.charts.plot import Ahead, Axes, Curve, MarkedPoint, Plot, Ruler, load, plotted, ticks_on
from tui_nn.dashboard.charts.points import Predictions, Surface
from tui_nn.dashboard.charts.run_series import RunSeries, collected
from tui_nn.dashboard.charts.slopes import RelativeErrors, SlopeAlong
from tui_nn.dashboard.terminal.ordered_input import give_way_to_keys
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Canvas, Line
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.network import Run
from tui_nn.network.model.array import Array
from tui_nn.session.events import Moved, Pointed
from tui_nn.session.state import AHEAD_HIDDEN, CHARTS
from tui_nn.writing.notation.number_format import grouped
from tui_nn.writing.sentences.note_sentences import NoteText

_SMALLEST = Size(16, 5)
_PATHS_AT_MOST = 240
_BESIDE_TITLE = 4
_KINDS = (
    CostCurve(logarithmic=False),
    CostCurve(logarithmic=True),
    Gradients(),
    Weights(),
    Predictions(),
    Surface(),
    SlopeAlong(),
    RelativeErrors(),
)
_CHARTS: dict[str, Chart] = dict(zip(CHARTS, _KINDS, strict=True))


class ChartPane(Canvas, can_focus=True):
    """The chart chosen, with a mark at the iteration shown."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, classes="pane")
        self.entitle("Cost")
        self._loaded = False
        self._plot: Plot | str = ""
        self._drawn: tuple[object, ...] = ()
        self._marks: list[MarkedPoint] = []
        self._ahead: Ahead | None = None
        self._paths: tuple[Run, int, RunSeries] | None = None
        self._collects = False

    def load(self) -> None:
        """Brings plotext in, and draws with it from then on."""
        self.run_worker(self._load, thread=True, group="chart")

    def _load(self) -> None:
        load()
        self.app.call_from_thread(self._start_drawing)

    def _start_drawing(self) -> None:
        self._loaded = True
        self.repaint()

    @property
    def _chart(self) -> Chart | None:
        return _CHARTS[self.view.state.chart] if self.view else None

    @property
    def has_cursor(self) -> bool:
        """Whether there is a curve over the iterations to walk along."""
        return self._chart is not None and self._chart.over_iterations

    @property
    def observed(self) -> NoteText | None:
        """The note about the run up to the iteration shown, or None."""
        return self.view.observed.get("cost") if self.view else None

    @property
    def hint(self) -> str:
        """How to walk along the curve, where there is one and the arrows are its own."""
        if not self.has_focus:
            return ""
        return super().hint if self.has_cursor else "c shows the next chart"

    def watch_view(self, view: View | None) -> None:
        """Draws again where the curve, its scale or its mark changed."""
        if view and (chart := self._chart):
            self._say(view, chart)
            if chart.needs_paths:
                self._collect(view)
        self.repaint()

    def _say(self, view: View, chart: Chart) -> None:
        """Says in the title what is at the cursor, or what the chart is."""
        pointed = view.pointed or (self._begins_at(view) if self._shows_cursor else None)
        says = chart.says(view, pointed) if pointed else ""
        if says and pointed and chart.shows(view) & view.hidden_at(pointed).names:
            says = f"Iteration {grouped(pointed)}: what stands there is asked for"
        if len(says) > self.outer_size.width - _BESIDE_TITLE:
            # Its first number is what the curve is of.
            says = says.partition(", ")[0]
        title = says or chart.title(view)
        self.entitle(title, title.partition(",")[0])

    def fit(self) -> None:
        """Says as much as the size of now has room for."""
        if self.view and (chart := self._chart):
            self._say(self.view, chart)
        super().fit()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Says what is at the cursor before it moves."""
        super().watch_has_focus(has_focus)
        self.watch_view(self.view)

    @property
    def _shows_cursor(self) -> bool:
        """Whether this is where keys go, those of the teacher who is followed or replayed included."""
        return self.has_focus or bool(self.view and self.view.is_guest and self.view.state.pane == self.id)

    @staticmethod
    def _begins_at(view: View) -> int:
        """Where the cursor is before it moves. What is hidden is not to be read from it either."""
        return min(view.iteration, view.seen)

    def _collect(self, view: View) -> None:
        """Collects the paths of the run shown, as far as it is there, unless that is under way."""
        run, reached = view.run, view.reached
        known = self._paths and self._paths[:2] == (run, reached)
        if known or self._collects or not reached:
            return

        def collect() -> None:
            paths = collected(run, reached, _PATHS_AT_MOST, lambda: give_way_to_keys(self.app))
            self.app.call_from_thread(self._keep, run, reached, paths)

        self._collects = True
        self.run_worker(collect, thread=True, group="paths")

    def _keep(self, run: Run, reached: int, paths: RunSeries) -> None:
        self._collects = False
        self._paths = run, reached, paths
        self.watch_view(self.view)

    def on_key(self, event: events.Key) -> None:
        """Walks along the curve; Enter goes to the iteration of the cursor."""
        view, plot, chart = self.view, self._plot, self._chart
        if not view or not chart or not chart.over_iterations or isinstance(plot, str) or not view.reached:
            return
        last = view.seen
        here = min(view.pointed or self._begins_at(view), last)
        column, _ = plot.cell_of(here, plot.axes.y.low)
        match event.key:
            case "left":
                to = min(here - 1, self._at(plot, column - 1, view))
            case "right":
                to = max(here + 1, self._at(plot, column + 1, view))
            case "comma":
                to = here - 1
            case "full_stop":
                to = here + 1
            case "home":
                to = 1
            case "end":
                to = last
            case "enter" if view.pointed:
                dispatch(self, Moved(here, view.step.name))
                to = here
            case _:
                return
        event.stop()
        event.prevent_default()
        to = min(max(1, to), last)
        if to != view.pointed:
            dispatch(self, Pointed(to))

    @staticmethod
    def _at(plot: Plot, column: int, view: View) -> int:
        """The iteration at a column: the one shown, where it is there, so that one comes back to it."""
        shown, _ = plot.cell_of(view.iteration, plot.axes.y.low)
        return view.iteration if shown == column else round(plot.x_at(column))

    def on_click(self, event: events.Click) -> None:
        """Goes to the iteration under the mouse."""
        view, offset, chart = self.view, event.get_content_offset(self), self._chart
        if view and view.reached and offset and chart and chart.over_iterations and not isinstance(self._plot, str):
            dispatch(self, Moved(min(round(self._plot.x_at(offset.x)), view.reached), view.step.name))

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """What is in sight: a chart fits itself."""
        view, chart = self.view, self._chart
        if view and chart and self.size and self._loaded:
            drawn = (self.size, view.state.chart, *chart.depends_on(view), id(self._paths), self._is_asked(view, chart))
            if drawn != self._drawn:
                own = self._paths if self._paths and self._paths[0] is view.run else None
                room_enough = has_room(self.size)
                if not room_enough:
                    self._plot = "no room for\nthe chart"
                elif self._is_asked(view, chart):
                    self._plot = "what this chart shows is asked for:\nP leads to the question"
                else:
                    self._plot = chart.draw(view, self.size, own and own[2])
                self._drawn = drawn
            self._ahead = None
            self._marks = []
            if not isinstance(self._plot, str):
                self._marks = chart.marks(view, self._plot)
                if chart.over_iterations:
                    column, _ = self._plot.cell_of(view.iteration, self._plot.axes.y.low)
                    self._ahead = Ahead(column, view.state.ahead == AHEAD_HIDDEN)
        return self.size

    @staticmethod
    def _is_asked(view: View, chart: Chart) -> bool:
        """Whether it is of the iteration shown alone, and would give away what a question asks for."""
        return not chart.over_iterations and bool(chart.shows(view) & view.hidden.names)

    def line(self, y: int) -> Line:
        """One line of the chart: the curve, the marks and the axes each in their own style."""
        if isinstance(self._plot, str):
            return [(self._plot.split("\n")[y], "faint")] if y <= self._plot.count("\n") else []
        return self._plot.marked(y, *self._marks, ahead=self._ahead)


def has_room(size: Size) -> bool:
    """Whether there is a chart so small."""
    return size.width >= _SMALLEST.width and size.height >= _SMALLEST.height


def drawn_over(size: Size, iterations: NDArray[np.int64], curves: Array, own: Array, *, unicode: bool) -> list[Line]:
    """Costs of shape (runs, iterations) on a logarithmic axis, and over them those of one run, shape (iterations,)."""
    heights, own_heights = logarithms(curves), logarithms(own)
    every = np.concatenate([heights[np.isfinite(heights)], own_heights[np.isfinite(own_heights)]])
    if not has_room(size) or not every.size:
        return [[("nothing to draw", "faint")]]
    at = iterations.astype(np.float64)
    last = int(iterations[-1])
    axes = Axes(size, Ruler.iterations(last, size.width), Ruler.powers(every, ticks_on(size.height), unicode=unicode))
    plot = plotted(axes, Curve(at, own_heights), [Curve(at, curve) for curve in heights], style="faint")
    # A mark at its end tells it from the others without colours as well.
    end = [MarkedPoint(*plot.cell_of(last, float(own_heights[-1])))] if np.isfinite(own_heights[-1]) else []
    return [plot.marked(y, *end) for y in range(len(plot.lines))]
