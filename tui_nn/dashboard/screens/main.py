"""The screen below all dialogs: which pane is in sight, which has the keys, and what can be pressed there."""

from typing import ClassVar, Protocol

from textual import events, on
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui_nn.dashboard.panes.check import CHECK, CheckPane
from tui_nn.dashboard.panes.data import DATA, DataPane
from tui_nn.dashboard.panes.explain import ExplainPane
from tui_nn.dashboard.panes.quiz import ANSWERING
from tui_nn.dashboard.panes.registry import PANE_CLASSES, PANES_OF, STEP
from tui_nn.dashboard.screens.breakpoints import classes_for, has_room
from tui_nn.dashboard.screens.commands import (
    PANES,
    bindings_from_elsewhere,
    bindings_of,
    commands_of,
    key_line,
)
from tui_nn.dashboard.screens.key_contexts import places_of
from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid_commands import TYPING
from tui_nn.dashboard.widgets.matrix_board import Board
from tui_nn.dashboard.widgets.status_lines import KeyLine, PaneTabs
from tui_nn.writing.notation.signs import Notation


class Lesson(Protocol):
    """What the screen has to know of the lesson on it, and tells it."""

    @property
    def size(self) -> Size:
        """How large the terminal is."""

    @property
    def theme(self) -> str:
        """The name of its colours."""

    @property
    def places(self) -> list[str]:
        """Which commands apply, beside those of the pane with the keys."""

    @property
    def notation(self) -> Notation:
        """The signs that the terminal has."""

    @property
    def is_guest(self) -> bool:
        """Whether somebody else teaches it."""

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""

    @property
    def training(self) -> str:
        """What the key that stops computing would do now."""

    def turned_to(self, pane: str) -> None:
        """Somebody turned to a pane."""

    def left_pane(self) -> None:
        """Somebody gave the arrows back to the lesson."""


class LessonScreen(Screen[None]):
    """All panes side by side, or one at a time under tabs where there is no room; Tab goes from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(PANES), *bindings_from_elsewhere(DATA)]

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(id="_default")
        self._lesson = lesson
        self._pane = STEP
        self._offered: tuple[str, ...] = ()
        self._is_whole = False
        self._asked_in = ""
        self._next = ""
        self.set_class(lesson.is_guest, "-guest")
        # Textual's breakpoints hold from the first resize on: all would be laid out and drawn for another size before.
        self._fit(lesson.size)

    def on_mount(self) -> None:
        """Takes note of other colours."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._fit(self.size))

    def on_resize(self, event: events.Resize) -> None:
        """Shows as much as the new size has room for."""
        self._fit(event.size)

    def action_whole(self) -> None:
        """Gives the whole screen to the pane in sight, or shows all of them again."""
        self._is_whole = not self._is_whole
        self._fit(self.size)

    def _fit(self, size: Size) -> None:
        self.update_classes(classes_for(size, is_whole=self._is_whole, theme=self._lesson.theme))

    def show_pane(self, pane: str) -> None:
        """Brings ``pane`` in sight where the panes are tabs; where there is no such pane now, the first."""
        pane = pane if pane in self.panes else STEP
        self._pane, self._next = pane, ""
        self.update_classes({f"-at-{name}": name == pane for name in PANE_CLASSES})
        for name in PANE_CLASSES:
            self.query_one(f"#{name}").set_class(name == pane, "-current")
        for side in self.query("#left, #right"):
            side.set_class(bool(side.query(".-current")), "-current-side")
        self.query_one("#tabs", PaneTabs).show(pane)

    def show_explanation(self, explains: bool) -> None:
        """Gives the explanation the room of the step, or gives it back."""
        self.set_class(explains, "-explains")

    @on(Board.ExplanationAsked)
    def explain(self) -> None:
        """Goes to the explanation of the cell selected; Esc comes back to where it was asked for."""
        self._asked_in = str(self.focused.id) if isinstance(self.focused, Board) else ""
        self._go_to("explain")

    @on(ExplainPane.LedToData)
    def show_data(self) -> None:
        """Goes to the number of the data that an explanation led to; Esc comes back."""
        self.query_one(DataPane).is_led_to = True
        self._go_to("data")

    def choose(self) -> None:
        """Goes to the cells of the step."""
        self._go_to(STEP)

    def turn_to(self, pane: str) -> None:
        """Brings a pane in sight, and leaves the keys where they are; none has them but one that is in sight."""
        self.set_focus(None)
        self.show_pane(pane)
        self._lesson.turned_to(pane)

    def lead_to(self, pane: str) -> None:
        """Brings a pane in sight without the keys; Tab leads there first, unless another pane has them."""
        if not self.is_in_sight(pane):
            self.turn_to(pane)
        elif not self.focused:
            self._next = pane

    def offer(self, view: View) -> None:
        """Gives each pane its room where it is there for ``view``, and takes it back where it is not."""
        offered = tuple(name for name, pane in PANE_CLASSES.items() if pane.is_there(view))
        if offered != self._offered:
            self._offered = offered
            self.set_class(self._has_runs, "-runs")
            self.query_one("#tabs", PaneTabs).offer(self.panes)
            if self._pane not in self.panes:
                # Nobody left it: it went, and with it the keys that it had.
                self.set_focus(None)
                self.show_pane(STEP)

    @property
    def panes(self) -> dict[str, str]:
        """The panes that there are now, with their names."""
        return {name: PANE_CLASSES[name].info.title for name in self._offered}

    @property
    def _has_runs(self) -> bool:
        return "compare" in self._offered

    @on(PaneTabs.Chosen)
    def show_clicked(self, message: PaneTabs.Chosen) -> None:
        """Goes to the pane clicked on the tabs."""
        self._go_to(message.pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A guest comes back to the teacher with the key with which others leave a pane, and has no data to edit."""
        if action in ("leave_pane", "do_there") and self._lesson.is_guest:
            return False
        return super().check_action(action, parameters)

    def action_next_pane(self) -> None:
        """Goes to the pane after this one."""
        self._turn(1)

    def action_previous_pane(self) -> None:
        """Goes to the pane before this one."""
        self._turn(-1)

    def action_leave_pane(self) -> None:
        """Gives the arrows back to the lesson with its step in sight, or to the pane that asked for an explanation."""
        if isinstance(self.focused, DataPane) and self.focused.is_led_to:
            self._go_to("explain")
            return
        asked_in, self._asked_in = self._asked_in, ""
        if asked_in and self._pane == "explain":
            self._go_to(asked_in)
            return
        self.set_focus(None)
        self.show_pane(STEP)
        self._lesson.left_pane()

    def _turn(self, by: int) -> None:
        order = list(self.panes)
        if self._next and not self.focused:
            self._go_to(self._next)
            return
        if not self.focused and self._pane != STEP and not self._lesson.is_guest:
            # It is in sight already, but has not got the keys.
            self._go_to(self._pane)
            return
        self._go_to(order[(order.index(self._pane) + by) % len(order)])

    def _go_to(self, pane: str) -> None:
        self.show_pane(pane)
        self._lesson.turned_to(pane)
        self.set_focus(self.query_one(f"#{pane}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keeps what is in sight and the key line in step with the focus."""
        if event.widget.id in PANE_CLASSES:
            self.show_pane(str(event.widget.id))
            self._lesson.turned_to(self._pane)
        self.show_keys()

    def on_paste(self, event: events.Paste) -> None:
        """Says where the user can paste a block. Runs none of its letters as commands."""
        event.stop()
        if not event.text.strip():
            return
        says = "You pasted a text; its letters ran no commands. "
        if not isinstance(event, PlainPaste):
            says = ""
        if self._lesson.is_guest:
            says += "You can't paste here: it is the teacher's lesson."
        else:
            says += "You can paste numbers into the data (Tab goes there) or into a matrix of weights."
        self.notify(says, timeout=5, markup=False)

    @on(EditableGrid.Typed)
    def show_typing_keys(self) -> None:
        """Keeps the key line in step with what is being typed."""
        self.show_keys()

    def on_descendant_blur(self) -> None:
        """Keeps the key line in step with the focus."""
        self.show_keys()

    @property
    def places(self) -> list[str]:
        """Where one is, as the commands know it: the nearest place first."""
        here = places_of(self.focused)
        # Every other letter is text then.
        return here if {TYPING, ANSWERING} & set(here) else [*here, *self._lesson.places]

    @property
    def _is_on_weight(self) -> bool:
        return isinstance(self.focused, Board) and self.focused.is_on_weight

    @property
    def pane(self) -> str:
        """The pane that is looked at."""
        return self._pane

    def is_in_sight(self, pane: str) -> bool:
        """Whether a pane is shown, beside others or alone."""
        return all(node.display for node in self.query_one(f"#{pane}").ancestors_with_self if isinstance(node, Widget))

    def go_to_pane(self, pane: str) -> None:
        """Gives the keys to a pane."""
        if pane == STEP:
            self.action_leave_pane()
        else:
            self._go_to(pane)

    async def do(self, command: Command) -> None:
        """Does what a command does, wherever it was chosen; one of a pane in that pane.

        What is still being typed is taken first, as when one leaves a cell; nothing is done where that can't be.
        """
        if not self.may_leave():
            return
        panes = PANES_OF.get(command.where, ())
        if panes and (self.focused is None or self.focused.id not in panes):
            self._go_to(panes[0])
        if command.action:
            owner = self.focused if panes else self if command.where == PANES else self.app
            await self.app.run_action(command.action, owner)
        else:
            self.app.simulate_key(command.key)

    def may_leave(self) -> bool:
        """Keeps the value being typed into a table. Returns False if it is refused; the edit then stays open."""
        return self.focused.commit() if isinstance(self.focused, EditableGrid) else True

    async def action_do_there(self, action: str) -> None:
        """Does what a command of the data does, in their pane."""
        if has_room(self.size):
            await self.do(next(one for one in commands_of(DATA, is_guest=False) if one.action == action))

    def show_keys(self) -> None:
        """Shows what can be pressed now."""
        training = self._lesson.training
        has_letters = not isinstance(self.focused, EditableGrid) or self.focused.leaves("k")
        shown = [("k", training, "k")] if training and has_letters else []
        for command in key_line(self.places, is_guest=self._lesson.is_guest):
            if isinstance(self.focused, EditableGrid) and not self.focused.leaves(command.key):
                continue
            if command.action == "next_run" and not self._has_runs:
                continue
            if command.action == "set_weight" and not self._is_on_weight:
                continue
            if command.where == CHECK and command.key == "enter" and not self.query_one(CheckPane).is_to_be_found:
                continue
            says = "pause" if command.action in ("play", "play_replay") and self._lesson.is_playing else command.short
            shown.append((command.named(unicode=self._lesson.notation.unicode), says, command.key))
        self.query_one("#keys", KeyLine).show(shown)
