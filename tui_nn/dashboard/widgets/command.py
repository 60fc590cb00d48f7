"""A command: what the user can do, with which keys, and where it applies."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from textual.binding import Binding, BindingType

from tui_nn.dashboard.view_model.view import View
from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session.events import Edit, Event

_ARROWS = {"→": _("Right"), "←": _("Left"), "↓": _("Down"), "↑": _("Up")}


@frozen_dataclass
class Command:
    """One thing that the user can do.

    ``keys`` are Textual's names of its keys; ``shown`` is what the screen calls the key. ``short`` is its text in the
    key line, which leaves out commands without one; ``help`` is its text in the help. ``where`` names the place in
    which the command applies; the help lists the commands of a place below that name. ``action`` is the name of an
    action: of the pane for a command of a pane, of the screen for one between panes, else of a feature. A command
    without an action is a key that a pane handles itself; it stands in the table for the help. A command that ``asks``
    opens a dialog. ``makes`` are the classes of the events that it may make, which decide whether a viewer has it.
    Where it can do nothing, ``has_effect`` is false.
    """

    action: str
    keys: str
    shown: str
    short: str
    help: str
    where: str
    asks: bool = False
    makes: tuple[type[Event], ...] = ()
    has_effect: Callable[[View], bool] = lambda _view: True

    @property
    def key(self) -> str:
        """The first of its keys."""
        return self.keys.split(",")[0]

    def named(self, *, unicode: bool) -> str:
        """What the screen calls its key; if the terminal has no signs for arrows, their names."""
        return self.shown if unicode else "/".join(_ARROWS.get(key, key) for key in self.shown.split())

    @property
    def edits(self) -> bool:
        """Whether it changes the run."""
        return any(issubclass(kind, Edit) for kind in self.makes)

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
