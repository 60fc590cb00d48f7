"""The chart of the rate test: J against a learning rate that grows in each iteration."""

from collections.abc import Callable

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_COMPUTED, ChartOfOneIteration, Computation, logarithms
from tui_nn.dashboard.charts.marks import MarkedPoint, Shape
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.charts.shades import with_axis_names
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network.checks.rate_test import ITERATIONS, RateTest, rate_test, takes_long
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.rulers import Ruler

_MOST_ABOVE = 10.0
"""How many times the highest J before the least one the chart shows; a J that explodes would hide all else."""


class RateTestChart(ChartOfOneIteration):
    """J against the rate, both as powers of ten, with marks at the lesson's rate and where J begins to rise."""

    name = "rate test"

    def __init__(self) -> None:
        # The test does not depend on the iteration shown, so one is enough for all of them.
        self._latest: tuple[tuple[object, ...], RateTest] | None = None

    @staticmethod
    def _key(view: View) -> tuple[object, ...]:
        document = view.state.document
        start, batches = document.start, document.pace.batches
        return "rate test", document.network, document.dataset, start, document.learning_rate, batches

    def _known(self, view: View) -> RateTest | None:
        return self._latest[1] if self._latest and self._latest[0] == self._key(view) else None

    def title(self, view: View) -> str:
        found = self._known(view)
        if found is None:
            return _("Rate test")
        if found.rises_from is None or found.suggested is None:
            return _("J does not rise for good up to rate {rate}", rate=rounded_text(float(found.rates[-1]), 2))
        rises, tenth = (rounded_text(rate, 2) for rate in (found.rises_from, found.suggested))
        return _("J rises for good from rate {rate}; a tenth is {tenth}", rate=rises, tenth=tenth)

    def matrices_shown(self, view: View) -> frozenset[str]:  # noqa: ARG002
        """J: the first of the curve is that of iteration 1."""
        return frozenset({"J"})

    def depends_on(self, view: View) -> tuple[object, ...]:
        return (self._key(view), view.iteration_numbers is None)

    def computation(self, view: View, size: Size, run_series: RunSeries | None) -> Computation | None:  # noqa: ARG002
        """The rate test of the lesson as it is in force in the iteration shown."""
        document, key = view.state.document, self._key(view)
        rows = document.pace.epochs(document.dataset).batch_size
        if takes_long(document.network, rows):
            return None

        def compute(pause: Callable[[], None]) -> RateTest:
            found = self._known(view) or rate_test(
                document.network,
                document.dataset,
                document.start_parameters,
                document.learning_rate,
                document.pace.batches,
                pause,
            )
            self._latest = key, found
            return found

        return Computation(key, 0 if self._known(view) else rows * document.network.size * ITERATIONS, compute)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        if not view.iteration_numbers:
            return NOT_COMPUTED
        if self.computation(view, size, run_series) is None:
            return _("a rate test takes too long\nwith so many rows and weights")
        found: RateTest = self.computed(view, size, run_series)
        heights, powers = self._heights(found), logarithms(found.rates)
        curve = Curve(powers, heights)
        if not curve.finite.size:
            return _("J is 0 or overflows")
        superscripts, unicode = view.notation.all_signs, view.notation.unicode
        across = Ruler.powers_across(powers, max(2, size.width // 8), superscripts=superscripts)
        up = Ruler.powers(curve.finite, lines_of_curves(size, top=1), superscripts=superscripts)
        own, rises = (shape.sign(unicode=unicode) for shape in (Shape.SQUARE, Shape.DIAMOND))
        # For translators: a legend; the marks stand before what they mark.
        legend = _("{mark} the lesson's rate  {other_mark} J rises", mark=own, other_mark=rises)
        return with_axis_names(
            plot_of(Axes(size, across, up), curve, top=1), _("learning rate"), "J", legend, unicode=unicode
        )

    @staticmethod
    def _heights(found: RateTest) -> Array:
        """log₁₀ J; a gap where J explodes."""
        least = int(found.costs.argmin())
        most = _MOST_ABOVE * float(found.costs[: least + 1].max())
        return logarithms(np.where(found.costs <= most, found.costs, np.inf))

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """A mark at the lesson's rate, and one where J begins to rise."""
        found = self._known(view)
        if found is None:
            return []
        heights = self._heights(found)
        places = [(view.state.document.learning_rate, Shape.SQUARE, "mark")]
        if found.rises_from is not None:
            places.append((found.rises_from, Shape.DIAMOND, "pointer"))
        marks = []
        for rate, shape, style in places:
            height = float(heights[int(np.argmin(np.abs(found.rates - rate)))])
            if np.isfinite(height):
                marks += plot.marks_at(float(np.log10(rate)), height, shape, style, view.notation.signs)
        return marks
