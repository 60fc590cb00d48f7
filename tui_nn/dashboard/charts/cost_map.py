"""The chart of J over two weights, with the path of the run on it."""

from collections.abc import Callable
from dataclasses import astuple
from typing import NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import ALWAYS_IN_A_THREAD, NOT_COMPUTED, ChartOfOneIteration, Computation
from tui_nn.dashboard.charts.commands import COST_MAP
from tui_nn.dashboard.charts.marks import Shape
from tui_nn.dashboard.charts.plot import MarkedPoint, Plot
from tui_nn.dashboard.charts.shades import (
    DotLines,
    Dots,
    dots_of_path,
    levels_of,
    middles_of_cells,
    plot_around,
    shaded_lines,
    shades,
    with_axis_names,
    with_inside,
)
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.braille import ACROSS, DOWN
from tui_nn.language import _
from tui_nn.network.checks.contours import crossings, refined
from tui_nn.network.checks.cost_map import (
    contour_levels,
    costs_over,
    grid_size,
    index_of_weight,
    logarithms_of_costs,
    resampled,
    takes_long,
)
from tui_nn.network.checks.plane import limits_around
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.session.events import Event, SecondWeightChosen, Selected
from tui_nn.session.plane_choice import WeightChoice, weight_at, weight_number
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import group_digits, rounded_text

_FRAME = Size(9, 3)
_MOST_STRETCHED = 8.0
_AROUND = 1.0
"""The map shows at least so much below and above the weights of now."""


class _Weights(NamedTuple):
    """The weight from left to right, and the one upwards."""

    across: WeightChoice
    up: WeightChoice


def _weights(view: View) -> _Weights:
    """The weight selected, or else the first; and the second weight chosen, or else the one after it."""
    network, selected = view.state.document.network, view.selected_weight
    first = WeightChoice(*astuple(selected)) if selected else weight_at(network, 0)
    number = weight_number(network, first) or 0
    second = view.state.second_weight
    if second is None or second == first or weight_number(network, second) is None:
        second = weight_at(network, number + 1)
    return _Weights(first, second)


class CostMap(ChartOfOneIteration):
    """J over two weights as shades and contour lines, the others held, and the path of the run."""

    name = "two weights"
    needs_run_series = True
    place = COST_MAP
    hint = _("arrows choose the weights")

    def title(self, view: View) -> str:
        """Says that this is a slice: the other weights do not move."""
        return _("A slice of J: others held at iteration {iteration}", iteration=group_digits(view.iteration))

    def matrices_shown(self, view: View) -> frozenset[str]:
        """J, and the two weights with their slopes and their updates, which the path leads to."""
        names = {weight.matrix for weight in _weights(view)}
        return frozenset({"J"}.union(*({name, f"dJd{name}", f"{name}_next"} for name in names)))

    def depends_on(self, view: View) -> tuple[object, ...]:
        return id(view.iteration_numbers), _weights(view), view.iterations_charted, id(view.run)

    def _path(self, view: View, run_series: RunSeries) -> tuple[Array, Array]:
        """The two weights along the run up to now, and from now on, each of shape (points, 2)."""
        network, charted = view.state.document.network, run_series.between(1, view.iterations_charted)
        columns = [index_of_weight(network, weight) for weight in _weights(view)]
        path = charted.parameters[:, columns]
        now = np.array([self._now(view)])
        before, after = charted.iterations < view.iteration, charted.iterations > view.iteration
        return np.vstack([path[before], now]), np.vstack([now, path[after]])

    @staticmethod
    def _now(view: View) -> tuple[float, float]:
        assert view.iteration_numbers  # noqa: S101 - asked for only then
        matrices = view.iteration_numbers.computed.matrices
        across, up = (Cell(*weight).value(matrices) for weight in _weights(view))
        return across, up

    def _frame(self, view: View, size: Size, run_series: RunSeries) -> Plot | None:
        """Axes around the path of the run; None if it overflows."""
        assert view.iteration_numbers  # noqa: S101 - asked for only then
        known = view.iteration_numbers.of_charts
        key = "frame of the cost map", _weights(view), view.iterations_charted, size, run_series
        if key not in known:
            known[key] = self._new_frame(view, size, run_series)
        found = known[key]
        assert found is None or isinstance(found, Plot)  # noqa: S101 - made above
        return found

    def _new_frame(self, view: View, size: Size, run_series: RunSeries) -> Plot | None:
        now = np.array([self._now(view)])
        points = np.vstack([*self._path(view, run_series), now - _AROUND, now + _AROUND])
        points = points[np.isfinite(points).all(axis=1)]
        if not len(points):
            return None
        room = size.width - _FRAME.width, size.height - _FRAME.height
        limits = limits_around(points, np.ones(2), *room, _MOST_STRETCHED)
        if limits is None:
            return None
        return plot_around(limits, size)

    def computation(self, view: View, size: Size, run_series: RunSeries | None) -> Computation | None:
        """log₁₀ J in each cell of the map, shape (lines, columns)."""
        numbers, document = view.iteration_numbers, view.state.document
        network, rows = document.network, view.moment.rows
        if not numbers or not run_series or network.size < 2 or takes_long(network, rows):
            return None
        plot = self._frame(view, size, run_series)
        if plot is None:
            return None
        columns, lines = grid_size(network, rows, plot.width, plot.height)
        middles_across, middles_up = middles_of_cells(plot)
        across = np.linspace(middles_across[0], middles_across[-1], columns)
        up = np.linspace(middles_up[0], middles_up[-1], lines)
        weights = _weights(view)

        def compute(pause: Callable[[], None]) -> Array:
            costs = costs_over(numbers.computed.data, numbers.computed, weights, (across, up), pause)
            return resampled(logarithms_of_costs(costs), plot.height, plot.width)

        rows_shown = view.moment.row_numbers.tobytes()
        limits = (plot.axes.x.low, plot.axes.x.high, plot.axes.y.low, plot.axes.y.high)
        return Computation(
            ("cost map", weights, size, limits, id(document.dataset), rows_shown),
            ALWAYS_IN_A_THREAD,
            compute,
        )

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """The shades, over them the contour lines, and over these the path: bright up to now, then faint."""
        if not view.iteration_numbers or not run_series:
            return NOT_COMPUTED
        if view.state.document.network.size < 2:
            return _("the network has only one weight")
        if takes_long(view.state.document.network, view.moment.rows):
            return _("J over two weights takes too long\nwith so many rows and weights")
        plot = self._frame(view, size, run_series)
        if plot is None:
            return _("the weights overflow here")
        heights = self.computed(view, size, run_series)
        low, high = float(heights.min()), float(heights.max())
        past, later = self._path(view, run_series)
        lines = [
            DotLines(crossings(refined(heights, ACROSS, DOWN), contour_levels(low, high)), "contour", "-"),
            DotLines(_thicker(dots_of_path(plot, later[:, 0], later[:, 1])), "later", ","),
            DotLines(_thicker(dots_of_path(plot, past[:, 0], past[:, 1])), "path", "o"),
        ]
        unicode = view.notation.unicode
        inside = shaded_lines(levels_of(heights, low, high), lines, unicode=unicode)
        across, up = (cell_name(Cell(*weight), view.notation) for weight in _weights(view))
        least, greatest = _two_numbers(10**low, 10**high)
        legend = f"J {least} [{shades(unicode=unicode)}] {greatest}"
        return with_axis_names(with_inside(plot, inside), across, up, legend, unicode=unicode)

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """The weights of now."""
        if not view.iteration_numbers or view.state.document.network.size < 2:
            return []
        across, up = self._now(view)
        return plot.marks_at(across, up, Shape.SQUARE, "mark", view.notation.signs)

    def events_of_key(self, view: View, plot: Plot, key: str) -> tuple[Event, ...]:  # noqa: ARG002
        """Left and right choose the weight across, up and down the one upwards."""
        network, weights = view.state.document.network, _weights(view)
        by = {"left": -1, "down": -1, "right": 1, "up": 1}.get(key)
        if by is None or network.size < 2:
            return ()
        is_across = key in ("left", "right")
        changed, other = weights if is_across else weights[::-1]
        number = (weight_number(network, changed) or 0) + by
        chosen = weight_at(network, number)
        if chosen == other:
            chosen = weight_at(network, number + by)
        # The weight upwards stays, even if it was never chosen.
        return (SecondWeightChosen(*other), Selected(*chosen)) if is_across else (SecondWeightChosen(*chosen),)


def _two_numbers(low: float, high: float) -> tuple[str, str]:
    """Both numbers with as few digits as tell them apart, from two to five."""
    written = [(rounded_text(low, digits), rounded_text(high, digits)) for digits in (2, 3, 4, 5)]
    return next((pair for pair in written if pair[0] != pair[1]), written[0])


def _thicker(dots: Dots) -> Dots:
    """The dots, and those right of them."""
    thick: Dots = dots.copy()
    thick[:, 1:] |= dots[:, :-1]
    return thick
