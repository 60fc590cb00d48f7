"""The chart of what a unit gives over the plane of two inputs; over one input, a curve."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_COMPUTED, ChartOfOneIteration, Computation
from tui_nn.dashboard.charts.class_plane import class_at, classes_title, with_regions
from tui_nn.dashboard.charts.commands import PLANE
from tui_nn.dashboard.charts.plane_cursor import click_events, cursor_events, row_at
from tui_nn.dashboard.charts.plane_rows import class_signs, marks_of_rows, row_signs, sentence_on_test_rows
from tui_nn.dashboard.charts.plot import Axes, Curve, MarkedPoint, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.charts.shades import (
    DotLines,
    levels_of,
    middles_of_cells,
    plot_around,
    shaded_lines,
    shades,
    with_axis_names,
    with_inside,
)
from tui_nn.dashboard.charts.unit_range import unit_range
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.braille import ACROSS, DOWN
from tui_nn.language import _
from tui_nn.network import Classes
from tui_nn.network.checks.contours import crossings, refined
from tui_nn.network.checks.plane import (
    activation_at_zero,
    has_two_classes,
    limits_around,
    rows_on_plane,
    threshold_of,
    unit_outputs,
)
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.session.events import Event
from tui_nn.session.plane_choice import CLASSES, OUTPUT, PlaneChoice
from tui_nn.writing.formulas.worked_row import row_letter
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.rulers import Ruler

_FRAME = Size(8, 3)
"""About how many columns and lines the axes and their labels take."""
_DIGITS = 3


class _Shown(NamedTuple):
    """The unit shown: its choice, its name, its layer from 2, and the range that the shades cover."""

    choice: PlaneChoice
    name: str
    layer: int
    low: float
    high: float
    threshold: float

    @property
    def is_output(self) -> bool:
        return self.choice.unit.matrix == OUTPUT

    @property
    def outputs(self) -> str:
        """The name of the matrix whose columns the plane shows."""
        return OUTPUT if self.choice.unit.matrix == CLASSES else self.choice.unit.matrix


def _shown(view: View) -> _Shown:
    document = view.state.document
    network, data = document.network, document.dataset
    choice = view.state.plane.fitted(document)
    matrix, column = choice.unit
    name, last = view.notation.name(matrix), len(network.layers)
    if matrix == CLASSES:
        return _Shown(choice, name, last, 0.0, 1.0, 0.5)
    if matrix == OUTPUT:
        y = data.y[:, column - 1]
        name += f"[·,{column}] {data.y_names[column - 1]}" if data.outputs > 1 else ""
        return _Shown(choice, name, last, float(y.min()), float(y.max()), threshold_of(y))
    layer = int(matrix[1:])
    low, high = unit_range(view, choice.unit)
    dot = "·" if view.notation.unicode else ":"
    return _Shown(choice, f"{name}[{dot},{column}]", layer, low, high, activation_at_zero(network, layer))


class Surface(ChartOfOneIteration):
    """What a unit gives over the plane of two inputs, as shades, with its boundary and the rows of the data."""

    name = "surface"
    place = PLANE
    hint = _(", . choose the unit")

    def title(self, view: View) -> str:
        """The unit with its range of shades, and what else the picture depends on; at the cursor, the value there."""
        shown, data = _shown(view), view.state.document.dataset
        if found := self._sentence_at_cursor(view, shown):
            return found
        of_test = sentence_on_test_rows(view, shown.choice.unit)
        at_end = [of_test] if of_test else []
        if data.given_inputs == 1:
            return ", ".join([_("{unit} over {x}", unit=shown.name, x=data.x_names[0]), *at_end])
        # For translators: the other inputs of the network.
        others = _("the other at its mean") if data.given_inputs == 3 else _("others at means")
        means = [others] if data.given_inputs > 2 else []
        if classes := _classes(view, shown):
            return classes_title(classes, [*means, *at_end])
        minus = view.notation.minus
        low, high, line = (
            rounded_text(number, _DIGITS).replace("-", minus) for number in (shown.low, shown.high, shown.threshold)
        )
        parts = [f"{shown.name} {low} [{shades(unicode=view.notation.unicode)}] {high}", *means]
        if shown.is_output and has_two_classes(data.y[:, shown.choice.unit.column - 1]):
            signs = class_signs(unicode=view.notation.unicode)
            parts.append(f"{signs[0]} {low} {signs[1]} {high}")
        return ", ".join([*parts, _("line at {value}", value=line), *at_end])

    def _sentence_at_cursor(self, view: View, shown: _Shown) -> str:
        """What the unit gives at the cursor; "" without a cursor, or while that is hidden or not computed."""
        cursor, document = view.state.plane.cursor, view.state.document
        is_hidden = bool(self.matrices_shown(view) & view.hidden.matrices)
        if not cursor or is_hidden or not view.iteration_numbers or document.dataset.given_inputs < 2:
            return ""
        x = np.array([row_at(document.dataset, shown.choice, cursor)])
        parameters = view.iteration_numbers.computed.parameters
        found = unit_outputs(document.network, document.dataset, parameters, shown.outputs, x)[0]
        numbers = (float(found[shown.choice.unit.column - 1]), *cursor)
        value, across, up = (rounded_text(number, 4).replace("-", view.notation.minus) for number in numbers)
        classes = _classes(view, shown)
        what = class_at(classes, found, view.notation) if classes else f"{shown.name} {value}"
        return _("{what} at {x}, {y}, Enter adds a row", what=what, x=across, y=up)

    def matrices_shown(self, view: View) -> frozenset[str]:
        """The unit's outputs and its z, whose sign the boundary tells; y, where signs tell its class."""
        shown, data = _shown(view), view.state.document.dataset
        names = {shown.outputs, f"Z{shown.layer}"}
        return frozenset(names | {"Y"} if data.classes or has_two_classes(data.y[:, 0]) else names)

    def depends_on(self, view: View) -> tuple[object, ...]:
        choice = view.state.plane._replace(cursor=None)
        return id(view.state.document.dataset), id(view.iteration_numbers), view.state.new_rows, choice

    def _frame(self, view: View, size: Size) -> Plot | None:
        """The axes; None if the rows are too far apart."""
        data, shown = view.state.document.dataset, _shown(view)
        choice = shown.choice
        points = _points(view)[:, [choice.across - 1, choice.up - 1]]
        units = data.x_divisors[[choice.across - 1, choice.up - 1]]
        limits = limits_around(points, units, size.width - _FRAME.width, size.height - _FRAME.height)
        if limits is None:
            return None
        plot = plot_around(limits, size)
        across, upwards = data.x_names[choice.across - 1], data.x_names[choice.up - 1]
        return with_axis_names(plot, across, upwards, unicode=view.notation.unicode)

    def computation(self, view: View, size: Size, run_series: RunSeries | None) -> Computation | None:  # noqa: ARG002
        """The output of the unit in each cell, shape (lines, columns); for classes (lines, columns, outputs)."""
        document, numbers, shown = view.state.document, view.iteration_numbers, _shown(view)
        choice = shown.choice
        network, data = document.network, document.dataset
        if not numbers or data.given_inputs < 2 or (plot := self._frame(view, size)) is None:
            return None
        columns, lines = (middles.tolist() for middles in middles_of_cells(plot))
        parameters = numbers.computed.parameters

        def compute(pause: Callable[[], None]) -> Array:  # noqa: ARG001
            places = np.array([(x, y) for y in lines for x in columns])
            x = rows_on_plane(data, (choice.across, choice.up), places)
            found = unit_outputs(network, data, parameters, shown.outputs, x)
            if choice.unit.matrix != CLASSES:
                found = found[:, choice.unit.column - 1]
            return found.reshape(len(lines), len(columns), *found.shape[1:])

        key = ("plane", size, choice._replace(cursor=None), view.state.new_rows, id(data))
        return Computation(key, len(lines) * len(columns) * network.size, compute)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """The axes, in each cell the shade of what the unit gives there, and the boundary as a line of dots."""
        if not view.iteration_numbers:
            return NOT_COMPUTED
        if view.state.document.dataset.given_inputs == 1:
            return self._curve(view, size)
        plot = self._frame(view, size)
        if plot is None:
            return _("the rows are too far apart\nto stand on one plane")
        heights = self.computed(view, size, run_series)
        shown, unicode = _shown(view), view.notation.unicode
        if classes := _classes(view, shown):
            rows = self._places(view, shown, _points(view))
            return with_regions(view, plot, classes, heights, rows)
        boundary = crossings(refined(heights, ACROSS, DOWN), [shown.threshold])
        lines = [DotLines(boundary, "line", "+")]
        return with_inside(plot, shaded_lines(levels_of(heights, shown.low, shown.high), lines, unicode=unicode))

    def _curve(self, view: View, size: Size) -> Plot | str:
        """What the unit gives over the only input."""
        document, numbers, shown = view.state.document, view.iteration_numbers, _shown(view)
        data, points = document.dataset, _points(view)[:, 0]
        if not numbers:
            return NOT_COMPUTED
        margin = float(np.ptp(points)) / 8 or 1.0
        low, high = float(points.min()) - margin, float(points.max()) + margin
        if not np.isfinite(high - low):
            return _("the rows are too far apart")
        xs = np.linspace(low, high, 2 * size.width)
        matrix, column = shown.choice.unit
        found = unit_outputs(document.network, data, numbers.computed.parameters, matrix, xs[:, np.newaxis])
        curve = Curve(xs, found[:, column - 1])
        heights = np.concatenate([curve.finite, data.y[:, column - 1]] if shown.is_output else [curve.finite])
        if not heights.size:
            return _("it overflows here")
        spare = float(np.ptp(heights)) / 16 or 1.0
        up = Ruler.upright(float(heights.min()) - spare, float(heights.max()) + spare, lines_of_curves(size, top=1))
        plot = plot_of(Axes(size, Ruler.linear(low, high), up), curve, top=1)
        return with_axis_names(plot, data.x_names[0], shown.name, unicode=view.notation.unicode)

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """The rows of the data, over them the new rows, as letters, and the cursor."""
        shown, data = _shown(view), view.state.document.dataset
        new_rows = view.state.new_rows_here
        places = self._places(view, shown, np.asarray(data.x))
        marks = marks_of_rows(plot, row_signs(view, shown.choice.unit), view.row, places)
        if new_rows:
            at = self._places(view, shown, np.array(list(new_rows.values())), is_new=True)
            for number, place in zip(new_rows, at.tolist(), strict=True):
                marks.append(MarkedPoint(*plot.cell_of(*place), row_letter(number), "current"))
        cursor = shown.choice.cursor
        if cursor and data.given_inputs > 1 and all(0 <= part <= 1 for part in _fractions(plot, cursor)):
            marks.append(MarkedPoint(*plot.cell_of(*cursor), "◆" if view.notation.unicode else "@", "chosen"))
        return marks

    @staticmethod
    def _places(view: View, shown: _Shown, x: Array, *, is_new: bool = False) -> Array:
        """Where rows stand, shape (rows, 2): on the plane, or over the only input at y or at what the unit gives."""
        document, (matrix, column) = view.state.document, shown.choice.unit
        if document.dataset.given_inputs > 1:
            return x[:, [shown.choice.across - 1, shown.choice.up - 1]]
        if shown.is_output and not is_new:
            return np.column_stack([x[:, 0], document.dataset.y[:, column - 1]])
        assert view.iteration_numbers  # noqa: S101 - there is no chart without them
        parameters = view.iteration_numbers.computed.parameters
        found = unit_outputs(document.network, document.dataset, parameters, matrix, x)
        return np.column_stack([x[:, 0], np.nan_to_num(found[:, column - 1])])

    def events_of_key(self, view: View, plot: Plot, key: str) -> tuple[Event, ...]:
        """Arrows move the cursor, Enter adds a row there; full stop and comma choose the unit, a and A the inputs."""
        return cursor_events(view, plot, key)

    def events_of_click(self, view: View, plot: Plot, column: int, line: int) -> tuple[Event, ...]:
        """A new row at the place under the mouse."""
        return click_events(view, plot, column, line)


def _classes(view: View, shown: _Shown) -> Classes | None:
    """The classes of the data, if the plane shows them."""
    return view.state.document.dataset.classes if shown.choice.unit.matrix == CLASSES else None


def _points(view: View) -> Array:
    """The inputs of the data's rows and of the new rows, shape (rows, inputs)."""
    return np.vstack([view.state.document.dataset.x, *view.state.new_rows_here.values()])


def _fractions(plot: Plot, place: tuple[float, float]) -> tuple[float, float]:
    return plot.axes.x.fraction(place[0]), plot.axes.y.fraction(place[1])
