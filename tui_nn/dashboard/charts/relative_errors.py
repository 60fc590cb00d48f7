"""The chart of the gradient check's relative error against ε."""

from collections.abc import Callable, Sequence

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import (
    ALWAYS_IN_A_THREAD,
    NOT_COMPUTED,
    ChartOfOneIteration,
    Computation,
    logarithms,
)
from tui_nn.dashboard.charts.marks import MarkedPoint, Shape
from tui_nn.dashboard.charts.plot import Axes, Curve, Plot, lines_of_curves, plot_of
from tui_nn.dashboard.view_model.view import View
from tui_nn.language import _, pgettext
from tui_nn.network import EPSILONS, GradientCheck, Slope, SlopeVerdict
from tui_nn.network.model.array import Array
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.formulas.cell_formula import cell_name
from tui_nn.writing.notation.rulers import Ruler
from tui_nn.writing.sentences.verdict_sentences import verdict_words

_MEASURING = _("being measured")


class RelativeErrors(ChartOfOneIteration):
    """The relative error of the gradient check against ε, both as powers of ten."""

    name = "gradient check"

    def title(self, view: View) -> str:
        """The name of the weight, with the names of the two curves, or with the verdict if the slopes do not agree."""
        name, notation = cell_name(view.checked_weight, view.notation), view.notation
        verdict = view.measured_slope.verdict() if view.measured_slope else SlopeVerdict.AGREE
        if verdict is not SlopeVerdict.AGREE:
            return _("Error, {name} {verdict}", name=name, verdict=verdict_words(verdict, notation))
        return _("Error over {epsilon}: {name}", epsilon=notation.epsilon, name=name)

    def depends_on(self, view: View) -> tuple[object, ...]:
        check = view.check
        if not check:
            return (None,)
        is_slow = not check.is_whole_gradient_quick
        is_measured = not is_slow or (
            check.epsilon_sweep(view.checked_place) is not None and view.measured_slope is not None
        )
        return id(check), view.checked_place, is_measured, is_slow and check.is_whole_gradient_known

    def computation(self, view: View, size: Size, run_series: RunSeries | None) -> Computation | None:  # noqa: ARG002
        """The measurements that `SlopeMeasurement` would make at once: there are too many for every key."""
        check, place = view.check, view.checked_place
        if check is None or check.is_whole_gradient_known or not check.is_whole_gradient_quick:
            return None

        def compute(pause: Callable[[], None]) -> None:
            def go_on() -> bool:
                pause()
                return False

            check.epsilon_sweep(place)
            check.check_whole_gradient(go_on)

        return Computation(("relative errors", place), ALWAYS_IN_A_THREAD, compute)

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:  # noqa: ARG002
        """The curve of the weight over the curve of the whole gradient, with a gap for an error of 0 or infinity."""
        slopes = view.check.epsilon_sweep(view.checked_place) if view.check else None
        if view.check is None or slopes is None:
            return _MEASURING if view.check else NOT_COMPUTED
        powers = logarithms(np.array(EPSILONS))[::-1]
        curve = Curve(powers, _log_errors(slopes))
        whole_gradient = view.check.whole_gradient()
        others = (
            [Curve(powers, _log_errors(whole_gradient), "other", name=pgettext("name of a curve", "all"))]
            if whole_gradient
            else []
        )
        finite = np.concatenate([curve.finite, *(other.finite for other in others)])
        if not finite.size:
            return _("every relative error is 0 or infinite:\nit has no logarithm")
        superscripts = view.notation.all_signs
        across = Ruler.powers_across(powers, max(2, size.width // 10), superscripts=superscripts)
        axes = Axes(size, across, Ruler.powers(finite, lines_of_curves(size), superscripts=superscripts))
        return plot_of(axes, curve, others)

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:
        """A mark at the ε with the least error of the weight."""
        slopes = view.check.epsilon_sweep(view.checked_place) if view.check else None
        if not slopes:
            return []
        errors = _log_errors(slopes)
        if not np.isfinite(errors).any():
            return []
        best = int(np.nanargmin(errors))
        power = float(logarithms(np.array(EPSILONS))[::-1][best])
        return plot.marks_at(power, float(errors[best]), Shape.SQUARE, "mark", view.notation.signs)


def _log_errors(checks: Sequence[Slope | GradientCheck]) -> Array:
    """The logarithms of the relative errors, from the smallest ε on; NaN for an error of 0 or infinity."""
    heights = logarithms(np.array([one.relative_error for one in checks])[::-1])
    return np.where(np.isfinite(heights), heights, np.nan)
