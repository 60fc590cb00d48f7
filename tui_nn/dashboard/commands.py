"""Every command once: its keys, what it says in the key line and in the help, and where it applies.

The bindings, the key line, the help and the palette are made from this table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType

EVERYWHERE = "Everywhere"
PANES = "Between panes"
MOVING = "Walking through the lesson"
DATA = "In the data"
GRID = "In a table"


@dataclass(frozen=True)
class Command:
    """One thing that can be done. ``keys`` are Textual's names; ``shown`` is what the key is called on the screen.

    ``short`` stands in the key line, which has no room for a command without one. A command without an action is a key
    that a table takes by itself; it is here for the help.
    """

    action: str
    keys: str
    shown: str
    short: str
    help: str
    where: str

    @property
    def key(self) -> str:
        """The first of its keys."""
        return self.keys.split(",")[0]


_ASKING = frozenset({"go_to", "open", "save", "quit"})

COMMANDS: tuple[Command, ...] = (
    Command("next_step", "right,pagedown,n", "→", "next step", "Next step of the iteration (also PgDn, n)", MOVING),
    Command("previous_step", "left,pageup,p", "←", "step back", "Step back (also PgUp, p)", MOVING),
    Command("next_iteration", "down,full_stop", "↓", "next iteration", "Next iteration (also .)", MOVING),
    Command("previous_iteration", "up,comma", "↑", "iteration back", "Iteration back (also ,)", MOVING),
    Command("go_to", "g", "g", "go to", "Go to an iteration, or to a step of it", MOVING),
    Command("play", "space", "space", "play", "Play and pause, an iteration at a time", MOVING),
    Command("faster", "plus,equals_sign", "+", "", "Play faster", MOVING),
    Command("slower", "minus", "-", "", "Play slower", MOVING),
    Command("first", "home", "Home", "", "The first step of the first iteration", MOVING),
    Command("last", "end", "End", "", "The last step of the last iteration", MOVING),
    Command("chart", "c", "c", "chart", "The cost's axis: linear or logarithmic", EVERYWHERE),
    Command("next_pane", "tab", "Tab", "next pane", "Next pane (shift+Tab: the one before)", PANES),
    Command("previous_pane", "shift+tab", "shift+Tab", "", "The pane before", PANES),
    Command("leave_pane", "escape", "Esc", "", "Leave the pane: the arrows walk through the lesson again", PANES),
    Command("undo", "u", "u", "undo", "Undo the last edit", EVERYWHERE),
    Command("redo", "U", "U", "", "Redo the edit undone last", EVERYWHERE),
    Command("open", "o", "o", "open", "Open another lesson or file", EVERYWHERE),
    Command("save", "s", "s", "save", "Save the lesson to a file", EVERYWHERE),
    Command("quit", "q", "q", "quit", "Quit", EVERYWHERE),
    Command("command_palette", "ctrl+p", "ctrl+p", "", "Find a command, a lesson or a theme by its name", EVERYWHERE),
    Command("add_row", "a", "a", "add row", "Add a row below, equal to this one until you edit it", DATA),
    Command("remove_row", "d", "d", "delete row", "Delete this row", DATA),
    Command("add_column", "A", "A", "add column", "Add a column of ones to the right", DATA),
    Command("remove_column", "D", "D", "delete column", "Delete this column", DATA),
    Command("", "", "arrows", "", "Move the cursor; left and right turn a choice", GRID),
    Command(
        "", "enter", "Enter", "edit", "Edit the cell or name, or take the next choice; then keep what is typed", GRID
    ),
    Command("", "", "0-9", "", "Type a new number: 75, -0.5, 0,5, 1e-3, 1/3", GRID),
    Command("", "", "Esc", "", "Leave the cell as it was", GRID),
    Command("help", "question_mark,f1", "?", "help", "All keys", EVERYWHERE),
)


def bindings_of(*places: str) -> list[BindingType]:
    """The bindings of the commands that apply in ``places``."""
    return [
        Binding(
            command.keys,
            command.action,
            command.help,
            show=False,
        )
        for command in COMMANDS
        if command.action and command.where in places
    ]


def asking_bindings() -> list[BindingType]:
    """Bindings ahead of all others for the commands that open a dialog."""
    return [
        Binding(command.keys, f"ask_now('{command.action}')", show=False, priority=True)
        for command in COMMANDS
        if command.action in _ASKING
    ]


def key_line(places: Sequence[str]) -> list[Command]:
    """The commands that the key line shows where ``places`` apply, those of the place itself first."""
    shown = [command for place in places for command in COMMANDS if command.where == place and command.short]
    return [command for command in shown if command.action != "help"] + [c for c in COMMANDS if c.action == "help"]
