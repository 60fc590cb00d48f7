"""All charts, found in the files of this folder."""

from string import ascii_lowercase

from tui_nn.dashboard import charts
from tui_nn.dashboard.charts.chart import Chart
from tui_nn.dashboard.widgets.folder_scan import subclasses_in

_IN_ORDER = sorted(subclasses_in(charts, Chart, "name"), key=lambda chart: chart.number)
CHARTS: dict[str, Chart] = {chart.name: chart() for chart in _IN_ORDER}
"""Each chart by its name, in the order of their numbers; the key ``c`` goes through them in this order."""
_LAST_DIGIT = 8


def letter_of(name: str) -> str:
    """The letter of a chart in the list that the key 9 opens; "" if the chart has a digit of its own."""
    number = CHARTS[name].number - _LAST_DIGIT
    return ascii_lowercase[number - 1] if number > 0 else ""


def key_of(name: str) -> str:
    """The digit whose key shows a chart; "" if it stands in the list."""
    return "" if letter_of(name) else str(CHARTS[name].number)
