"""The screen of a lesson, below all dialogs: which pane is in sight, which has the keys, and which keys apply."""

from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui_nn.dashboard.panes.check import CheckPane
from tui_nn.dashboard.panes.compare import ComparePane
from tui_nn.dashboard.panes.data import DataPane
from tui_nn.dashboard.panes.explain import ExplainPane
from tui_nn.dashboard.panes.quiz import ANSWERING, QuizPane
from tui_nn.dashboard.panes.registry import PANE_CLASSES, PANES_OF, STEP
from tui_nn.dashboard.screens.breakpoints import classes_for
from tui_nn.dashboard.screens.commands import OF_FEATURES, PANES, commands_of, key_line, textual_action
from tui_nn.dashboard.screens.key_contexts import has_effect, is_command_key, places_of
from tui_nn.dashboard.screens.lesson_host import LessonHost
from tui_nn.dashboard.screens.navigation_stack import NavigationStack, Visit
from tui_nn.dashboard.screens.pass_heights import PassHeights
from tui_nn.dashboard.terminal.plain_paste import PlainPaste
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command, bindings
from tui_nn.dashboard.widgets.grid.editable_grid import EditableGrid
from tui_nn.dashboard.widgets.grid.grid_commands import TYPING
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.pane import Area
from tui_nn.dashboard.widgets.status_lines import KeyLine, PaneTabs
from tui_nn.dashboard.widgets.step_strip import SettingsLine
from tui_nn.network import StepKind
from tui_nn.session.events import Event, Selected
from tui_nn.session.state import CHART

COMPARE = ComparePane.info.name
PASSES = ("forward", "backward")
_BACKWARD = (StepKind.DELTA, StepKind.DJDW, StepKind.DJDB, StepKind.UPDATE)


class LessonScreen(Screen[None]):
    """All panes side by side, or one at a time under tabs where there is no room; Tab goes from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(commands_of(PANES))

    def __init__(self, lesson: LessonHost) -> None:
        super().__init__(id="_default")
        self._lesson = lesson
        self._stack = NavigationStack(STEP)
        self._pass_heights = PassHeights(self)
        self._panes_there: tuple[str, ...] = ()
        self._laid_out: tuple[object, ...] = ()
        self._is_whole = False
        self._beneath = "forward"
        self.set_class(lesson.is_viewer, "-viewer")
        # Textual's own breakpoints apply only after the first layout, which would then be for another size.
        self._fit(lesson.size)

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
        self.update_classes(classes_for(size, is_whole=self._is_whole))

    def show(self, view: View) -> None:
        """Gives room to the panes that there are for ``view``, and brings the pane in sight that it stands at."""
        there = tuple(name for name, pane in PANE_CLASSES.items() if pane.is_there(view))
        if there != self._panes_there:
            if COMPARE in set(there) - set(self._panes_there):
                self._beneath = COMPARE
            elif self._beneath not in there:
                self._beneath = PASSES[0]
            self._panes_there = there
            self.query_one("#tabs", PaneTabs).offer(self.panes)
            if self.focused and self.focused.id not in there:
                # The user did not leave it: it is gone, and with it the keys that it had.
                self.leave_keys()
        self._lay_out(self.pane, self._pane_beneath(view), has_chart=view.state.beside_step == CHART)
        self._pass_heights.give(view, self._lesson.size)
        self.show_keys()

    def _pane_beneath(self, view: View) -> str:
        """The pane below the step and the network, where there is room for one: the last; of the passes this step's."""
        if PANE_CLASSES[self.pane].info.area is not Area.TOP:
            self._beneath = self.pane
        elif self._beneath in PASSES:
            self._beneath = PASSES[view.step.kind in _BACKWARD]
        return self._beneath

    def _lay_out(self, pane: str, beneath: str, *, has_chart: bool) -> None:
        """Brings ``pane`` in sight where the panes are tabs, and ``beneath`` below the step.

        Beside the step stands the chart chosen if ``has_chart``, or else the network.
        """
        laid_out = pane, beneath, self._panes_there, has_chart, self.has_class("-pair")
        if laid_out == self._laid_out:
            return
        self._laid_out = laid_out
        for name in PANE_CLASSES:
            self.query_one(f"#{name}").set_class(name == pane, "-current", update=False)
            self.query_one(f"#{name}").set_class(name == beneath, "-beneath", update=False)
        for area in Area:
            part = self.query_one(f"#{area}")
            part.set_class(PANE_CLASSES[pane].info.area is area, "-current-area", update=False)
            part.set_class(PANE_CLASSES[beneath].info.area is area, "-beneath", update=False)
        at = {f"-at-{name}": name == pane for name in PANE_CLASSES}
        has = {f"-has-{name}": name in self._panes_there for name in PANE_CLASSES}
        if self.has_class("-pair"):
            # The panes are styled again when a class of the screen changes, not when one of their own does.
            has |= {f"-under-{name}": name == beneath for name in PANE_CLASSES}
        # Styles all panes at once. Before the screen is shown for the first time, Textual styles all of it anyway.
        self.update_classes({"-charts": has_chart, **at, **has}, update=self.stack_updates > 0)
        is_pair = self.has_class("-pair") and PANE_CLASSES[pane].info.area is Area.TOP
        self.query_one("#tabs", PaneTabs).show(beneath if is_pair else pane)

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
        if not self.is_in_sight(pane) and not self._comes_beside_step(pane):
            self.turn_to(pane, *events)
            return
        self._lesson.dispatch(*events)
        if not self.focused:
            self._stack.suggest(pane)

    def _comes_beside_step(self, pane: str) -> bool:
        """Whether a pane that is chosen comes in sight beside the step, whatever pane the user is in."""
        has_pairs = self.has_class("-all") or self.has_class("-pair")
        others_stand_there = self.pane != STEP and PANE_CLASSES[self.pane].info.area is Area.TOP
        return (
            has_pairs and PANE_CLASSES[pane].info.area is Area.TOP and self.is_in_sight(STEP) and not others_stand_there
        )

    @property
    def panes(self) -> dict[str, str]:
        """The panes that there are now, with their names."""
        return {name: PANE_CLASSES[name].info.title for name in self._panes_there}

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
        """Goes back to the place that led here; if nothing did, gives the arrows back to the lesson."""
        if not self._go_back():
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
        panes = list(self._panes_there)
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
        says = "You pasted a text; its letters ran no commands. " if isinstance(event, PlainPaste) else ""
        if self._lesson.is_viewer:
            says += "You can't paste here: it is the teacher's lesson."
        else:
            says += "You can paste numbers into the data (Tab goes there) or into a matrix of weights."
        self.notify(says, timeout=5, markup=False)

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
        view = self._lesson.view
        return view.state.pane if view and view.state.pane in self._panes_there else STEP

    def is_in_sight(self, pane: str) -> bool:
        """Whether a pane is shown, beside others or alone."""
        return all(node.display for node in self.query_one(f"#{pane}").ancestors_with_self if isinstance(node, Widget))

    def shows_step_at(self, pane: str) -> bool:
        """Whether the step is in sight while the lesson stands at ``pane``."""
        is_below = self.has_class("-roomy") and pane in (ExplainPane.info.name, QuizPane.info.name)
        has_areas = self.has_class("-all") or (self.has_class("-pair") and pane != CheckPane.info.name)
        return has_areas or is_below or pane == STEP

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
            return "pause"
        return "back" if command.action == "leave_pane" and self._stack.last else command.short
