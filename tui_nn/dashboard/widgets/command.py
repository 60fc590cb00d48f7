"""A command: what the user can do, with which keys, and where it applies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from textual.binding import Binding, BindingType

_ARROWS = {"→": "Right", "←": "Left", "↓": "Down", "↑": "Up"}


@dataclass(frozen=True)
class Command:
    """One thing that the user can do.

    ``keys`` are Textual's names of its keys; ``shown`` is what the screen calls the key. ``short`` is its text in the
    key line, which leaves out commands without one; ``help`` is its text in the help. ``where`` names the place in
    which the command applies; the help lists the commands of a place below that name. ``action`` is the name of an
    action: of the pane for a command of a pane, of the screen for one between panes, else of a feature. A command
    without an action is a key that a pane handles itself; it stands in the table for the help. Viewers do not have a
    command that ``edits``; a command that ``asks`` opens a dialog.
    """

    action: str
    keys: str
    shown: str
    short: str
    help: str
    where: str
    edits: bool = False
    asks: bool = False

    @property
    def key(self) -> str:
        """The first of its keys."""
        return self.keys.split(",")[0]

    def named(self, *, unicode: bool) -> str:
        """What the screen calls its key; if the terminal has no signs for arrows, their names."""
        return self.shown if unicode else "/".join(_ARROWS.get(key, key) for key in self.shown.split())

    @property
    def is_a_choice(self) -> bool:
        """Whether the user can run it by choosing its name; false for arrows and numbers, which mean several things."""
        return bool(self.action or self.keys)


def bindings(
    commands: Iterable[Command], action_of: Callable[[Command], str] = attrgetter("action")
) -> list[BindingType]:
    """The key bindings of ``commands``, without those whose keys a pane handles by itself."""
    return [
        # With priority, the user can redraw a spoilt screen while a dialog is open as well.
        Binding(command.keys, action_of(command), command.help, show=False, priority=command.action == "redraw")
        for command in commands
        if command.action and command.keys
    ]
