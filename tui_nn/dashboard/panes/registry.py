"""All panes, found in the files of this folder, and their commands."""

import pkgutil
from importlib import import_module

from tui_nn.dashboard import panes
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.pane import Column, Pane


def _found() -> dict[str, type[Pane]]:
    modules = (import_module(f"{panes.__name__}.{module.name}") for module in pkgutil.iter_modules(panes.__path__))
    classes = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    found = [one for one in classes if issubclass(one, Pane) and "info" in vars(one)]
    return {pane.info.name: pane for pane in sorted(found, key=lambda one: one.info.tab)}


PANE_CLASSES = _found()
"""The class of each pane by its name, in the order in which Tab goes through the panes."""
STEP = next(iter(PANE_CLASSES))
"""The pane that the lesson begins in, and that Esc leads back to."""
PANE_COMMANDS: tuple[Command, ...] = tuple(
    dict.fromkeys(command for pane in PANE_CLASSES.values() for command in pane.commands)
)
"""The commands that apply in a pane, in the order of the panes."""


def panes_in(column: Column) -> list[type[Pane]]:
    """The panes of a column, from top to bottom."""
    return sorted((one for one in PANE_CLASSES.values() if one.info.column is column), key=lambda one: one.info.row)


PANES_OF = {
    command.where: tuple(pane.info.name for column in Column for pane in panes_in(column) if command in pane.commands)
    for command in PANE_COMMANDS
}
"""The panes in which the commands of a place apply. A command that is chosen elsewhere goes to the first of them."""
