"""Which commands apply while a widget has the keys, and which keys it takes for itself."""

from textual.widget import Widget

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.pane import Pane


def places_of(pane: Widget | None) -> list[str]:
    """The places whose commands apply while ``pane`` has the keys, the nearest first."""
    return list(pane.places) if isinstance(pane, Pane) else []


def is_command_key(pane: Widget | None, key: str) -> bool:
    """Whether a key is a command while ``pane`` has the keys; some tables type it into a cell instead."""
    return not isinstance(pane, EditableGrid) or pane.is_command_key(key)


def has_effect(command: Command, pane: Widget | None, view: View) -> bool:
    """Whether the key of a command does something while ``pane`` has the keys."""
    if not is_command_key(pane, command.key) or not command.has_effect(view):
        return False
    if command.action == "leave_pane" and (pane is None or view.is_viewer):
        return False
    if command.key.isdigit() and isinstance(pane, EditableGrid) and pane.may_type:
        # There, digits are typed.
        return False
    return not isinstance(pane, Pane) or pane.has_effect(command)


def is_paste_for(pane: Widget | None, text: str) -> bool | None:
    """Whether keys that came in one piece are a paste for ``pane``; None if it does not know better than the app."""
    return pane.is_paste(text) if isinstance(pane, Pane) else None
