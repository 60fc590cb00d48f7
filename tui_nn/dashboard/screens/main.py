"""The screen of a lesson, below all dialogs: which pane has the keys, which keys apply, and where they lead."""

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen

from tui_nn.dashboard.panes.data import DataPane
from tui_nn.dashboard.panes.explain import ExplainPane
from tui_nn.dashboard.panes.quiz import ANSWERING
from tui_nn.dashboard.panes.registry import PANE_CLASSES, PANES_OF, STEP
from tui_nn.dashboard.screens.breakpoints import classes_for
from tui_nn.dashboard.screens.commands import OF_FEATURES, PANES, commands_of, key_line, textual_action
from tui_nn.dashboard.screens.key_contexts import has_effect, is_command_key, places_of
from tui_nn.dashboard.screens.lesson_host import LessonHost
from tui_nn.dashboard.screens.navigation_stack import NavigationStack, Visit
from tui_nn.dashboard.screens.pane_arrangement import PaneArrangement
from tui_nn.dashboard.screens.pass_heights import PassHeights
from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.terminal.style_sheets import read_rules
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid.grid_commands import TYPING
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.status_lines import KeyLine, PaneTabs
from tui_nn.dashboard.widgets.step_strip import SettingsLine
from tui_nn.language import _, pgettext
from tui_nn.session.events import Event, Selected

_ALL_PANES, _TABS = (Path(__file__).with_name(f"{name}.tcss") for name in ("all_panes", "tabs"))


class LessonScreen(Screen[None]):
    """All panes side by side, or one at a time under tabs where there is no room; Tab goes from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(commands_of(PANES))

    def __init__(self, lesson: LessonHost) -> None:
        super().__init__(id="_default")
        self._lesson = lesson
        self._stack = NavigationStack(STEP)
        self._arrangement = PaneArrangement(self)
        self._pass_heights = PassHeights(self)
        self._is_whole = self._has_come_up = False
        self.set_class(lesson.is_viewer, "-viewer")
        # Textual's own breakpoints apply only after the first layout, which would then be for another size.
        self._fit(lesson.size)

    def update_node_styles(self, animate: bool = True) -> None:
        """Gives all widgets their styles, but not when the screen first comes up: then each has its styles already.

        Textual asks for them then as well, and the first screen would wait for the same styles twice.
        """
        comes_up, self._has_come_up = self.stack_updates > 0 and not self._has_come_up, self.stack_updates > 0
        if not comes_up:
            super().update_node_styles(animate=animate)

    def on_resize(self, event: events.Resize) -> None:
        """Shows as much as the new size has room for."""
        self._fit(event.size)
        if view := self._lesson.view:
            self._pass_heights.give(view, event.size)

    def action_whole(self) -> None:
        """Gives the whole screen to the pane in sight, or shows all of them again."""
        self._is_whole = not self._is_whole
        self._fit(self.size)
        if view := self._lesson.view:
            self._pass_heights.give(view, self.size)

    def _fit(self, size: Size) -> None:
        classes = classes_for(size, is_whole=self._is_whole)
        read_rules(self.app, _ALL_PANES if classes["-all"] else _TABS)
        self.update_classes(classes)

    def show(self, view: View) -> None:
        """Gives room to the panes that there are for ``view``, and brings the pane in sight that it stands at."""
        gone = self._arrangement.offer(view)
        if self.focused and self.focused.id in gone:
            # The pane that had the keys no longer exists.
            self.leave_keys()
        self._arrangement.show(view)
        self._pass_heights.give(view, self._lesson.size)
        self.show_keys()

    def leave_keys(self) -> None:
        """Takes the keys from the pane that has them, and forgets what led there."""
        self.set_focus(None)
        self._stack.start()

    @property
    def led_to(self) -> Selected | None:
        """The number of the data that an explanation led to, as long as Esc goes back there; a viewer's never does."""
        return self._stack.last.led_to if self._stack.last and not self._lesson.is_viewer else None

    @on(MatrixBoard.ExplanationAsked)
    def explain_cell(self, message: MatrixBoard.ExplanationAsked) -> None:
        """Goes to the explanation of the cell selected."""
        self.explain(*message.events)

    def explain(self, *events: Event) -> None:
        """Goes to the explanation of the cell that ``events`` select; Esc comes back to the matrices before it."""
        if not isinstance(self.focused, ExplainPane):
            self._stack.start(*([Visit(str(self.focused.id))] if isinstance(self.focused, MatrixBoard) else []))
        self._go_to(ExplainPane.info.name, *events)

    @on(ExplainPane.Followed)
    def remember_cell(self, message: ExplainPane.Followed) -> None:
        """Remembers the cell from which Enter led to another cell, for Esc to come back."""
        self._stack.push(Visit(ExplainPane.info.name, message.cell, message.iteration, message.step))
        self.show_keys()

    @on(ExplainPane.BackAsked)
    def go_back_to_cell(self) -> None:
        """Goes back to the cell explained before."""
        if self._stack.last and self._stack.last.pane == ExplainPane.info.name:
            self._go_back()

    @on(ExplainPane.LedToData)
    def show_data(self, message: ExplainPane.LedToData) -> None:
        """Goes to the number of the data that an explanation led to; Esc comes back."""
        self._stack.push(Visit(ExplainPane.info.name, led_to=message.cell))
        self._go_to(DataPane.info.name, message.cell)

    def choose(self, *events: Event) -> None:
        """Goes to the cells of the step, of which ``events`` may select one."""
        self._go_straight_to(STEP, *events)

    def turn_to(self, pane: str, *events: Event) -> None:
        """Takes in ``events`` and brings a pane in sight; then no pane has the keys."""
        self.leave_keys()
        self._lesson.turned_to(pane, *events)

    def lead_to(self, pane: str, *events: Event) -> None:
        """Takes in ``events``, whose result a pane shows. Brings the pane in sight, but without the keys.

        If no pane has the keys, the next Tab leads there.
        """
        if not self.is_in_sight(pane) and not self._arrangement.comes_beside_step(pane, at=self.pane):
            self.turn_to(pane, *events)
            return
        self._lesson.dispatch(*events)
        if not self.focused:
            self._stack.suggest(pane)

    @property
    def panes(self) -> dict[str, str]:
        """The panes that there are now, with their titles."""
        return self._arrangement.titles

    @on(SettingsLine.Opened)
    def open_settings(self) -> None:
        """Opens the settings."""
        self._go_straight_to("settings")

    @on(PaneTabs.Chosen)
    def show_clicked(self, message: PaneTabs.Chosen) -> None:
        """Goes to the pane clicked on the tabs."""
        self._go_straight_to(message.pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """For a viewer, Esc comes back to the teacher instead of leaving a pane."""
        if action == "leave_pane" and self._lesson.is_viewer:
            return False
        return super().check_action(action, parameters)

    def action_next_pane(self) -> None:
        """Goes to the pane after this one."""
        self._turn(1)

    def action_previous_pane(self) -> None:
        """Goes to the pane before this one."""
        self._turn(-1)

    def action_leave_pane(self) -> None:
        """Goes back to the place that led here, or gives the arrows back to the lesson. There, takes notices away."""
        if not self._go_back():
            if not self.focused and self.pane == STEP:
                self._lesson.withdraw_all_notices()
            self.turn_to(STEP)

    def _go_back(self) -> bool:
        """Goes to the last place on the stack that is still there. Returns False if there is none."""
        while visit := self._stack.pop():
            events = self._lesson.way_back(visit)
            if events is not None:
                self._go_to(visit.pane, *events)
                return True
        return False

    def _turn(self, by: int) -> None:
        has_keys, is_viewer = self.focused is not None, self._lesson.is_viewer
        panes = list(self._arrangement.there)
        self._go_straight_to(self._stack.beside(self.pane, panes, by, has_keys=has_keys, is_viewer=is_viewer))

    def _go_straight_to(self, pane: str, *events: Event) -> None:
        """Goes to a pane, and forgets what led to the pane that was in sight before."""
        self._stack.start()
        self._go_to(pane, *events)

    def _go_to(self, pane: str, *events: Event) -> None:
        """Takes in ``events``, brings a pane in sight and gives it the keys."""
        self._lesson.turned_to(pane, *events)
        self.set_focus(self.query_one(f"#{pane}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keeps what is in sight and the key line in step with the focus."""
        pane = str(event.widget.id)
        if pane in PANE_CLASSES:
            if pane != self.pane:
                self._stack.start()
            self._lesson.turned_to(pane)
        self.show_keys()

    def on_paste(self, event: events.Paste) -> None:
        """Says where the user can paste a block. Runs none of its letters as commands."""
        event.stop()
        if not event.text.strip():
            return
        says = [_("You pasted a text; its letters ran no commands.")] if isinstance(event, PlainPaste) else []
        if self._lesson.is_viewer:
            says.append(_("You can't paste here: it is the teacher's lesson."))
        else:
            says.append(_("You can paste numbers into the data (Tab goes there) or into a matrix of weights."))
        self.notify(" ".join(says), timeout=5, markup=False)

    def on_descendant_blur(self) -> None:
        """Keeps the key line in step with the focus."""
        self.show_keys()

    @property
    def places(self) -> list[str]:
        """The places of `commands` whose commands apply now, the nearest first."""
        here = places_of(self.focused)
        # While the user types, all letters are text.
        return here if {TYPING, ANSWERING} & set(here) else [*here, *self._lesson.places]

    @property
    def pane(self) -> str:
        """The pane that the lesson stands at; the step if that pane is not there now."""
        return self._arrangement.pane_at(self._lesson.view)

    def is_in_sight(self, pane: str) -> bool:
        """Whether a pane is shown, beside others or alone."""
        return self._arrangement.is_in_sight(pane)

    def shows_step_at(self, pane: str) -> bool:
        """Whether the step is in sight while the lesson stands at ``pane``."""
        return self._arrangement.shows_step_at(pane)

    def go_to_pane(self, pane: str, *events: Event) -> None:
        """Takes in ``events`` and gives the keys to a pane; those of the step go back to the lesson."""
        if pane == STEP:
            self.turn_to(STEP, *events)
        else:
            self._go_straight_to(pane, *events)

    async def do(self, command: Command) -> None:
        """Does a command that the user chose by its name. A command of a pane gives the keys to that pane.

        Keeps the value being typed first, as leaving its cell does; does nothing if that value is refused.
        """
        if not self.may_leave():
            return
        panes = PANES_OF.get(command.where, ())
        is_elsewhere = bool(panes) and (self.focused is None or self.focused.id not in panes)
        if not command.action:
            if is_elsewhere:
                self._go_straight_to(panes[0])
            self.app.simulate_key(command.key)
        elif not is_elsewhere:
            await self._run(command)
        else:
            self._stack.start()
            with self._lesson.turning_to(panes[0]):
                self.set_focus(self.query_one(f"#{panes[0]}"))
                await self._run(command)

    async def _run(self, command: Command) -> None:
        is_of_pane = command.action not in OF_FEATURES and command.where != PANES
        owner = self.focused if is_of_pane else self if command.where == PANES else self.app
        await self.app.run_action(textual_action(command), owner)

    def may_leave(self) -> bool:
        """Keeps the value being typed into a table. Returns False if it is refused; the edit then stays open."""
        return self.focused.commit() if isinstance(self.focused, EditableGrid) else True

    @on(EditableGrid.Typed)
    def show_keys(self) -> None:
        """Shows which keys apply now; other keys do while the user types."""
        lesson, view = self._lesson, self._lesson.view
        if not view:
            return
        stop = lesson.training if is_command_key(self.focused, "k") else ""
        shown = [("k", stop, "k")] if stop else []

        def is_shown(command: Command) -> bool:
            return lesson.has(command) and has_effect(command, self.focused, view)

        shown += [
            (command.named(unicode=lesson.notation.unicode), self._says(command), command.key)
            for command in key_line(self.places, is_shown)
        ]
        self.query_one("#keys", KeyLine).show(shown)

    def _says(self, command: Command) -> str:
        """What the key of a command does now, in a word or two."""
        if command.action in ("play", "play_replay") and self._lesson.is_playing:
            return pgettext("key line", "pause")
        return pgettext("key line", "back") if command.action == "leave_pane" and self._stack.last else command.short
