"""The chart of J along one weight, with the step that comes next."""

import math

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import OfOneIteration
from tui_nn.dashboard.charts.plot import MARK, Axes, Curve, MarkedPoint, Plot, Ruler, linear_ticks, plotted, ticks_on
from tui_nn.dashboard.charts.run_series import RunSeries
from tui_nn.dashboard.view_model.view import View
from tui_nn.network import STEPS, LossSlice
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import significant

_MEASURING = "being measured"
_DIGITS_OF_A_TICK = 5
_MARGIN = 0.05
_BESIDE_CHART = 10
_COLUMNS_PER_STEP = 0.8


class LossAlongWeight(OfOneIteration):
    """J along the weight selected, its tangent, and where gradient descent's next step leads."""

    needs_check = True
    name = "slope"
    number = 7
    help = "J along the weight selected, and the next step"

    def title(self, view: View) -> str:
        """The name of the weight, and what the marks stand for."""
        found = view.check.loss_slice(view.weight_place) if view.check else None
        name, there = cell_name(view.weight, view.notation), self._there(view)
        says = f"J along {name}: {MARK} now, {there} next"
        if found and not math.isfinite(found.next_cost):
            return f"J along {name}: {MARK} now, no next"
        return says

    @staticmethod
    def _there(view: View) -> str:
        return "◆" if view.notation.unicode else "+"

    @staticmethod
    def _loss_slice(view: View, size: Size) -> LossSlice | None:
        """J along the weight, at about one point for each column of the chart."""
        steps = max(STEPS, int(_COLUMNS_PER_STEP * (size.width - _BESIDE_CHART)))
        return view.check.loss_slice(view.weight_place, steps) if view.check else None

    def shows(self, view: View) -> frozenset[str]:
        """J, the weight and its slope."""
        name = view.weight.name
        return frozenset({"J", name, f"dJd{name}", f"{name}_next"})

    def depends_on(self, view: View) -> tuple[object, ...]:
        """The check of the iteration, the weight, and whether its slice is measured."""
        return id(view.check), view.weight_place, not view.check or view.check.loss_slice(view.weight_place) is None

    def draw(self, view: View, size: Size, paths: RunSeries | None) -> Plot | str:  # noqa: ARG002
        """The curve over its tangent."""
        found = self._loss_slice(view, size)
        if found is None:
            return _MEASURING if view.check else "not computed yet"
        curve = Curve(found.weights, found.costs)
        if not curve.finite.size or not math.isfinite(found.cost):
            return "J overflows here"
        low, high = float(curve.finite.min()), float(curve.finite.max())
        margin = (high - low) * _MARGIN or abs(high) * _MARGIN or 1.0
        up = _around(low - margin, high + margin, found.cost, "J(w)", ticks_on(size.height))
        tangent = found.tangent
        tangent = np.where((tangent >= up.low) & (tangent <= up.high), tangent, np.nan)
        ends = float(found.weights[0]), float(found.weights[-1])
        across = _around(*ends, found.weight, "w", max(2, size.width // 9))
        return plotted(Axes(size, across, up), curve, [Curve(found.weights, tangent)], style="faint")

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """A mark at the weight, and one where the next step leads."""
        found = self._loss_slice(view, plot.axes.size)
        if found is None:
            return []
        places = (
            (found.next_weight, found.next_cost, self._there(view), "cursor"),
            (found.weight, found.cost, MARK, "mark"),
        )
        return [
            MarkedPoint(*plot.cell_of(weight, cost), sign, style)
            for weight, cost, sign, style in places
            if _is_on(plot, weight, cost)
        ]


def _is_on(plot: Plot, x: float, y: float) -> bool:
    """Whether a point is within the axes."""
    return 0 <= plot.axes.x.part(x) <= 1 and 0 <= plot.axes.y.part(y) <= 1


def _around(low: float, high: float, at: float, name: str, most: int) -> Ruler:
    """An axis with round numbers, or, where these have many digits in common, with their differences from ``at``."""
    ruler = Ruler.linear(low, high, most)
    if len({significant(tick, _DIGITS_OF_A_TICK) for tick in ruler.ticks}) == len(ruler.ticks) > 1:
        return ruler
    ticks = linear_ticks(low - at, high - at, most)
    if len(ticks) < 2:
        # One tick alone gives no scale.
        ticks = linear_ticks(low - at, high - at, 2 * most)
    return ruler._replace(ticks=[at + tick for tick in ticks], labels=[f"{t:+.3g}" if t else name for t in ticks])
