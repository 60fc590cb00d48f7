"""Where the user is, as the commands know it, and what keys are there."""

from textual.widget import Widget

from tui_nn.dashboard.panes.check import CHECK, CheckPane
from tui_nn.dashboard.panes.data import DataPane
from tui_nn.dashboard.terminal.plain_paste import LEAST, is_table, is_word
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.matrix_board import Board
from tui_nn.dashboard.widgets.pane import Pane


def places_of(pane: Widget | None) -> list[str]:
    """The places whose commands apply while ``pane`` has the keys, the nearest first."""
    return list(pane.places) if isinstance(pane, Pane) else []


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
