"""All charts, found in the files of this folder."""

from tui_nn.dashboard import charts
from tui_nn.dashboard.charts.chart import Chart
from tui_nn.dashboard.widgets.folder_scan import subclasses_in

_IN_ORDER = sorted(subclasses_in(charts, Chart, "name"), key=lambda chart: chart.number)
CHARTS: dict[str, Chart] = {chart.name: chart() for chart in _IN_ORDER}
"""Each chart by its name, in the order of their numbers; the key ``c`` goes through them in this order."""
