"""Charts that are made of text and have no axes."""

from collections.abc import Iterable

from textual.geometry import Size

from tui_nn.dashboard.charts.plot import Axes, Plot
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.writing.notation.rulers import Ruler

_NO_RULER = Ruler(0.0, 1.0, [], [])


def plot_of_text(lines: Iterable[Line], size: Size) -> Plot:
    """Lines of text in the place of a chart."""
    shown = list(lines)[: size.height]
    return Plot(shown, Axes(size, _NO_RULER, _NO_RULER), 0, 0, size.width, size.height)
