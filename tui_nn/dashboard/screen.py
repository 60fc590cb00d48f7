"""The screen below all dialogs: which pane is in sight, which has the keys, and what can be pressed there."""

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.screen import Screen

from tui_nn.dashboard.commands import DATA, EVERYWHERE, GRID, MOVING, PANES, bindings_of, key_line
from tui_nn.dashboard.data_pane import DataPane
from tui_nn.dashboard.grid import Grid
from tui_nn.dashboard.lines import KeyLine, PaneTabs

PANE_NAMES = {
    "step": "Step",
    "data": "Data",
    "settings": "Settings",
    "forward": "Forward",
    "backward": "Backward",
    "cost": "Cost",
    "results": "Results",
}


class LessonScreen(Screen[None]):
    """All panes side by side, or one at a time under tabs where there is no room; Tab goes from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(PANES)

    def __init__(self, is_playing: Callable[[], bool]) -> None:
        super().__init__(id="_default")
        self._is_playing = is_playing
        self._pane = next(iter(PANE_NAMES))

    def show_pane(self, pane: str) -> None:
        """Brings ``pane`` in sight where the panes are tabs."""
        self._pane = pane
        for name in PANE_NAMES:
            self.query_one(f"#{name}").set_class(name == pane, "-current")
        for side in self.query("#left, #right"):
            side.set_class(bool(side.query(".-current")), "-current-side")
        self.query_one("#tabs", PaneTabs).show(pane)

    @on(PaneTabs.Chosen)
    def show_clicked(self, message: PaneTabs.Chosen) -> None:
        """Goes to the pane clicked on the tabs."""
        self._go_to(message.pane)

    def action_next_pane(self) -> None:
        """Goes to the pane after this one."""
        self._turn(1)

    def action_previous_pane(self) -> None:
        """Goes to the pane before this one."""
        self._turn(-1)

    def action_leave_pane(self) -> None:
        """Gives the arrows back to the lesson, and brings its step in sight."""
        self.set_focus(None)
        self.show_pane(next(iter(PANE_NAMES)))

    def _turn(self, by: int) -> None:
        order = list(PANE_NAMES)
        self._go_to(order[(order.index(self._pane) + by) % len(order)])

    def _go_to(self, pane: str) -> None:
        self.show_pane(pane)
        # At once, not when there is time: the keys that come together with Tab are meant for the pane.
        self.set_focus(self.query_one(f"#{pane}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keeps what is in sight and the key line in step with the focus."""
        if event.widget.id in PANE_NAMES:
            self.show_pane(str(event.widget.id))
        self.show_keys()

    def on_descendant_blur(self) -> None:
        """Keeps the key line in step with the focus."""
        self.show_keys()

    @property
    def places(self) -> list[str]:
        """Where one is, as the commands know it: the nearest place first."""
        if isinstance(self.focused, DataPane):
            return [GRID, DATA, PANES, EVERYWHERE]
        return [GRID, PANES, EVERYWHERE] if isinstance(self.focused, Grid) else [MOVING, PANES, EVERYWHERE]

    def show_keys(self) -> None:
        """Shows what can be pressed now."""
        shown = []
        for command in key_line(self.places):
            says = "pause" if command.action == "play" and self._is_playing() else command.short
            shown.append((command.shown, says, command.key))
        self.query_one("#keys", KeyLine).show(shown)
