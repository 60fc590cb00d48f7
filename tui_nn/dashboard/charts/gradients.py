"""The chart of how large each layer's gradient is."""

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import Chart, logarithms, pass_at
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, curve_letters, most_ticks_on, plot_of
from tui_nn.dashboard.view_model.view import View
from tui_nn.network.training.run_series import RunSeries, gradient_size
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.rulers import Ruler


class Gradients(Chart):
    """The size of each layer's gradient, on a logarithmic axis. A layer whose gradient vanishes learns nothing."""

    name = "gradients"
    number = 3
    help = "the size of each layer's gradient"
    needs_run_series = True

    def title(self, view: View) -> str:
        """The matrix whose curve is emphasised, and the label of each other curve."""
        shown, *others = self._matrices_selected_first(view)
        signs = zip(curve_letters(_curve_labels(others)), others, strict=True)
        beside = ", ".join(f"{sign}: {view.notation.name(f'dJd{name}')}" for sign, name in signs)
        return f"Size of {view.notation.name(f'dJd{shown}')}{'; ' + beside if beside else ''}"

    @staticmethod
    def _matrices_selected_first(view: View) -> list[str]:
        """The names of the network's parameters, beginning with the one of the selected cell."""
        names = list(view.state.document.network.shapes)
        cell = view.selected_cell
        first = cell.name.removeprefix("dJd").removesuffix("_next") if cell else ""
        return sorted(names, key=lambda name: name != first)

    def depends_on(self, view: View) -> tuple[object, ...]:
        return view.iterations_charted, view.last_iteration, id(view.run), self._matrices_selected_first(view)[0]

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """One curve for each matrix; all but the first carry the number of their layer as a label."""
        if not run_series:
            return "not computed yet"
        run_series = run_series.up_to(view.iterations_charted)
        every_name = list(view.state.document.network.shapes)
        heights = {name: logarithms(run_series.gradient_sizes[:, i]) for i, name in enumerate(every_name)}
        finite = np.concatenate([values[np.isfinite(values)] for values in heights.values()])
        if not finite.size:
            return "every gradient is 0:\nit has no logarithm"
        shown, *others = self._matrices_selected_first(view)
        axes = Axes(
            size,
            Ruler.iterations(view.last_iteration, size.width),
            Ruler.powers(finite, most_ticks_on(size.height), unicode=view.notation.unicode),
        )
        curves = [Curve(run_series.iterations, heights[name]) for name in others]
        return plot_of(axes, Curve(run_series.iterations, heights[shown]), curves, _curve_labels(others))

    def _size_at(self, view: View, iteration: int) -> float | None:
        computed = pass_at(view, iteration)
        return gradient_size(computed[f"dJd{self._matrices_selected_first(view)[0]}"]) if computed else None

    def matrices_shown(self, view: View) -> frozenset[str]:
        return frozenset({f"dJd{self._matrices_selected_first(view)[0]}"})

    def height(self, view: View, iteration: int) -> float | None:
        size = self._size_at(view, iteration)
        return None if size is None else float(logarithms(np.array([size]))[0])

    def sentence_at(self, view: View, iteration: int) -> str:
        size = self._size_at(view, iteration)
        name = view.notation.name(f"dJd{self._matrices_selected_first(view)[0]}")
        return f"{name} of iteration {group_digits(iteration)}: {rounded_text(size)}" if size is not None else ""


def _curve_labels(names: list[str]) -> list[str]:
    """The text on the curve of each matrix: ``2W`` for W2, so that its first letter is the number of the layer."""
    return [name[1:] + name[0] for name in names]
