"""Computes the numbers that a chart needs of the iteration shown: at once if they are few, else in a thread."""

from textual.geometry import Size

from tui_nn.dashboard.charts.chart import Chart
from tui_nn.dashboard.terminal.ordered_input import give_way_to_keys
from tui_nn.dashboard.view_model.iteration_numbers import IterationNumbers
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Canvas
from tui_nn.network.training.run_series import RunSeries

_WORK_AT_ONCE = 1_000_000
"""Up to this many multiplications, a user does not notice the time."""


class ChartNumbers:
    """Computes numbers for the chart of a pane, which draws again when they are there."""

    def __init__(self, pane: Canvas) -> None:
        self._pane = pane
        self._under_way: tuple[IterationNumbers, tuple[object, ...]] | None = None

    def are_there(self, chart: Chart, view: View, size: Size, run_series: RunSeries | None) -> bool:
        """Whether the chart can be drawn; if not, a thread computes what it needs."""
        needed, numbers = chart.computation(view, size, run_series), view.iteration_numbers
        if needed is None or numbers is None or needed.key in numbers.of_charts:
            return True
        if needed.work <= _WORK_AT_ONCE:
            numbers.of_charts[needed.key] = needed.compute(lambda: None)
            return True
        if self._under_way is None:
            self._under_way = numbers, needed.key

            def compute() -> None:
                app = self._pane.app
                numbers.of_charts[needed.key] = needed.compute(lambda: give_way_to_keys(app))
                self._pane.app.call_from_thread(self._done)

            self._pane.run_worker(compute, thread=True, group="chart numbers")
        return False

    def _done(self) -> None:
        """Draws with the numbers computed; if the lesson has gone on meanwhile, computes those that it needs now."""
        self._under_way = None
        self._pane.repaint()
