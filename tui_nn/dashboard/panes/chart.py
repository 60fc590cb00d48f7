"""The pane of the charts, drawn by plotext, with a cursor on the curve."""

from textual import events
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import Chart
from tui_nn.dashboard.charts.commands import COST_MAP_COMMANDS, PLANE_COMMANDS, TILES_COMMANDS
from tui_nn.dashboard.charts.dots import NoPlotextError, plotext_or_none
from tui_nn.dashboard.charts.marks import MarkedPoint
from tui_nn.dashboard.charts.plot import NO_CHARTS, Plot, has_room
from tui_nn.dashboard.charts.registry import CHARTS
from tui_nn.dashboard.panes.parts.chart_numbers import ChartNumbers
from tui_nn.dashboard.panes.parts.series_collector import SeriesCollector
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.display_choices import AHEAD_HIDDEN, CHART_PANE
from tui_nn.session.display_choices import CHART as BESIDE
from tui_nn.session.events import ChartCursorMoved, Event, Moved
from tui_nn.session.state import State
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.sentences.steps_and_errors import error_sentence

CHART = _("On the chart")
_COLUMNS_BESIDE_TITLE = 4


class ChartPane(Pane):
    """The chart chosen, with a mark at the iteration shown."""

    info = PaneInfo(
        name=CHART_PANE,
        title=_("Chart"),
        heading=_("Cost"),
        hint=_("walk along the curve with the arrows; Enter goes there"),
        help=_("The run as curves: walk along, Enter takes you there."),
        area=Area.TOP,
        place=30,
        tab=70,
    )
    commands = (
        Command("", "", "← →", _("cursor"), _("Walk along the curve; , and . an iteration; Home, End"), CHART),
        Command("", "enter", "Enter", _("go there"), _("Go to the iteration at the cursor"), CHART),
        *PLANE_COMMANDS,
        *COST_MAP_COMMANDS,
        *TILES_COMMANDS,
    )

    @classmethod
    def takes_keys(cls, state: State) -> bool:
        """Whether the user walks along the curve: a chart that was asked for is in sight without the keys."""
        return state.chart_cursor is not None

    def __init__(self, *, id: str = "") -> None:
        super().__init__(id=id)
        self._is_plotext_loaded = False
        self._plot: Plot | str = ""
        self._drawn_from: tuple[object, ...] = ()
        self._name_drawn = ""
        self._marks: list[MarkedPoint] = []
        self._shown_at: tuple[object, ...] = ()
        self._shown: Plot | None = None
        self._series = SeriesCollector(self)
        self._numbers = ChartNumbers(self)

    def load_plotext(self) -> None:
        """Imports plotext in a thread, and draws the chart as soon as it is there."""
        self.run_worker(self._load_in_thread, thread=True, group="chart")

    def _load_in_thread(self) -> None:
        plotext_or_none()
        self.app.call_from_thread(self._start_drawing)

    def _start_drawing(self) -> None:
        self._is_plotext_loaded = True
        self.repaint()

    @property
    def _chart(self) -> Chart | None:
        return self.chart_of(self.view) if self.view else None

    def chart_of(self, view: View) -> Chart:
        """The chart that this pane shows."""
        return CHARTS[view.state.chart].chart

    @property
    def has_cursor(self) -> bool:
        """Whether there is a curve over the iterations to walk along."""
        return self._chart is not None and self._chart.over_iterations

    @property
    def places(self) -> tuple[str, ...]:
        chart = self._chart
        if chart and chart.place:
            return (chart.place,)
        return (CHART,) if self.has_cursor else ()

    @property
    def hint(self) -> str:
        if not self.has_focus:
            return ""
        if self._chart and self._chart.hint:
            return self._chart.hint
        return super().hint if self.has_cursor else _("c shows the next chart")

    def part_of(self, view: View) -> object:
        """What the chart is drawn from, and what its title and its marks depend on."""
        chart, state = self.chart_of(view), view.state
        return (
            chart.name,
            chart.depends_on(view),
            chart.title(view),
            (view.iteration, view.chart_cursor, view.reached, view.run),
            (state.ahead_style, state.new_rows, self.is_teachers_pane(view)),
            (state.iteration_scale, view.charted_range),
            () if chart.over_iterations else (state.row, state.plane, state.second_weight),
            (view.iteration_numbers, view.notation, view.hidden, state.open_questions),
            "Y_hat" in view.reached_matrices,
        )

    def show_view(self, view: View) -> None:
        """Shows the chart and its title for the new view, and collects the numbers of the run that the chart needs."""
        chart = self.chart_of(view)
        self._show_title_for(view, chart)
        if chart.wants_run_series(view):
            self._series.collect(view, is_whole=not chart.over_iterations)
        super().show_view(view)

    def _show_title_for(self, view: View, chart: Chart) -> None:
        """Makes the title say what is at the cursor; without a cursor, what the chart shows."""
        iteration = view.chart_cursor or (self._first_cursor(view) if self.shows_cursor else None)
        at_cursor = chart.sentence_at(view, iteration) if iteration else ""
        if at_cursor and iteration and chart.matrices_shown(view) & view.hidden_at(iteration).matrices:
            at_cursor = _("Iteration {iteration}: what stands there is asked for", iteration=group_digits(iteration))
        room = self.outer_size.width - _COLUMNS_BESIDE_TITLE
        # Without room for all, the part before the comma is left: it has the height of the curve.
        fitting = (one for one in (at_cursor, at_cursor.partition(", ")[0]) if one and len(one) <= room)
        title = next(fitting, "") or _shortened(chart.title(view), room)
        self.set_title(title, title.partition(",")[0])

    def fit(self) -> None:
        """Shortens the title to the new size."""
        if self.view and (chart := self._chart):
            self._show_title_for(self.view, chart)
        super().fit()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows or hides the cursor, and what is at it."""
        super().watch_has_focus(has_focus)
        if self.view:
            self.show_view(self.view)

    @staticmethod
    def _first_cursor(view: View) -> int:
        """The iteration at the cursor before the user moves it: the one shown, or the last one charted."""
        return min(view.iteration, view.iterations_charted)

    def on_key(self, event: events.Key) -> None:
        """Walks along the curve; Enter goes to the iteration of the cursor."""
        view, plot, chart = self.view, self._plot, self._chart
        if view and chart and not isinstance(plot, str) and self._take(chart.events_of_key(view, plot, event.key)):
            event.stop()
            event.prevent_default()
        if not view or not chart or not chart.over_iterations or isinstance(plot, str) or not view.reached:
            return
        first, last = view.charted_range
        last = max(first, min(last, view.iterations_charted))
        here = min(max(first, view.chart_cursor or self._first_cursor(view)), last)
        column, _line = plot.cell_of(here, plot.axes.y.low)
        match event.key:
            case "left":
                to = min(here - 1, self._iteration_at(plot, column - 1, view))
            case "right":
                to = max(here + 1, self._iteration_at(plot, column + 1, view))
            case "comma":
                to = here - 1
            case "full_stop":
                to = here + 1
            case "home":
                to = first
            case "end":
                to = last
            case "enter" if view.chart_cursor:
                dispatch(self, Moved(here, view.step.name))
                to = here
            case _:
                return
        event.stop()
        event.prevent_default()
        to = min(max(first, to), last)
        if to != view.chart_cursor:
            dispatch(self, ChartCursorMoved(to))

    def _take(self, made: tuple[Event, ...]) -> bool:
        """Dispatches the events of a chart, or says why they are refused; false if there are none."""
        try:
            if made:
                dispatch(self, *made)
        except ValidationError as refusal:
            self.notify(error_sentence(refusal), severity="error", markup=False)
        return bool(made)

    @staticmethod
    def _iteration_at(plot: Plot, column: int, view: View) -> int:
        """The iteration at a column: the iteration shown, if it stands there, so that the cursor can return to it."""
        column_shown, _line = plot.cell_of(view.iteration, plot.axes.y.low)
        return view.iteration if column_shown == column else round(plot.x_at(column))

    def on_click(self, event: events.Click) -> None:
        """Goes to the iteration under the mouse; on the plane, adds a row there."""
        view, offset, chart = self.view, event.get_content_offset(self), self._chart
        if view and offset and chart and not isinstance(self._plot, str):
            self._take(chart.events_of_click(view, self._plot, *offset))
        if view and view.reached and offset and chart and chart.over_iterations and not isinstance(self._plot, str):
            dispatch(self, Moved(min(round(self._plot.x_at(offset.x)), view.reached), view.step.name))

    def surface(self, room: int) -> Size:  # noqa: ARG002
        """The size in sight: a chart never scrolls. Draws the chart again if what it is drawn from changed."""
        view, chart = self.view, self._chart
        if view and chart and self.size and self._is_plotext_loaded:
            # A chart of the iteration shown would give away what a question asks for.
            is_asked = not chart.over_iterations and bool(chart.matrices_shown(view) & view.hidden.matrices)
            drawn_from = (self.size, chart.name, *chart.depends_on(view), id(self._series.of(view.run)), is_asked)
            if chart.over_iterations:
                drawn_from += view.state.iteration_scale, view.charted_range
            if drawn_from != self._drawn_from:
                self._drawn_from = drawn_from
                self._plot = self._drawn(view, chart, is_asked=is_asked)
                # A title may say what the curves show.
                self._show_title_for(view, chart)
                self._name_drawn, self._shown_at = chart.name, ()
            if isinstance(self._plot, str):
                self._marks = []
            else:
                # While its numbers are computed, the chart of the iteration before stays, and its marks with it.
                if self._drawn_from:
                    self._marks = chart.marks(view, self._plot)
                self._shown = self._faded(view, chart, self._plot) if chart.over_iterations else self._plot
        return self.size

    def _drawn(self, view: View, chart: Chart, *, is_asked: bool) -> Plot | str:
        """The chart without its marks, or why there is none; the one before while its numbers are computed."""
        if not has_room(self.size):
            # For translators: two short lines.
            return _("no room for\nthe chart")
        if is_asked:
            return _("what this chart shows is asked for:\nP leads to the question")
        series = self._series.of(view.run)
        if self._numbers.are_there(chart, view, self.size, series):
            self._name_drawn = chart.name
            try:
                return chart.draw(view, self.size, series)
            except NoPlotextError:
                return NO_CHARTS
        # Until they are there, the chart of the iteration before stays, so that nothing flickers.
        self._drawn_from = ()
        return self._plot if self._name_drawn == chart.name else _("being computed")

    def _faded(self, view: View, chart: Chart, plot: Plot) -> Plot:
        """The chart with all that lies ahead faint or hidden; plotext does not have to draw it again for this."""
        height = chart.height(view, view.iteration)
        shown_at = view.iteration, height, view.state.ahead_style
        if self._shown is None or shown_at != self._shown_at:
            self._shown_at = shown_at
            is_hidden = view.state.ahead_style == AHEAD_HIDDEN
            return plot.at_iteration(view.iteration, height, is_ahead_hidden=is_hidden)
        return self._shown

    def line(self, y: int) -> Line:
        if isinstance(self._plot, str):
            return [(self._plot.split("\n")[y], "faint")] if y <= self._plot.count("\n") else []
        return self._shown.marked(y, *self._marks) if self._shown else []


class SmallCost(ChartPane, can_focus=False):
    """A small chart of the cost, which is always in sight. It takes no keys; a click goes to an iteration.

    While the large chart shows J, this one shows its logarithm.
    """

    DEFAULT_CLASSES = "small"

    def __init__(self) -> None:
        super().__init__(id="small-cost")

    def chart_of(self, view: View) -> Chart:
        """J, or its logarithm while the large chart shows J."""
        state = view.state
        shows_large_cost = state.chart == "cost" and (state.beside_step == BESIDE or state.pane == CHART_PANE)
        return CHARTS["log10 cost" if shows_large_cost else "cost"].chart


def _shortened(title: str, room: int) -> str:
    """``title`` without its last parts, which commas separate, where there is no room for them; at least the first."""
    parts = title.split(", ")
    while len(parts) > 1 and len(", ".join(parts)) > room:
        parts.pop()
    return ", ".join(parts)
