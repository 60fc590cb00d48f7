"""The chart of J along one weight, with the step that comes next."""

import math

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_COMPUTED, ChartOfOneIteration
from tui_nn.dashboard.charts.marks import MarkedPoint, Shape
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network import STEPS, LossSlice
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.rulers import Ruler, linear_ticks

_MEASURING = _("being measured")
_DIGITS_OF_A_TICK = 5
_MARGIN = 0.05
_COLUMNS_BESIDE_CHART = 10
_COLUMNS_PER_STEP = 0.8


class LossAlongWeight(ChartOfOneIteration):
    """J along the weight selected, its tangent, and where gradient descent's next step leads."""

    name = "slope"

    def title(self, view: View) -> str:
        """The name of the weight, and what the marks stand for."""
        next_cost = view.check.next_cost(view.checked_place) if view.check else None
        has_next = next_cost is None or math.isfinite(next_cost)
        now, after = (shape.sign(unicode=view.notation.unicode) for shape in (Shape.SQUARE, Shape.DIAMOND))
        name = cell_name(view.checked_weight, view.notation)
        if has_next:
            return _("J along {name}: {mark} now, {other_mark} next", name=name, mark=now, other_mark=after)
        return _("J along {name}: {mark} now, no next", name=name, mark=now)

    @staticmethod
    def _loss_slice(view: View, size: Size) -> LossSlice | None:
        """J along the weight, over more steps on a wider chart, so that one step takes about as many columns."""
        steps = max(STEPS, int(_COLUMNS_PER_STEP * (size.width - _COLUMNS_BESIDE_CHART)))
        return view.check.loss_slice(view.checked_place, steps) if view.check else None

    def matrices_shown(self, view: View) -> frozenset[str]:
        name = view.checked_weight.name
        return frozenset({"J", name, f"dJd{name}", f"{name}_next"})

    def depends_on(self, view: View) -> tuple[object, ...]:
        return id(view.check), view.checked_place, not view.check or not view.check.has_loss_slice(view.checked_place)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:  # noqa: ARG002
        found = self._loss_slice(view, size)
        if found is None:
            return _MEASURING if view.check else NOT_COMPUTED
        curve = Curve(found.weights, found.costs)
        if not curve.finite.size or not math.isfinite(found.cost):
            return _("J overflows here")
        low, high = float(curve.finite.min()), float(curve.finite.max())
        margin = (high - low) * _MARGIN or abs(high) * _MARGIN or 1.0
        up = _ruler_around(low - margin, high + margin, found.cost, "J(w)", lines_of_curves(size), is_upright=True)
        tangent = found.tangent
        tangent = np.where((tangent >= up.low) & (tangent <= up.high), tangent, np.nan)
        ends = float(found.weights[0]), float(found.weights[-1])
        across = _ruler_around(*ends, found.weight, "w", max(2, size.width // 9))
        return plot_of(Axes(size, across, up), curve, [Curve(found.weights, tangent, "faint")])

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """A mark at the weight, and one where the next step leads."""
        found = self._loss_slice(view, plot.axes.size)
        if found is None:
            return []
        places = (
            (found.next_weight, found.next_cost, Shape.DIAMOND, "pointer"),
            (found.weight, found.cost, Shape.SQUARE, "mark"),
        )
        return [
            mark
            for weight, cost, shape, style in places
            for mark in plot.marks_at(weight, cost, shape, style, view.notation.signs)
        ]


def _ruler_around(low: float, high: float, middle: float, name: str, most: int, *, is_upright: bool = False) -> Ruler:
    """A ruler with round numbers, ``most`` of them, or on so many lines if it is upright.

    If these have many digits in common, the labels are differences from ``middle``, whose own label is ``name``.
    """
    ruler = Ruler.upright(low, high, most) if is_upright else Ruler.linear(low, high, most)
    if len({rounded_text(tick, _DIGITS_OF_A_TICK) for tick in ruler.ticks}) == len(ruler.ticks) > 1:
        return ruler
    if is_upright:
        around = Ruler.upright(low - middle, high - middle, most)
        ruler = around._replace(low=around.low + middle, high=around.high + middle)
    ticks = around.ticks if is_upright else linear_ticks(low - middle, high - middle, most)
    if len(ticks) < 2:
        # One tick alone gives no scale.
        ticks = linear_ticks(low - middle, high - middle, 2 * most)
    labels = [f"{tick:+.3g}" if tick else name for tick in ticks]
    return ruler._replace(ticks=[middle + tick for tick in ticks], labels=labels)
