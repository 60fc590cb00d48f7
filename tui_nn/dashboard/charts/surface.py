"""The chart of the prediction over the plane of two inputs."""

from collections.abc import Sequence

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import ChartOfOneIteration
from tui_nn.dashboard.charts.plot import MARK, Axes, MarkedPoint, Plot, most_ticks_on, plot_of
from tui_nn.dashboard.view_model.view import View
from tui_nn.network import predict
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.formulas.worked_row import row_letter
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.notation.rulers import Ruler

_SHADES = " ░▒▓█"
_MOST_POINTS = 400


class Surface(ChartOfOneIteration):
    """The prediction over the plane of two inputs as shades, with the rows of the data on it."""

    name = "surface"
    number = 6
    help = "the prediction over the plane of two inputs"

    def title(self, view: View) -> str:
        """The prediction with its range of shades, and the two inputs."""
        low, high = self._range_of_shades(view)
        name, shades = view.notation.name("Y_hat"), _shades(view)
        across, up = (*view.state.document.dataset.x_names, "", "")[:2]
        arrows = "→↑" if view.notation.unicode else ">^"
        plane = f" over {across} {arrows[0]} and {up} {arrows[1]}"
        return f"{name} {rounded_text(low, 3)} [{shades}] {rounded_text(high, 3)}{plane}"

    @staticmethod
    def _range_of_shades(view: View) -> tuple[float, float]:
        """The range that the shades cover: that of y, so that a shade means the same in every iteration."""
        y = view.state.document.dataset.y[:, 0]
        return float(y.min()), float(y.max())

    def matrices_shown(self, view: View) -> frozenset[str]:  # noqa: ARG002
        return frozenset({"Y_hat"})

    def depends_on(self, view: View) -> tuple[object, ...]:
        return id(view.state.document.dataset), id(view.iteration_numbers), view.state.new_rows

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:  # noqa: ARG002
        """The axes, and in each cell the shade of the prediction there."""
        data, network = view.state.document.dataset, view.state.document.network
        if data.inputs != 2:
            return f"the plane needs two inputs,\nand there {'is' if data.inputs == 1 else 'are'} {data.inputs}"
        if not view.iteration_numbers:
            return "not computed yet"
        points = _points(view)
        with np.errstate(over="ignore"):
            margins = [margin or 1.0 for margin in np.ptp(points, axis=0) / 8]
            lows, highs = points.min(axis=0) - margins, points.max(axis=0) + margins
            if not np.isfinite(highs - lows).all():
                return "the rows are too far apart\nto stand on one plane"
        across = Ruler.linear(float(lows[0]), float(highs[0]))
        up = Ruler.linear(float(lows[1]), float(highs[1]), most_ticks_on(size.height))
        plot = plot_of(Axes(size, across, up), None)
        columns = [plot.x_at(plot.left + i) for i in range(plot.width)]
        lines = [plot.y_at(plot.top + i) for i in range(plot.height)]
        plane = np.array([(x, y) for y in lines for x in columns]) / data.x_divisors
        heights = data.in_units(predict(network, plane, view.iteration_numbers.computed.parameters))[:, 0].reshape(
            plot.height, plot.width
        )
        low, high = self._range_of_shades(view)
        shades = _shades(view)
        with np.errstate(invalid="ignore"):
            parts = np.nan_to_num(np.clip((heights - low) / ((high - low) or 1.0), 0.0, 1.0))
        levels = np.minimum((parts * len(shades)).astype(int), len(shades) - 1)
        shown = list(plot.lines)
        for i, row in enumerate(levels):
            shown[plot.top + i] = _with_shades(shown[plot.top + i], plot, "".join(shades[level] for level in row))
        return plot._replace(lines=shown)

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """The rows of the data, as their numbers if there are fewer than ten; over them the new rows, as letters."""
        data = view.state.document.dataset
        signs: Sequence[str] = [str(i + 1) for i in range(data.rows)] if data.rows < 10 else [MARK] * data.rows
        marks = [
            MarkedPoint(*plot.cell_of(float(x), float(y)), sign, "cursor")
            for (x, y), sign in list(zip(data.x, signs, strict=True))[:_MOST_POINTS]
        ]
        new_rows = view.state.new_rows_here.items()
        return [*marks, *(MarkedPoint(*plot.cell_of(*x), row_letter(number), "current") for number, x in new_rows)]


def _points(view: View) -> Array:
    """The inputs of the data's rows and of the new rows, shape (rows, 2)."""
    return np.vstack([view.state.document.dataset.x, *view.state.new_rows_here.values()])


def _shades(view: View) -> str:
    return _SHADES if view.notation.unicode else " .:*#"


def _with_shades(line: list[tuple[str, str]], plot: Plot, inside: str) -> list[tuple[str, str]]:
    text = "".join(part for part, _ in line)
    before, after = text[: plot.left], text[plot.left + plot.width :]
    return [(before, "faint"), (inside, "title"), (after, "faint")]
