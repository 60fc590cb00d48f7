"""Where one is, as the commands know it."""

from textual.widget import Widget

from tui_nn.dashboard.charts.chart_pane import ChartPane
from tui_nn.dashboard.panes.check import CheckPane
from tui_nn.dashboard.panes.data import DataPane
from tui_nn.dashboard.panes.derive import DerivePane
from tui_nn.dashboard.panes.explain import ExplainPane
from tui_nn.dashboard.panes.matrices import Board
from tui_nn.dashboard.panes.quiz import QuizPane
from tui_nn.dashboard.panes.results import Results
from tui_nn.dashboard.screens.commands import (
    ANSWERING,
    CHART,
    CHECK,
    DATA,
    DERIVATION,
    EXPLANATION,
    GRID,
    MATRICES,
    QUIZ,
    RESULTS,
    TYPING,
)
from tui_nn.dashboard.widgets.editable_grid import EditableGrid


def places_of(pane: Widget | None) -> list[str]:
    """The places whose commands apply where ``pane`` has the keys, the nearest first."""
    match pane:
        case QuizPane() as quiz if quiz.typing:
            return [ANSWERING]
        case EditableGrid() as grid if grid.typing:
            return [TYPING]
        case DataPane():
            return [GRID, DATA]
        case QuizPane() as own:
            return [QUIZ] if own.may_type else []
        case Results() as own if own.has_new_rows:
            return [RESULTS]
        case EditableGrid():
            return [GRID]
        case CheckPane():
            return [CHECK]
        case Board():
            return [MATRICES]
        case ChartPane() as own if own.has_cursor:
            return [CHART]
        case ExplainPane():
            return [EXPLANATION]
        case DerivePane():
            return [DERIVATION]
    return []
