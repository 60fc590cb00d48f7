"""The chart of how large each layer's gradient is."""

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import (
    NOT_COMPUTED,
    NOT_REACHED,
    Chart,
    charted_part,
    iterations_across,
    logarithms,
    pass_at,
)
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, lines_of_curves, plot_of, styles_of_others
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _
from tui_nn.network.training.run_series import RunSeries, gradient_size
from tui_nn.writing.notation.number_format import group_digits, rounded_text
from tui_nn.writing.notation.rulers import Ruler


class Gradients(Chart):
    """The size of each layer's gradient, on a logarithmic axis. A layer whose gradient vanishes learns nothing."""

    name = "gradients"
    needs_run_series = True

    def title(self, view: View) -> str:
        """The matrix whose curve is emphasised."""
        shown, *others = self._matrices_selected_first(view)
        name = view.notation.name(f"dJd{shown}")
        return _("Size of {name} and others", name=name) if others else _("Size of {name}", name=name)

    @staticmethod
    def _matrices_selected_first(view: View) -> list[str]:
        """The names of the network's parameters, beginning with the one of the selected cell."""
        names = list(view.state.document.network.shapes)
        first = view.selected_weight.name if view.selected_weight else ""
        return sorted(names, key=lambda name: name != first)

    def depends_on(self, view: View) -> tuple[object, ...]:
        return view.iterations_charted, view.last_iteration, id(view.run), self._matrices_selected_first(view)[0]

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:
        """One curve for each matrix, with its name at its end."""
        if not run_series:
            return NOT_COMPUTED
        run_series = charted_part(view, run_series)
        every_name = list(view.state.document.network.shapes)
        heights = {name: logarithms(run_series.gradient_sizes[:, i]) for i, name in enumerate(every_name)}
        finite = np.concatenate([values[np.isfinite(values)] for values in heights.values()])
        if not run_series.iterations.size:
            return NOT_REACHED
        if not finite.size:
            return _("every gradient is 0:\nit has no logarithm")
        shown, *others = self._matrices_selected_first(view)
        up = Ruler.powers(finite, lines_of_curves(size), superscripts=view.notation.all_signs)
        axes = Axes(size, iterations_across(view, size.width), up)
        xs, names = run_series.iterations, {name: view.notation.name(f"dJd{name}") for name in every_name}
        curves = [
            Curve(xs, heights[name], *styles, names[name])
            for name, styles in zip(others, styles_of_others(len(others)), strict=True)
        ]
        return plot_of(axes, Curve(xs, heights[shown], "curve", "coming", names[shown]), curves)

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
        if size is None:
            return ""
        number, written = group_digits(iteration), rounded_text(size)
        return _("{name} of iteration {number}: {value}", name=name, number=number, value=written)
