"""The chart of the health of the units: histograms of their numbers, the saturated and the dead, how weights move."""

from collections.abc import Iterator

import numpy as np
from textual.geometry import Size

from tui_nn.dashboard.charts.chart import NOT_COMPUTED, ChartOfOneIteration
from tui_nn.dashboard.charts.plot import MarkedPoint, Plot
from tui_nn.dashboard.charts.text_chart import plot_of_text
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.language import _
from tui_nn.network.checks.unit_health import histogram, layer_health, relative_update
from tui_nn.network.formulas.diagram import matrices_at
from tui_nn.network.training.run_series import RunSeries
from tui_nn.writing.notation.number_format import rounded_text
from tui_nn.writing.sentences.health_sentences import health_sentence

_BARS, _ASCII_BARS = " ▁▂▃▄▅▆▇", " .:-=+*#"
"""Without the full block: the bars of one line do not touch the line above."""
_LEAST_HIGHEST = 3
"""Bars that count less than this never reach the top, so that one number alone does not look like many."""
_NUMBER = 9
_NAME = 10
_FEWEST_BINS, _MOST_BINS = 8, 20
_SPREAD = 16
"""The columns of the standard deviation, where there is room for it."""
_DIGITS = 3
_IN_ORDER_OF_WORTH = ("words", "gradient", "z", "a", "delta", "update")
"""Of a deep network, that its gradient vanishes or explodes is seen first."""
_IN_ORDER = ("z", "a", "delta", "gradient", "update", "words")


class UnitHealth(ChartOfOneIteration):
    """For each layer the spread of z, a, δ and of the gradient of its weights, and what is wrong with its units."""

    name = "unit health"

    def title(self, view: View) -> str:  # noqa: ARG002
        return _("Health of the units: least, how many, greatest")

    def depends_on(self, view: View) -> tuple[object, ...]:
        return id(view.iteration_numbers), view.visible_matrices

    def draw(self, view: View, size: Size, run_series: RunSeries | None) -> Plot | str:  # noqa: ARG002
        """The lines of all layers; of many layers, fewer lines each. What is not computed yet is a dot."""
        if not view.iteration_numbers:
            return NOT_COMPUTED
        layers = range(2, len(view.state.document.network.layers) + 1)
        most = size.height // len(layers)
        kinds = set(_IN_ORDER_OF_WORTH[: max(1, most)])
        is_airy = size.height >= len(layers) * (len(kinds) + 1) - 1
        lines: list[Line] = []
        for layer in layers:
            if is_airy and lines:
                lines.append([])
            lines += self._lines_of(view, layer, size.width, kinds)
        if len(lines) > size.height:
            left_out = len(lines) - size.height + 1
            lines[size.height - 1 :] = [[(_("and {lines} layers more", lines=left_out), "faint")]]
        return plot_of_text(lines, size)

    def _lines_of(self, view: View, layer: int, width: int, kinds: set[str]) -> Iterator[Line]:
        named = matrices_at(view.state.document.network, layer)
        weights = f"W{layer - 1}"
        matrices = {
            "z": named["z"],
            "a": named.get("a") or named["y_hat"],
            "delta": named["delta"],
            "gradient": f"dJd{weights}",
        }
        for kind in (kind for kind in _IN_ORDER if kind in kinds):
            if kind == "words":
                yield self._words(view, layer, matrices["z"], matrices["a"])
            elif kind == "update":
                yield self._update(view, weights)
            else:
                yield self._histogram(view, matrices[kind], width)

    @staticmethod
    def _histogram(view: View, name: str, width: int) -> Line:
        """The least number, the bars of a histogram, and the greatest number."""
        label = f"{view.notation.name(name):<{_NAME}}"
        if name not in view.visible_matrices or not view.iteration_numbers:
            return [(label, "label"), ("·" if view.notation.unicode else ".", "pending")]
        has_spread = width >= _NAME + 2 * (_NUMBER + 1) + _MOST_BINS + _SPREAD
        room = width - _NAME - 2 * (_NUMBER + 1) - (_SPREAD if has_spread else 0)
        values = view.iteration_numbers.computed[name]
        found = histogram(values, min(max(_FEWEST_BINS, room), _MOST_BINS))
        if found is None:
            return [(label, "label"), (_("it overflows"), "error")]
        bars, most = _BARS if view.notation.unicode else _ASCII_BARS, max(_LEAST_HIGHEST, *found.counts)
        drawn = "".join(bars[-(-count * (len(bars) - 1) // most)] for count in found.counts)
        low, high = (rounded_text(end, _DIGITS).replace("-", view.notation.minus) for end in (found.low, found.high))
        line = [(label, "label"), (f"{low:>{_NUMBER}} ", ""), (drawn, "curve"), (f" {high:<{_NUMBER}}", "")]
        if has_spread:
            finite = values[np.isfinite(values)]
            with np.errstate(all="ignore"):
                sd = rounded_text(float(finite.std()), _DIGITS)
            line.append((_("  sd {sd}", sd=sd), "faint"))
        return line

    @staticmethod
    def _words(view: View, layer: int, z: str, outputs: str) -> Line:
        """Which units are saturated or dead."""
        if not {z, outputs} <= view.visible_matrices or not view.iteration_numbers:
            return []
        units = view.state.document.network.layers[layer - 1]
        says, is_warning = health_sentence(layer_health(view.iteration_numbers.computed, layer), units)
        mark = ("▲" if view.notation.unicode else "!") + " " if is_warning else ""
        return [(f"{'':<{_NAME}}{mark}{says}", "error" if is_warning else "faint")]

    @staticmethod
    def _update(view: View, weights: str) -> Line:
        """How far the update moves the weights, in parts of their own size."""
        name, delta = view.notation.name(weights), "Δ" if view.notation.unicode else "d"
        bar = "‖" if view.notation.unicode else "|"
        label = f"{'':<{_NAME}}{bar}{delta}{name}{bar}/{bar}{name}{bar} "
        known = {weights, f"{weights}_next"} <= view.visible_matrices and view.iteration_numbers
        if not known or not view.iteration_numbers:
            return [(label, "faint"), ("·" if view.notation.unicode else ".", "pending")]
        return [
            (label, "faint"),
            (rounded_text(relative_update(view.iteration_numbers.computed, weights), _DIGITS), ""),
        ]

    def marks(self, view: View, plot: Plot) -> list[MarkedPoint]:  # noqa: ARG002
        return []
