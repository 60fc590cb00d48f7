"""All charts, found in the files of this folder."""

import pkgutil
from importlib import import_module

from tui_nn.dashboard import charts
from tui_nn.dashboard.charts.chart import Chart


def _found() -> dict[str, Chart]:
    modules = (import_module(f"{charts.__name__}.{module.name}") for module in pkgutil.iter_modules(charts.__path__))
    classes = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    found = [one() for one in classes if issubclass(one, Chart) and "name" in vars(one)]
    return {chart.name: chart for chart in sorted(found, key=lambda one: one.number)}


CHARTS = _found()
"""Each chart by its name, in the order of their numbers: in this order ``c`` goes through them."""
