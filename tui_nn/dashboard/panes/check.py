"""The pane of the gradient check: the user chooses a weight, and guesses a mistake that was planted."""

from collections.abc import Iterator, Mapping

from textual import events
from textual.message import Message

from tui_nn.dashboard.panes.parts.check_lines import check_bands
from tui_nn.dashboard.view_model.slope_measurement import SlopeMeasurement
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.matrix_layout import Band
from tui_nn.dashboard.widgets.pane import Column, PaneInfo
from tui_nn.session.events import Selected

CHECK = "In the gradient check"
_MOVES = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}


class CheckPane(MatrixBoard):
    """Shows the slope at a weight, measured with smaller and smaller ε; the arrows choose the weight."""

    info = PaneInfo(
        name="check",
        title="Check",
        heading="Gradient check",
        hint="choose a weight with the arrows; M plants a mistake",
        help="Slopes measured beside backpropagation's; M plants a mistake.",
        column=Column.RIGHT,
        row=70,
        tab=80,
    )
    needs_check = True
    commands = (
        Command("", "", "arrows", "weight", "Choose another weight to be checked", CHECK),
        Command("", "enter", "Enter", "say which mistake", "Say which mistake was planted", CHECK),
        Command("", "", "Home End", "", "The top and the bottom of what is longer than the pane", CHECK),
    )

    class GuessAsked(Message):
        """Enter was pressed: which mistake is it?"""

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[object, ...] = ()

    @property
    def is_on_weight(self) -> bool:
        """False: this pane shows slopes, so a digit sets no weight."""
        return False

    def part_of(self, view: View) -> object:
        """The weight, what is measured of its slope and of the gradient, and the mistake planted."""
        return (
            view.figures,
            view.notation,
            view.state.document,
            view.iteration,
            view.weight,
            view.hidden.names,
            (view.state.planted_mistake, view.state.guesses),
            # While the pane is out of sight, nothing is measured for it.
            self._measured_of(view, view.check) if view.check and self.size else None,
        )

    @staticmethod
    def _measured_of(view: View, check: SlopeMeasurement) -> object:
        place, mistaken = view.weight_place, view.mistaken_equations
        program = check.program(mistaken) if mistaken else None
        return check.epsilon_sweep(place), check.measured(place), check.whole(), id(program), check.is_too_large

    def show_view(self, view: View) -> None:
        """Shows the new view; the title says whose program is checked as well."""
        of_mistake = " beside a program with a mistake in it" if view.state.planted_mistake else ""
        self.entitle(f"{self.info.heading}{of_mistake}")
        super().show_view(view)
        told = view.state.planted_mistake, view.state.guesses
        if told != self._told:
            # What is said of the mistake stands at the top.
            self._told = told
            self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def show_step(self) -> None:
        """Stays where the user scrolled to: the table is the same at every step."""

    @property
    def is_to_be_found(self) -> bool:
        """Whether a mistake is planted that nobody has found."""
        return bool(self.view and self.view.state.planted_mistake and not self.view.state.is_found)

    def has_effect(self, command: Command) -> bool:
        """Enter guesses a mistake, if one is planted that nobody has found."""
        return command.key != "enter" or command.where != CHECK or self.is_to_be_found

    def on_key(self, event: events.Key) -> None:
        """Arrows go from weight to weight, Home and End to what is out of sight; Enter guesses the mistake."""
        view = self.view
        if not view:
            return
        if event.key in _MOVES:
            name, row, column = beside(view.state.document.network.shapes, view.weight_place, *_MOVES[event.key])
            dispatch(self, Selected(name, row, column))
        elif event.key == "enter":
            self.post_message(self.GuessAsked())
        elif event.key in ("home", "end") and self.max_scroll_y:
            self.scroll_to(0, 0 if event.key == "home" else self.max_scroll_y, animate=False, force=True)
        else:
            return
        event.stop()
        event.prevent_default()

    def bands(self, view: View, room: int) -> Iterator[Band]:
        """The weight and its slope, the mistake planted, the table over ε, and the gradient's matrices."""
        return check_bands(view, room)


def beside(
    shapes: Mapping[str, tuple[int, int]], weight: tuple[str, int, int], down: int, across: int
) -> tuple[str, int, int]:
    """The weight one further on: past the end of a row in the next one, past a matrix's edge in the next matrix."""
    names = list(shapes)
    name, row, column = weight
    rows, columns = shapes[name]
    row, column = row + down, column + across
    if not 1 <= column <= columns:
        row, column = row + across, 1 if across > 0 else columns
    if 1 <= row <= rows:
        return name, row, column
    on = names.index(name) + (1 if row > rows else -1)
    if not 0 <= on < len(names):
        return weight
    rows, columns = shapes[names[on]]
    row = 1 if row > shapes[name][0] else rows
    if across:
        column = 1 if across > 0 else columns
    return names[on], row, min(column, columns)
