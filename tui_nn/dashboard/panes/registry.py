"""All panes, found in the files of this folder, and their commands."""

from tui_nn.dashboard import panes
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.folder_scan import subclasses_in
from tui_nn.dashboard.widgets.pane import Area, Pane

_IN_ORDER = sorted(subclasses_in(panes, Pane, "info"), key=lambda pane: pane.info.tab)
PANE_CLASSES: dict[str, type[Pane]] = {pane.info.name: pane for pane in _IN_ORDER}
"""The class of each pane by its name, in the order in which Tab goes through the panes."""
STEP = next(iter(PANE_CLASSES))
"""The name of the pane in which a lesson begins, and to which Esc leads back."""
PANE_COMMANDS: tuple[Command, ...] = tuple(
    dict.fromkeys(command for pane in PANE_CLASSES.values() for command in pane.commands)
)
"""The commands that apply in a pane, in the order of the panes."""


def panes_in(area: Area) -> list[type[Pane]]:
    """The panes of an area, in their order there."""
    return sorted((pane for pane in _IN_ORDER if pane.info.area is area), key=lambda pane: pane.info.place)


PANES_OF: dict[str, tuple[str, ...]] = {}
"""The names of the panes in which the commands of a place apply.

A command that the user chooses from elsewhere goes to the first of them.
"""
for _pane in (pane for area in Area for pane in panes_in(area)):
    for _place in dict.fromkeys(command.where for command in _pane.commands):
        PANES_OF[_place] = (*PANES_OF.get(_place, ()), _pane.info.name)
