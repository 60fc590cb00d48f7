"""What keys mean where the user is: which commands apply, and whether keys that came in one piece are a paste."""

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
    Command,
)
from tui_nn.dashboard.terminal.plain_paste import LEAST, is_table, is_word
from tui_nn.dashboard.widgets.editable_grid import EditableGrid


def places_of(pane: Widget | None) -> list[str]:
    """The places of `commands` whose commands apply while ``pane`` has the keys, the nearest first."""
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


def leaves(pane: Widget | None, key: str) -> bool:
    """Whether a key is a command while ``pane`` has the keys; some tables type it into a cell instead."""
    return not isinstance(pane, EditableGrid) or pane.leaves(key)


def is_shown(command: Command, pane: Widget | None, *, has_runs: bool) -> bool:
    """Whether the key line shows a command that applies while ``pane`` has the keys: whether it has an effect now."""
    if not leaves(pane, command.key):
        return False
    if command.action == "next_run":
        return has_runs
    if command.action == "set_weight":
        return isinstance(pane, Board) and pane.is_on_weight
    if isinstance(pane, CheckPane) and command.where == CHECK and command.key == "enter":
        return pane.is_to_be_found
    return True


def is_paste_for(pane: Widget | None, text: str) -> bool | None:
    """Whether keys that came in one piece are a paste for a pane that takes tables; None for any other pane."""
    if isinstance(pane, DataPane) and pane.may_type and (is_table(text) or is_word(text)):
        # In a cell that is being typed, the keys go on there, and fill the same cells as a paste would.
        return pane.typing is None
    is_block = isinstance(pane, Board) and pane.may_paste and is_table(text) and len(text) >= LEAST
    return True if is_block else None
