"""The chart of the path of each weight."""

from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_COMPUTED, NOT_REACHED, Chart, charted_part, iterations_across, pass_at
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.rulers import Ruler

_MOST_CURVES = 40


class Weights(Chart):
    """The path of each weight over the iterations, with the selected weight's on top."""

    name = "weights"
    needs_run_series = True

    def title(self, view: View) -> str:
        return _("Path of {name} and others", name=cell_name(self._weight_shown(view), view.notation))

    @staticmethod
    def _weight_shown(view: View) -> Cell:
        return view.selected_weight or Cell(next(iter(view.state.document.network.shapes)), 1, 1)

    def depends_on(self, view: View) -> tuple[object, ...]:
        return view.iterations_charted, view.last_iteration, id(view.run), self._weight_shown(view)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """One curve for each weight; if there are very many weights, for the first ones."""
        if not run_series:
            return NOT_COMPUTED
        run_series = charted_part(view, run_series)
        if not run_series.iterations.size:
            return NOT_REACHED
        weight, shown = self._weight_shown(view), 0
        for name, (rows, columns) in view.state.document.network.shapes.items():
            if name == weight.name:
                shown += (weight.row - 1) * columns + weight.column - 1
                break
            shown += rows * columns
        others = [i for i in range(run_series.parameters.shape[1]) if i != shown][:_MOST_CURVES]
        every = run_series.parameters[:, [shown, *others]]
        up = Ruler.upright(float(every.min()), float(every.max()), lines_of_curves(size))
        axes = Axes(size, iterations_across(view, size.width), up)
        xs, name = run_series.iterations, cell_name(weight, view.notation)
        curve = Curve(xs, run_series.parameters[:, shown], "curve", "coming", name)
        return plot_of(axes, curve, [Curve(xs, run_series.parameters[:, i], "faint") for i in others])

    def matrices_shown(self, view: View) -> frozenset[str]:
        return frozenset({self._weight_shown(view).name})

    def height(self, view: View, iteration: int) -> float | None:
        """The weight with which the iteration begins."""
        computed = pass_at(view, iteration)
        return self._weight_shown(view).value(computed.matrices) if computed else None

    def sentence_at(self, view: View, iteration: int) -> str:
        height = self.height(view, iteration)
        name = cell_name(self._weight_shown(view), view.notation)
        if height is None:
            return ""
        number, written = group_digits(iteration), rounded_text(height)
        return _("{name} of iteration {number}: {value}", name=name, number=number, value=written)
