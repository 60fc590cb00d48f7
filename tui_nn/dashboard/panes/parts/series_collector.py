"""Collects the numbers of many iterations that a chart draws, in a thread."""

from tui_nn.dashboard.terminal.ordered_input import give_way_to_keys
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.pane import Pane
from tui_nn.network import Run
from tui_nn.network.training.run_series import RunSeries, collect_run_series, spread_iterations
from tui_nn.session.display_choices import LOGARITHMIC

_MOST = 240
"""At how many iterations the numbers of a run are collected, at the most."""


class SeriesCollector:
    """Collects numbers of the run for a pane, which gets its view once more when they are there."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._collected: tuple[Run, tuple[object, ...], RunSeries] | None = None
        self._is_at_work = False

    def of(self, run: Run) -> RunSeries | None:
        """The numbers collected of a run, as far as there are any."""
        return self._collected[2] if self._collected and self._collected[0] is run else None

    def collect(self, view: View, *, is_whole: bool) -> None:
        """Starts a thread that collects the iterations charted, or all, as far as they are computed.

        Does nothing if they are collected, or while a thread is at work.
        """
        run, (first, last) = view.run, (1, view.reached) if is_whole else view.charted_range
        last = min(last, view.reached)
        by_factor = not is_whole and view.state.iteration_scale == LOGARITHMIC
        wanted = first, last, by_factor
        is_collected = self._collected and self._collected[:2] == (run, wanted)
        if is_collected or self._is_at_work or last < first:
            return
        iterations = spread_iterations(first, last, _MOST, by_factor=by_factor)

        def collect() -> None:
            series = collect_run_series(run, iterations, lambda: give_way_to_keys(self._pane.app))
            self._pane.app.call_from_thread(self._take, run, wanted, series)

        self._is_at_work = True
        self._pane.run_worker(collect, thread=True, group="run series")

    def _take(self, run: Run, wanted: tuple[object, ...], series: RunSeries) -> None:
        self._is_at_work = False
        self._collected = run, wanted, series
        if self._pane.view:
            self._pane.show_view(self._pane.view)
