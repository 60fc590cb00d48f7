"""The pane of the diagnosis: how a student's numbers compare with the lesson's."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message

from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.canvas import Line, size_of_lines
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.pane import Area, Pane, PaneInfo

DIAGNOSIS = "In the diagnosis"


class DiagnosisPane(Pane):
    """Says how far a student's numbers agree, where they first differ, and which mistakes explain that."""

    info = PaneInfo(
        name="diagnosis",
        title="Diagnosis",
        hint="Enter goes to the first difference",
        help="A student's numbers: where they differ, and why.",
        area=Area.TOP,
        place=60,
        tab=125,
    )
    commands = (
        Command("", "enter", "Enter", "first difference", "Go to the first number that differs", DIAGNOSIS),
        Command("put_away", "d", "d", "put away", "Put the student's numbers away", DIAGNOSIS),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands)

    @dataclass
    class Asked(Message):
        """The user wants to go to the first difference or, with ``puts_away``, the student's numbers put away."""

        puts_away: bool

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    @classmethod
    def is_there(cls, view: View) -> bool:
        """Whether a student's numbers are compared with the lesson's."""
        return view.state.compared is not None

    def has_effect(self, command: Command) -> bool:
        """Enter leads nowhere if all numbers agree."""
        compared = self.view.state.compared if self.view else None
        return command.key != "enter" or command.where != DIAGNOSIS or bool(compared and compared.first)

    def part_of(self, view: View) -> object:
        """The comparison, and what is known of the lesson's own number."""
        if view.state.compared is None:
            return None
        from tui_nn.dashboard.panes.parts.diagnosis_lines import depends_on

        return depends_on(view)

    def show_view(self, view: View) -> None:
        """Shows the new view. The title says whose numbers these are."""
        compared = view.state.compared
        self.set_title(f"{self.info.title}: {compared.whose}" if compared else self.info.title, self.info.title)
        super().show_view(view)

    def on_key(self, event: events.Key) -> None:
        """Enter goes to the first difference."""
        if event.key == "enter":
            self.post_message(self.Asked(puts_away=False))
            event.stop()
            event.prevent_default()

    def action_put_away(self) -> None:
        """Puts the student's numbers away."""
        self.post_message(self.Asked(puts_away=True))

    def surface(self, room: int) -> Size:
        """The size of the lines."""
        self._lines = []
        if self.view and room and self.view.state.compared:
            from tui_nn.dashboard.panes.parts.diagnosis_lines import diagnosis_lines

            lines = diagnosis_lines(self.view, max(20, room - 2), self.size.height)
            self._lines = [[(" ", ""), *line] for line in lines]
        return size_of_lines(self._lines)

    def line(self, y: int) -> Line:
        """One line of the diagnosis."""
        return self._lines[y] if y < len(self._lines) else []
