"""The pane of the diagnosis: how a student's numbers compare with the lesson's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo
from tui_nn.language import _
from tui_nn.session.compared_numbers import ComparedNumbers

if TYPE_CHECKING:
    from tui_nn.dashboard.panes.parts.diagnosed_mistakes import DiagnosisLine

DIAGNOSIS = _("In the diagnosis")


class DiagnosisPane(Pane):
    """Says how far a student's numbers agree, where they first differ, and which mistakes explain that."""

    info = PaneInfo(
        name="diagnosis",
        title=_("Diagnosis"),
        hint=_("Enter leads there"),
        help=_("A student's numbers: where they differ, and why."),
        area=Area.TOP,
        place=60,
        tab=125,
    )
    commands = (
        Command(
            "", "enter", "Enter", _("go there"), _("Go to the first difference, or where the mistake acts"), DIAGNOSIS
        ),
        Command("", "", "↑ ↓", _("choose"), _("Choose the first difference or a mistake; Home, End"), DIAGNOSIS),
        Command("put_away", "d", "d", _("put away"), _("Put the student's numbers away"), DIAGNOSIS),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)

    class PutAwayAsked(Message):
        """The user wants the student's numbers put away."""

    @dataclass
    class PlaceAsked(Message):
        """The user wants to go where a mistake acts; "" is the first difference."""

        acts_in: str

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[DiagnosisLine] = []
        self._compared: ComparedNumbers | None = None
        self._chosen = 0

    @classmethod
    def is_there(cls, view: View) -> bool:
        """Whether a student's numbers are compared with the lesson's."""
        return view.state.compared is not None

    def has_effect(self, command: Command) -> bool:
        """Nothing leads anywhere if all numbers agree."""
        return command.where != DIAGNOSIS or bool(command.action) or bool(self._places)

    def part_of(self, view: View) -> object:
        """The comparison, and what is known of the lesson's own number."""
        if view.state.compared is None:
            return None
        from tui_nn.dashboard.panes.parts.diagnosis_lines import depends_on

        return depends_on(view)

    def show_view(self, view: View) -> None:
        """Shows the new view. The title says whose numbers these are."""
        compared = view.state.compared
        if compared is not self._compared:
            self._compared, self._chosen = compared, 0
        self.set_title(f"{self.info.title}: {compared.whose}" if compared else self.info.title, self.info.title)
        super().show_view(view)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Shows or hides where Enter would lead."""
        super().watch_has_focus(has_focus)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """The arrows choose the first difference or a mistake; Enter goes there."""
        match event.key:
            case "up":
                self._choose(self._chosen - 1)
            case "down":
                self._choose(self._chosen + 1)
            case "home":
                self._choose(0)
            case "end":
                self._choose(len(self._places) - 1)
            case "enter":
                self._go()
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Goes to the first difference, or to where the mistake under the mouse acts."""
        offset = event.get_content_offset(self)
        y = offset.y + self.scroll_offset.y if offset else len(self._lines)
        if y < len(self._lines) and (place := self._lines[y].place) is not None:
            self._choose(place)
            self._go()

    def _choose(self, place: int) -> None:
        """Chooses a place, and scrolls to its lines; beyond the first or last one, to the first or last line."""
        count = len(self._places)
        self._chosen = min(max(0, place), max(0, count - 1))
        self.repaint()
        own = [y for y, line in enumerate(self._lines) if line.place == self._chosen]
        if place < 0 or not own:
            own = [0]
        elif place >= count:
            own = [len(self._lines) - 1]
        top, bottom = own[0], own[-1]
        self.scroll_to_region(Region(0, top, 1, bottom + 1 - top), animate=False, force=True)

    def _go(self) -> None:
        self.post_message(self.PlaceAsked(self._places[self._chosen] if self._places else ""))

    @property
    def _places(self) -> tuple[str, ...]:
        """Where the pane leads: to the first difference, and to the matrices in which the mistakes act."""
        compared = self.view.state.compared if self.view else None
        if compared is None or compared.first is None:
            return ()
        from tui_nn.dashboard.panes.parts.diagnosed_mistakes import named_mistakes

        return "", *(one.lines.acts_in for one in named_mistakes(compared))

    def action_put_away(self) -> None:
        """Puts the student's numbers away."""
        self.post_message(self.PutAwayAsked())

    def surface(self, room: int) -> Size:
        """The size of the lines, with a column before them for the mark of the place chosen."""
        self._lines = []
        if self.view and room and self.view.state.compared:
            from tui_nn.dashboard.panes.parts.diagnosis_lines import diagnosis_lines

            self._lines = diagnosis_lines(self.view, max(20, room - 2), self.size.height, self._chosen)
        size = size_of_lines([line for line, _place in self._lines])
        return Size(size.width + 1, size.height)

    def line(self, y: int) -> Line:
        """One line of the diagnosis, with a mark before the first line of the place that Enter leads to."""
        if y >= len(self._lines):
            return []
        line, place = self._lines[y]
        is_first = place is not None and (y == 0 or self._lines[y - 1].place != place)
        is_marked = self.has_focus and is_first and place == self._chosen
        mark = "›" if self.shown_view.notation.unicode else ">"
        return [(mark, "pointer") if is_marked else (" ", ""), *line]
