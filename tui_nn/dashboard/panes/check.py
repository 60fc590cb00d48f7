"""The pane of the gradient check: the user chooses a weight, and guesses a mistake that was planted."""

from collections.abc import Iterator, Mapping

from textual import events
from textual.message import Message

from tui_nn.dashboard.panes.parts.check_lines import check_rows
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrices.matrix_pieces import BoardRow
from tui_nn.dashboard.widgets.pane import Area, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.network.checks.slope_measurement import SlopeMeasurement
from tui_nn.session.events import Selected

CHECK = _("In the gradient check")
_MOVES = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}


class CheckPane(MatrixBoard):
    """Shows the slope at a weight, measured with smaller and smaller ε; the arrows choose the weight."""

    info = PaneInfo(
        name="check",
        title=pgettext("pane", "Check"),
        heading=_("Gradient check"),
        hint=_("choose a weight with the arrows; M plants a mistake"),
        help=_("Slopes measured beside backpropagation's; M plants a mistake."),
        area=Area.MIDDLE,
        place=40,
        tab=110,
    )
    needs_check = True
    commands = (
        Command("", "", _("arrows"), _("weight"), _("Choose another weight to be checked"), CHECK),
        Command("", "enter", "Enter", _("say which mistake"), _("Say which mistake was planted"), CHECK),
        Command("", "", _("Home End"), "", _("The top and the bottom of what is longer than the pane"), CHECK),
    )

    class GuessAsked(Message):
        """The user pressed Enter to say which mistake was planted."""

    def __init__(self) -> None:
        super().__init__()
        self._mistake_shown: tuple[object, ...] = ()

    @property
    def can_set_weight(self) -> bool:
        """False: this pane shows slopes, which can't be set."""
        return False

    def part_of(self, view: View) -> object:
        """The checked weight, what is measured of its slope and of the gradient, and the planted mistake."""
        return (
            view.iteration_numbers,
            view.notation,
            view.state.document,
            view.iteration,
            view.checked_weight,
            view.hidden.matrices,
            (view.state.planted_mistake, view.state.guesses),
            # While the pane is out of sight, nothing is measured for it.
            self._measurements_of(view, view.check) if view.check and self.size else None,
        )

    @staticmethod
    def _measurements_of(view: View, check: SlopeMeasurement) -> object:
        place, mistaken = view.checked_place, view.mistaken_equations
        program = check.mistaken_pass(mistaken) if mistaken else None
        return (
            check.epsilon_sweep(place),
            check.measured_slope(place),
            check.whole_gradient(),
            id(program),
            check.is_too_large,
        )

    def show_view(self, view: View) -> None:
        """Shows the new view. The title says if a program with a mistake is checked as well."""
        beside_mistake = _("Gradient check beside a program with a mistake in it")
        self.set_title(beside_mistake if view.state.planted_mistake else self.info.heading)
        super().show_view(view)
        mistake = view.state.planted_mistake, view.state.guesses
        if mistake != self._mistake_shown:
            # The sentences about the mistake stand at the top.
            self._mistake_shown = mistake
            self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def scroll_to_step(self) -> None:
        """Stays where the user scrolled to: the table is the same at every step."""

    def has_effect(self, command: Command) -> bool:
        """False for Enter, unless a mistake is planted that nobody has found."""
        is_to_be_found = self.view and self.view.state.planted_mistake and not self.view.state.is_mistake_found
        return command.key != "enter" or command.where != CHECK or bool(is_to_be_found)

    def on_key(self, event: events.Key) -> None:
        """Arrows choose a weight, Home and End scroll to the top and the bottom, Enter guesses the mistake."""
        view = self.view
        if not view:
            return
        if event.key in _MOVES:
            name, row, column = neighbour(view.state.document.network.shapes, view.checked_place, *_MOVES[event.key])
            dispatch(self, Selected(name, row, column))
        elif event.key == "enter":
            self.post_message(self.GuessAsked())
        elif event.key in ("home", "end") and self.max_scroll_y:
            self.scroll_to(0, 0 if event.key == "home" else self.max_scroll_y, animate=False, force=True)
        else:
            return
        event.stop()
        event.prevent_default()

    def board_rows(self, view: View, room: int) -> Iterator[BoardRow]:
        return check_rows(view, room)


def neighbour(
    shapes: Mapping[str, tuple[int, int]], weight: tuple[str, int, int], down: int, across: int
) -> tuple[str, int, int]:
    """The next weight in a direction: beyond the end of a row, in the next row; beyond a matrix, in the next matrix."""
    names = list(shapes)
    name, row, column = weight
    rows, columns = shapes[name]
    row, column = row + down, column + across
    if not 1 <= column <= columns:
        row, column = row + across, 1 if across > 0 else columns
    if 1 <= row <= rows:
        return name, row, column
    next_matrix = names.index(name) + (1 if row > rows else -1)
    if not 0 <= next_matrix < len(names):
        return weight
    rows, columns = shapes[names[next_matrix]]
    row = 1 if row > shapes[name][0] else rows
    if across:
        column = 1 if across > 0 else columns
    return names[next_matrix], row, min(column, columns)
