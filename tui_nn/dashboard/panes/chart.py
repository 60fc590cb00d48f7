"""The pane of the charts, drawn by plotext, with a cursor on the curve."""

from textual import events
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import Chart
from tui_nn.dashboard.charts.plot import Ahead, MarkedPoint, Plot, has_room, load
from tui_nn.dashboard.charts.registry import CHARTS
from tui_nn.dashboard.charts.run_series import RunSeries, collected
from tui_nn.dashboard.terminal.ordered_input import give_way_to_keys
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Column, Pane, PaneInfo
from tui_nn.network import Run
from tui_nn.session.events import ChartCursorMoved, Moved
from tui_nn.session.state import AHEAD_HIDDEN, CHART_PANE, State
from tui_nn.writing.notation.number_format import grouped

CHART = "On the chart"
_PATHS_AT_MOST = 240
_BESIDE_TITLE = 4


class ChartPane(Pane):
    """The chart chosen, with a mark at the iteration shown."""

    info = PaneInfo(
        name=CHART_PANE,
        title="Chart",
        heading="Cost",
        hint="walk along the curve with the arrows; Enter goes there",
        help="The run as curves: walk along, Enter takes you there.",
        column=Column.LEFT,
        row=40,
        tab=90,
    )
    commands = (
        Command("", "", "← →", "cursor", "Walk along the curve; , and . an iteration; Home, End", CHART),
        Command("", "enter", "Enter", "go there", "Go to the iteration at the cursor", CHART),
    )

    @classmethod
    def takes_keys(cls, state: State) -> bool:
        """Whether the user walks along the curve: a chart that was asked for is in sight without the keys."""
        return state.chart_cursor is not None

    def __init__(self) -> None:
        super().__init__()
        self._loaded = False
        self._plot: Plot | str = ""
        self._drawn: tuple[object, ...] = ()
        self._marks: list[MarkedPoint] = []
        self._ahead: Ahead | None = None
        self._paths: tuple[Run, int, RunSeries] | None = None
        self._collects = False

    def load(self) -> None:
        """Imports plotext in a thread, and draws the chart as soon as it is there."""
        self.run_worker(self._load, thread=True, group="chart")

    def _load(self) -> None:
        load()
        self.app.call_from_thread(self._start_drawing)

    def _start_drawing(self) -> None:
        self._loaded = True
        self.repaint()

    @property
    def _chart(self) -> Chart | None:
        return CHARTS[self.view.state.chart] if self.view else None

    @property
    def has_cursor(self) -> bool:
        """Whether there is a curve over the iterations to walk along."""
        return self._chart is not None and self._chart.over_iterations

    @property
    def places(self) -> tuple[str, ...]:
        """The chart, where there is a curve to walk along."""
        return super().places if self.has_cursor else ()

    @property
    def hint(self) -> str:
        """How to walk along the curve, if there is one and the pane has the keys."""
        if not self.has_focus:
            return ""
        return super().hint if self.has_cursor else "c shows the next chart"

    def part_of(self, view: View) -> object:
        """What the chart is drawn from, and what its title and its marks tell of the iterations shown and chosen."""
        chart, state = CHARTS[view.state.chart], view.state
        return (
            chart.name,
            chart.depends_on(view),
            chart.title(view),
            (view.iteration, view.chart_cursor, view.reached, view.run),
            (state.ahead, state.new_rows, self.is_teachers_pane(view)),
            (view.figures, view.notation, view.hidden, state.open_questions),
            "Y_hat" in view.known,
        )

    def show_view(self, view: View) -> None:
        """Draws again where the curve, its scale or its mark changed."""
        chart = CHARTS[view.state.chart]
        self._say(view, chart)
        if chart.needs_paths:
            self._collect(view)
        super().show_view(view)

    def _show_again(self) -> None:
        if self.view:
            self.show_view(self.view)

    def _say(self, view: View, chart: Chart) -> None:
        """Says in the title what is at the cursor, or what the chart is."""
        pointed = view.chart_cursor or (self._begins_at(view) if self.shows_cursor else None)
        says = chart.says(view, pointed) if pointed else ""
        if says and pointed and chart.shows(view) & view.hidden_at(pointed).names:
            says = f"Iteration {grouped(pointed)}: what stands there is asked for"
        if len(says) > self.outer_size.width - _BESIDE_TITLE:
            # Its first number is what the curve is of.
            says = says.partition(", ")[0]
        title = says or chart.title(view)
        self.entitle(title, title.partition(",")[0])

    def fit(self) -> None:
        """Shortens the title to the new size."""
        if self.view and (chart := self._chart):
            self._say(self.view, chart)
        super().fit()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Says what is at the cursor before it moves."""
        super().watch_has_focus(has_focus)
        self._show_again()

    @staticmethod
    def _begins_at(view: View) -> int:
        """Where the cursor is before it moves. It must not tell what is hidden either."""
        return min(view.iteration, view.seen)

    def _collect(self, view: View) -> None:
        """Starts a thread that collects the series of the run as far as it is computed, unless one is at work."""
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
        self._show_again()

    def on_key(self, event: events.Key) -> None:
        """Walks along the curve; Enter goes to the iteration of the cursor."""
        view, plot, chart = self.view, self._plot, self._chart
        if not view or not chart or not chart.over_iterations or isinstance(plot, str) or not view.reached:
            return
        last = view.seen
        here = min(view.chart_cursor or self._begins_at(view), last)
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
            case "enter" if view.chart_cursor:
                dispatch(self, Moved(here, view.step.name))
                to = here
            case _:
                return
        event.stop()
        event.prevent_default()
        to = min(max(1, to), last)
        if to != view.chart_cursor:
            dispatch(self, ChartCursorMoved(to))

    @staticmethod
    def _at(plot: Plot, column: int, view: View) -> int:
        """The iteration at a column; the one shown if it is among them, so that the cursor can return to it."""
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
        """Whether the chart shows only this iteration, and would give away what a question asks for."""
        return not chart.over_iterations and bool(chart.shows(view) & view.hidden.names)

    def line(self, y: int) -> Line:
        """One line of the chart: the curve, the marks and the axes each in their own style."""
        if isinstance(self._plot, str):
            return [(self._plot.split("\n")[y], "faint")] if y <= self._plot.count("\n") else []
        return self._plot.marked(y, *self._marks, ahead=self._ahead)
