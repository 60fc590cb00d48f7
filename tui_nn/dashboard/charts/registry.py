"""All charts, in the order of their numbers. Each is imported when it is first shown: few lessons show all of them."""

from functools import cached_property
from importlib import import_module
from string import ascii_lowercase

from tui_nn.dashboard import charts
from tui_nn.dashboard.charts.chart import Chart
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _

_LAST_DIGIT = 8


@frozen_dataclass
class KnownChart:
    """What is known of a chart before it is imported."""

    name: str
    """Its name in session files; `session.display_choices.CHARTS` lists it as well."""
    help: str
    """What it shows, in the words of the help and the palette."""
    made_by: str
    """Its class in this folder: ``module.Class``."""
    needs_check: bool = False
    """Whether it draws numbers of the gradient check; a thread may have to measure these first."""

    @cached_property
    def chart(self) -> Chart:
        """The chart itself."""
        module, name = self.made_by.split(".")
        made: Chart = getattr(import_module(f"{charts.__name__}.{module}"), name)()
        return made


CHARTS = {
    chart.name: chart
    for chart in (
        KnownChart("cost", _("the cost"), "cost.CostCurve"),
        KnownChart("log10 cost", _("the cost's logarithm"), "cost.LogarithmOfCost"),
        KnownChart("gradients", _("the size of each layer's gradient"), "gradients.Gradients"),
        KnownChart("weights", _("the path of each weight"), "weights.Weights"),
        KnownChart("predictions", _("predictions beside the truth, row by row"), "predictions.Predictions"),
        KnownChart("surface", _("predictions, classes or a unit over two inputs"), "surface.Surface"),
        KnownChart(
            "slope", _("J along the weight selected, and the next step"), "loss_slice.LossAlongWeight", needs_check=True
        ),
        KnownChart(
            "gradient check",
            _("the relative error against epsilon"),
            "relative_errors.RelativeErrors",
            needs_check=True,
        ),
        KnownChart("two weights", _("J over two weights, with the path of the run"), "cost_map.CostMap"),
        KnownChart("unit health", _("how z, a, δ and gradients spread; dead units"), "unit_health.UnitHealth"),
        KnownChart("hidden units", _("all hidden units side by side over two inputs"), "unit_tiles.UnitTiles"),
        KnownChart("rate test", _("the rate test: J against a rate that grows"), "rate_test.RateTestChart"),
    )
}
"""Each chart by its name; the key ``c`` goes through them in this order, and the keys 1 to 8 show the first eight."""


def letter_of(name: str) -> str:
    """The letter of a chart in the list that the key 9 opens; "" if the chart has a digit of its own."""
    number = _number(name) - _LAST_DIGIT
    return ascii_lowercase[number - 1] if number > 0 else ""


def key_of(name: str) -> str:
    """The digit whose key shows a chart; "" if it stands in the list."""
    return "" if letter_of(name) else str(_number(name))


def _number(name: str) -> int:
    return [*CHARTS].index(name) + 1
