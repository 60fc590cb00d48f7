"""The chart of the predictions beside the truth, row by row."""

import math

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import ChartOfOneIteration
from tui_nn.dashboard.charts.marks import MarkedPoint, Shape
from tui_nn.dashboard.charts.plot import Axes, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.rulers import Ruler

_MOST_POINTS = 400


class Predictions(ChartOfOneIteration):
    """Ŷ beside Y, row by row, in the units of the data."""

    name = "predictions"

    def title(self, view: View) -> str:
        """The name of the output, and what the marks stand for."""
        y, name = view.state.document.dataset.y_names[0], view.notation.name("Y_hat")
        of_y, of_prediction = (shape.sign(unicode=view.notation.unicode) for shape in (Shape.LEVEL, Shape.SQUARE))
        marks = f"{of_y} y, {of_prediction} {name}"
        return _("{output}, row by row: {marks}", output=y, marks=marks)

    def matrices_shown(self, view: View) -> frozenset[str]:  # noqa: ARG002
        return frozenset({"Y_hat"})

    def depends_on(self, view: View) -> tuple[object, ...]:
        return id(view.state.document.dataset), self._range(view)

    @staticmethod
    def _y_and_predictions(view: View) -> tuple[Array, Array | None]:
        data = view.state.document.dataset
        if not view.iteration_numbers or "Y_hat" not in view.reached_matrices:
            return data.y[:, 0], None
        # Only the rows of the batch have a prediction.
        computed, predicted = view.iteration_numbers.computed, np.full(data.rows, np.nan)
        predicted[computed.row_numbers] = data.in_units(computed["Y_hat"])[:, 0]
        return data.y[:, 0], predicted

    def _range(self, view: View) -> tuple[float, float]:
        y, predicted = self._y_and_predictions(view)
        every = np.concatenate([y, predicted[np.isfinite(predicted)]]) if predicted is not None else y
        return float(every.min()), float(every.max())

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:  # noqa: ARG002
        rows = view.state.document.dataset.rows
        low, high = self._range(view)
        margin = (high - low) / 10 or 1.0
        numbers = [float(tick) for tick in range(1, rows + 1)] if rows <= 10 else [1.0, float(rows)]
        across = Ruler(0.5, rows + 0.5, numbers, [group_digits(int(number)) for number in numbers])
        return plot_of(Axes(size, across, Ruler.upright(low - margin, high + margin, lines_of_curves(size))), None)

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """Two marks for each row, the prediction on top; of very many rows, evenly spaced ones."""
        y, predicted = self._y_and_predictions(view)
        signs = view.notation.signs
        marks: list[MarkedPoint] = []
        for row in np.unique(np.linspace(0, len(y) - 1, min(len(y), _MOST_POINTS)).round().astype(int)):
            marks += plot.marks_at(row + 1, float(y[row]), Shape.LEVEL, "label", signs)
            if predicted is not None and math.isfinite(predicted[row]):
                marks += plot.marks_at(row + 1, float(predicted[row]), Shape.SQUARE, "mark", signs)
        return marks
