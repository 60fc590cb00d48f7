"""The pane that explains a number: its formula, and the numbers that it was computed from."""

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message

from tui_nn.dashboard.panes.parts.explanation_lines import ChoiceLine, ExplanationLines
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.dispatch import dispatch
from tui_nn.dashboard.widgets.pane import Column, Pane, PaneInfo
from tui_nn.network.formulas.scalar_expression import Cell
from tui_nn.session.events import Event, Moved, Selected
from tui_nn.writing.formulas.cell_captions import is_set_by_hand

EXPLANATION = "In the explanation"


class ExplainPane(Pane):
    """Explains the selected cell. Arrows choose a number in its formula, Enter explains that one, Esc comes back."""

    info = PaneInfo(
        name="explain",
        title="Explain",
        hint="choose a number with the arrows; Enter explains that one",
        help="How a number came to be; Enter explains one in it.",
        column=Column.RIGHT,
        row=60,
        tab=70,
    )
    commands = (
        Command("", "", "arrows", "choose", "Choose one of the cells that this one was made from", EXPLANATION),
        Command("", "enter", "Enter", "explain", "Explain that one", EXPLANATION),
        Command("", "", "Esc", "back", "Back to the cell one came from, or to the lesson", EXPLANATION),
    )

    @classmethod
    def explains(cls, view: View) -> bool:  # noqa: ARG003
        """True, whatever is selected."""
        return True

    @classmethod
    def events_on_arrival(cls, view: View) -> tuple[Event, ...]:
        """Selects the first cell that the step computes, if no cell is selected: then there is something to explain."""
        return () if view.selected else (Selected(view.step_equations[0].name, 1, 1),)

    class Followed(Message):
        """Enter led from ``cell``, explained at this iteration and step, to another cell."""

        def __init__(self, cell: Selected, iteration: int, step: str) -> None:
            super().__init__()
            self.cell = cell
            self.iteration = iteration
            self.step = step

    class BackAsked(Message):
        """Backspace was pressed: back to the cell explained before."""

    class LedToData(Message):
        """Enter led to ``cell``, a number of the data."""

        def __init__(self, cell: Selected) -> None:
            super().__init__()
            self.cell = cell

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ChoiceLine] = []
        self._drawn: tuple[object, ...] = ()
        self._cell: Cell | None = None
        self._chosen = 0
        self._choices: dict[Cell | None, int] = {}
        self._places: list[int] = []
        self._extent = Size(0, 0)
        self._shows_all = False

    def part_of(self, view: View) -> object:
        """The cell selected, the numbers that it is made from, and its slope as far as it is measured."""
        cell = view.selected_cell
        if not cell:
            return None
        return (
            cell,
            view.figures,
            view.notation,
            view.state.document,
            view.state.plan,
            view.iteration,
            view.hidden,
            (cell.name in view.known, cell.name in view.told),
            # While the pane is out of sight, nothing is measured for it.
            (view.slope, view.measured if view.slope else None) if self.size else None,
        )

    def show_view(self, view: View) -> None:
        """Explains the cell that is selected now."""
        cell = view.selected_cell
        if cell != self._cell:
            self._cell, self._chosen, self._shows_all = cell, 0, False
        super().show_view(view)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows which number Enter would explain, or hides it."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """Chooses a number in the formula, goes to it, or comes back."""
        match event.key:
            case "left" | "up":
                self._choose(self._number - 1)
            case "right" | "down":
                self._choose(self._number + 1)
            case "enter":
                self._go()
            case "backspace":
                self.post_message(self.BackAsked())
            case _:
                return
        event.stop()
        event.prevent_default()

    def _choose(self, number: int) -> None:
        self._chosen = number
        self.repaint()
        if self._places:
            self.scroll_to_region(Region(0, self._places[self._number], 1, 1), animate=False, force=True)

    @property
    def _number(self) -> int:
        """The number of the choice: there may be fewer choices now than when the user chose."""
        return min(max(0, self._chosen), max(0, len(self._choices) - 1))

    def _follow(self, view: View, cell: Cell, *events: Event) -> None:
        """Goes from ``cell`` to where ``events`` lead."""
        left = Selected(cell.name, cell.row, cell.column)
        self.post_message(self.Followed(left, view.iteration, view.step.name))
        dispatch(self, *events)

    def _go(self) -> None:
        view = self.view
        if not view or not self._cell:
            return
        if self._cell.name in view.state.document.network.shapes:
            self._go_to_the_update(view, self._cell)
        elif self._choices:
            to = list(self._choices)[self._number]
            if to is None:
                self._shows_all = True
                self.repaint()
            else:
                self._go_on(view, to)

    def _go_to_the_update(self, view: View, cell: Cell) -> None:
        if view.iteration > 1 and not is_set_by_hand(cell, view.state.plan, view.iteration):
            update = Selected(f"{cell.name}_next", cell.row, cell.column)
            self._follow(view, cell, Moved(view.iteration - 1, "update"), update)

    def _go_on(self, view: View, to: Cell) -> None:
        selected = Selected(to.name, to.row, to.column)
        if to.name in ("x", "y"):
            self.post_message(self.LedToData(selected))
        elif self._cell:
            self._follow(view, self._cell, selected)

    def surface(self, room: int) -> Size:
        """The size of the explanation, wrapped to ``room``."""
        drawn = self._part_shown, room, self._shows_all
        if drawn != self._drawn:
            self._drawn = drawn
            self._lines, self._choices = [], {}
            if self.view and room:
                said = ExplanationLines(self.view, self._cell, room, shows_all=self._shows_all)
                self._lines, self._choices = said.lines, said.choices
            self._places = [y for y, line in enumerate(self._lines) for _, _, number in line if number is not None]
            width = max((sum(cell_len(text) for text, _, _ in line) for line in self._lines), default=0)
            self._extent = Size(width, len(self._lines))
        return self._extent

    def line(self, y: int) -> Line:
        """One line, with the cursor on the cell chosen."""
        if y >= len(self._lines):
            return []
        chosen = self._number if self.has_focus else None
        return [
            (text, "cursor" if number is not None and number == chosen else style)
            for text, style, number in self._lines[y]
        ]
