"""The pane that explains a number: its formula, and the numbers that it was computed from."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message

from tui_nn.dashboard.panes.parts.explanation_lines import ChoiceLine, ExplanationLines
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.language import _, pgettext
from tui_nn.network.formulas.equations import kept_by_iteration_before
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.events import Event, Moved, Selected
from tui_nn.writing.formulas.cell_captions import is_set_by_hand

EXPLANATION = _("In the explanation")


class ExplainPane(Pane):
    """Explains the selected cell. The arrows choose a number in its formula, Enter explains that number."""

    info = PaneInfo(
        name="explain",
        title=pgettext("pane", "Explain"),
        hint=_("choose a number with the arrows; Enter explains that one"),
        help=_("How a number came to be; Enter explains one in it."),
        area=Area.TOP,
        place=40,
        tab=100,
    )
    commands = (
        Command(
            "", "", _("arrows"), _("choose"), _("Choose one of the cells that this one was made from"), EXPLANATION
        ),
        Command("", "enter", "Enter", _("explain"), _("Explain that one"), EXPLANATION),
        Command("", "", "Esc", "", _("Back to the cell before, or to the lesson"), EXPLANATION),
    )

    @classmethod
    def events_on_arrival(cls, view: View) -> tuple[Event, ...]:
        """Selects the first cell that the step computes, if no cell is selected: then there is something to explain."""
        return () if view.selected else (Selected(view.step_result, 1, 1),)

    @dataclass
    class Followed(Message):
        """The user pressed Enter, and goes on from ``cell``, explained at this iteration and step, to another cell."""

        cell: Selected
        iteration: int
        step: str

    class BackAsked(Message):
        """The user pressed Backspace, to go back to the cell explained before."""

    @dataclass
    class LedToData(Message):
        """The user pressed Enter on ``cell``, a number of the data."""

        cell: Selected

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ChoiceLine] = []
        self._drawn_from: tuple[object, ...] = ()
        self._cell: Cell | None = None
        self._number_chosen = 0
        self._choices: dict[Cell | None, int] = {}
        self._lines_of_choices: list[int] = []
        self._size_of_lines = Size(0, 0)
        self._shows_all = False

    def part_of(self, view: View) -> object:
        """The selected cell, the numbers that it is computed from, and its slope as far as it is measured."""
        cell = view.selected_cell
        if not cell:
            return None
        return (
            cell,
            view.iteration_numbers,
            view.notation,
            view.state.document,
            view.state.plan,
            view.iteration,
            view.hidden,
            (cell.name in view.reached_matrices, cell.name in view.visible_matrices),
            # While the pane is out of sight, nothing is measured for it.
            (view.selected_slope, view.measured_slope if view.selected_slope else None) if self.size else None,
        )

    def show_view(self, view: View) -> None:
        cell = view.selected_cell
        if cell != self._cell:
            self._cell, self._number_chosen, self._shows_all = cell, 0, False
        super().show_view(view)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows or hides which number Enter would explain."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """The arrows choose a number in the formula, Enter goes to it, Backspace goes back."""
        match event.key:
            case "left" | "up":
                self._choose(self._choice - 1)
            case "right" | "down":
                self._choose(self._choice + 1)
            case "enter":
                self._follow_choice()
            case "backspace":
                self.post_message(self.BackAsked())
            case _:
                return
        event.stop()
        event.prevent_default()

    def _choose(self, number: int) -> None:
        """Chooses a number, and scrolls to it; beyond the first or last one, to the first or last line."""
        self._number_chosen = number
        self.repaint()
        last = max(0, len(self._lines) - 1)
        y = 0 if number < 0 else last if number >= len(self._choices) else self._lines_of_choices[number]
        self.scroll_to_region(Region(0, y, 1, 1), animate=False, force=True)

    @property
    def _choice(self) -> int:
        """The number of the choice; there may be fewer choices now than when the user chose."""
        return min(max(0, self._number_chosen), max(0, len(self._choices) - 1))

    def _follow(self, view: View, cell: Cell, *events: Event) -> None:
        """Dispatches ``events``, which lead to another cell, and tells the app that the user came from ``cell``."""
        left = Selected(cell.name, cell.row, cell.column)
        self.post_message(self.Followed(left, view.iteration, view.step.name))
        dispatch(self, *events)

    def _follow_choice(self) -> None:
        view = self.view
        if not view or not self._cell:
            return
        if self._cell.name in view.state.document.network.shapes:
            self._go_to_update(view, self._cell)
        elif self._cell.name in kept_by_iteration_before(view.state.document.network):
            self._go_to_iteration_before(view, self._cell)
        elif self._choices:
            to = list(self._choices)[self._choice]
            if to is None:
                self._shows_all = True
                self.repaint()
            else:
                self._go_to_cell(view, to)

    def _go_to_update(self, view: View, cell: Cell) -> None:
        if view.iteration > 1 and not is_set_by_hand(cell, view.state.plan, view.iteration):
            update = Selected(f"{cell.name}_next", cell.row, cell.column)
            self._follow(view, cell, Moved(view.iteration - 1, "update"), update)

    def _go_to_iteration_before(self, view: View, cell: Cell) -> None:
        """Goes to where the iteration before computed a number that the optimizer kept."""
        name = kept_by_iteration_before(view.state.document.network)[cell.name]
        if view.iteration > 1:
            step = next(one.step for one in view.equations if one.name == name)
            self._follow(view, cell, Moved(view.iteration - 1, step.name), Selected(name, cell.row, cell.column))

    def _go_to_cell(self, view: View, to: Cell) -> None:
        selected = Selected(to.name, to.row, to.column)
        if to.name in ("x", "y"):
            self.post_message(self.LedToData(selected))
        elif self._cell:
            self._follow(view, self._cell, selected)

    def surface(self, room: int) -> Size:
        drawn_from = self._part_shown, room, self.size.height, self._shows_all
        if drawn_from != self._drawn_from:
            self._drawn_from = drawn_from
            self._lines, self._choices = [], {}
            if self.view and room:
                explained = ExplanationLines(self.view, self._cell, room, self.size.height, shows_all=self._shows_all)
                self._lines, self._choices = explained.lines, explained.choices
            self._lines_of_choices = [
                y for y, line in enumerate(self._lines) for _text, _style, number in line if number is not None
            ]
            width = max((sum(cell_len(text) for text, _style, _choice in line) for line in self._lines), default=0)
            self._size_of_lines = Size(width, len(self._lines))
        return self._size_of_lines

    def line(self, y: int) -> Line:
        if y >= len(self._lines):
            return []
        chosen = self._choice if self.has_focus else None
        return [
            (text, "cursor" if number is not None and number == chosen else style)
            for text, style, number in self._lines[y]
        ]
