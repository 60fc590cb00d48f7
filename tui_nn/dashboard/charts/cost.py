"""The charts of the cost: J and the data's part of it against the iteration, and their logarithms."""

import math
from typing import ClassVar
from weakref import ReferenceType, ref

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_REACHED, Chart, iterations_across, logarithms
from tui_nn.dashboard.charts.costs_per_row import costs_per_row, curves_per_row, is_per_row, least_test_cost
from tui_nn.dashboard.charts.marks import MarkedPoint, Shape
from tui_nn.dashboard.charts.plot import (
    MOST_POINTS,
    Axes,
    Curve,
    Plot,
    lines_of_curves,
    plot_of,
    styles_of_others,
    thinned,
)
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network import Run
from tui_nn.network.formulas.equations import PENALTY
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries, is_noisy, smoothed
from tui_nn.writing.notation.batch_text import has_batches
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.rulers import Ruler
from tui_nn.writing.notation.run_labels import run_labels

# For translators: the part of J that the data make, without the penalty; the name of a curve.
_DATA_PART = _("data's part")


class CostCurve(Chart):
    """J against the iteration, over the curves of the other runs; a noisy J is faint, below a smoothed curve.

    Where J has a penalty, J without it, the data's part, is a faint curve as well.
    """

    name = "cost"
    _is_logarithmic: ClassVar[bool] = False

    def __init__(self) -> None:
        self._least: tuple[int, float] | None = None
        """Where the test cost is least, and how low, in the chart drawn last."""
        self._inspected: tuple[object, ...] = ()
        self._inspected_run: ReferenceType[Run] | None = None
        self._lacks_logarithms = self._has_jumps = False

    def title(self, view: View) -> str:
        """What the y axis shows, and the names of the runs."""
        if is_per_row(view):
            title = _("Cost per row")
            if self._is_logarithmic:
                title += f", {_logarithm(view)}"
            return title + self._least_in_words()
        self._inspect_costs(view)
        curve = f"{_logarithm(view)} J" if self._is_logarithmic else "J"
        # For translators: the curve is log10 J, and 0 has no logarithm.
        title = (
            _("Cost, {curve} (0 has none)", curve=curve) if self._lacks_logarithms else _("Cost, {curve}", curve=curve)
        )
        if self._is_noisy(view):
            title += _(", smoothed")
        if view.other_runs:
            shown = view.state.branches.current.name
            others = ", ".join(other.name for other in view.other_runs)
            title += _(", run {shown} beside {others}", shown=shown, others=others)
        return title

    def depends_on(self, view: View) -> tuple[object, ...]:
        others = tuple((other.name, id(other.run), len(other.costs)) for other in view.other_runs)
        return view.iterations_charted, view.last_iteration, id(view.run), others

    def wants_run_series(self, view: View) -> bool:
        return is_per_row(view)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """The curve of the run shown over those of the others, each with what it differs in at its end."""
        if not view.reached:
            return _("no cost yet")
        if is_per_row(view):
            self._least = least_test_cost(view, run_series)
            return self._drawn_per_row(view, size, [*curves_per_row(view, run_series)])
        first = view.charted_range[0]
        names = run_labels(view.state) if view.other_runs else {}
        shown = view.state.branches.current.name
        curve = self._curve(view.costs[: view.iterations_charted], view, ("curve", "coming"), names.get(shown, ""))
        if not view.other_runs:
            curve = curve._replace(style_ahead="faint")
        hidden_from = view.iteration if view.iterations_charted < view.reached else None
        others = [
            self._curve(other.costs[:hidden_from], view, styles, names[other.name])
            for other, styles in zip(view.other_runs, styles_of_others(len(view.other_runs)), strict=True)
        ]
        if not curve.finite.size:
            return _("every cost is 0:\nit has no logarithm") if view.iterations_charted >= first else NOT_REACHED
        every = np.concatenate([curve.finite, *(other.finite for other in others)])
        if self._is_noisy(view):
            others = [curve._replace(style="faint")]
            curve = self._smoothed_curve(view, view.costs, "curve")
        if (data_costs := self._data_costs(view)) is not None:
            part = self._data_curve(view, data_costs)
            others = [part, *others]
            curve = curve._replace(name=curve.name or "J")
            every = np.concatenate([every, part.finite])
        rows = lines_of_curves(size)
        if self._is_logarithmic:
            ruler = Ruler.powers(every, rows, superscripts=view.notation.all_signs)
        else:
            ruler = Ruler.down_to_zero(every, rows)
        return plot_of(Axes(size, iterations_across(view, size.width), ruler), curve, others)

    def _drawn_per_row(self, view: View, size: Size, curves: list[Curve]) -> Plot | str:
        shown = [curve._replace(heights=self._heights(curve.heights)) for curve in curves]
        every = np.concatenate([curve.finite for curve in shown])
        if not every.size:
            return NOT_REACHED
        rows = lines_of_curves(size)
        if self._is_logarithmic:
            ruler = Ruler.powers(every, rows, superscripts=view.notation.all_signs)
        else:
            ruler = Ruler.down_to_zero(every, rows)
        return plot_of(Axes(size, iterations_across(view, size.width), ruler), shown[0], shown[1:])

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """The marks of all charts, and one where the test cost is least."""
        marks = super().marks(view, plot)
        if is_per_row(view) and self._least:
            iteration, cost = self._least
            height = float(self._heights(np.array([cost]))[0])
            marks += plot.marks_at(iteration, height, Shape.DIAMOND, "good", view.notation.signs)
        return marks

    def _least_in_words(self) -> str:
        if not self._least:
            return ""
        iteration, cost = self._least
        least = rounded_text(cost, 3)
        return _(
            ", test cost least near iteration {iteration}, at {cost}", iteration=group_digits(iteration), cost=least
        )

    def _curve(self, costs: Array, view: View, styles: tuple[str, str], name: str) -> Curve:
        """The part of a run that the chart shows; of very many iterations the least and the greatest of each few."""
        first, last = view.charted_range
        # The least and the greatest J of some iterations also have the least and the greatest logarithm.
        iterations, heights = thinned(costs[first - 1 : last])
        return Curve(iterations + (first - 1), self._heights(heights), *styles, name)

    def _inspect_costs(self, view: View) -> None:
        """Notes whether a cost has no logarithm, and whether J jumps up and down; again only where costs are others."""
        first, last = view.charted_range
        inspected = len(view.costs), view.iterations_charted, first, last
        is_same_run = self._inspected_run is not None and self._inspected_run() is view.run
        if inspected != self._inspected or not is_same_run:
            self._inspected, self._inspected_run = inspected, ref(view.run)
            self._lacks_logarithms = self._is_logarithmic and bool((view.costs == 0).any())
            self._has_jumps = is_noisy(view.costs[first - 1 : min(last, view.iterations_charted)][-MOST_POINTS:])

    def _is_noisy(self, view: View) -> bool:
        """Whether J jumps up and down, so that its curve is hard to read; never beside the curves of other runs."""
        self._inspect_costs(view)
        return self._has_jumps and not view.other_runs

    def _smoothed_curve(self, view: View, costs: Array, style: str) -> Curve:
        first, last = view.charted_range
        places, heights = smoothed(costs[first - 1 : min(last, view.iterations_charted)])
        return Curve(places + (first - 1), self._heights(heights), style, "faint")

    @staticmethod
    def _data_costs(view: View) -> Array | None:
        """J without its penalty, as far as the chart shows the run; None if J has no penalty."""
        data_costs, charted = view.run.data_costs, view.iterations_charted
        if data_costs is None or bool((data_costs[:charted] == view.costs[:charted]).all()):
            return None
        return data_costs[:charted]

    def _data_curve(self, view: View, data_costs: Array) -> Curve:
        if self._is_noisy(view):
            return self._smoothed_curve(view, data_costs, "faint")._replace(name=_DATA_PART)
        return self._curve(data_costs, view, ("faint", "faint"), _DATA_PART)

    def matrices_shown(self, view: View) -> frozenset[str]:
        return frozenset({"J", PENALTY} if view.run.has_penalty else {"J"})

    def height(self, view: View, iteration: int) -> float | None:
        if iteration > view.reached:
            return None
        costs = costs_per_row(view, iteration, iteration) if is_per_row(view) else view.costs[iteration - 1 : iteration]
        return float(self._heights(costs)[0])

    def sentence_at(self, view: View, iteration: int) -> str:
        if iteration > view.reached:
            return ""
        cost = float(view.costs[iteration - 1])
        if is_per_row(view):
            per_row = rounded_text(float(costs_per_row(view, iteration, iteration)[0]))
            number = group_digits(iteration)
            if has_batches(view.state.document):
                return _("Cost per row of the batch of iteration {number} is {cost}", number=number, cost=per_row)
            return _("Cost per row of the training rows of iteration {number} is {cost}", number=number, cost=per_row)
        says = _("J of iteration {number} is {cost}", number=group_digits(iteration), cost=rounded_text(cost))
        if not self._is_logarithmic and view.run.has_penalty:
            data_cost = rounded_text(view.run.data_cost(iteration))
            return says + _(", the data's part {cost}", cost=data_cost)
        if not self._is_logarithmic or not 0 < cost < math.inf:
            return says
        height = f"{math.log10(cost):.3f}".replace("-", view.notation.minus)
        return f"{says}, {_logarithm(view)} {height}"

    def _heights(self, costs: Array) -> Array:
        return logarithms(costs) if self._is_logarithmic else costs


class LogarithmOfCost(CostCurve):
    """The logarithm of J against the iteration: a cost that falls by a factor again and again is a straight line."""

    name = "log10 cost"
    _is_logarithmic = True


def _logarithm(view: View) -> str:
    return "log₁₀" if view.notation.all_signs else "log10"
