"""The app: it dispatches events, and gives every pane the view that they make."""

import asyncio
import contextlib
import os
import sys
import termios
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from tui_nn.dashboard import moves
from tui_nn.dashboard.boards import BackwardBoard, ForwardBoard, StepBoard
from tui_nn.dashboard.chart import CostChart
from tui_nn.dashboard.commands import COMMANDS, EVERYWHERE, MOVING, asking_bindings, bindings_of
from tui_nn.dashboard.data_pane import DataPane
from tui_nn.dashboard.dialogs import Ask, Help, OpenLesson, Question
from tui_nn.dashboard.files import LessonFile, ask_about_changes, ask_where_to_save
from tui_nn.dashboard.grid import Grid
from tui_nn.dashboard.lines import Header, KeyLine, PaneTabs, Timeline
from tui_nn.dashboard.player import Player
from tui_nn.dashboard.results import Results
from tui_nn.dashboard.runner import Runner
from tui_nn.dashboard.screen import PANE_NAMES, LessonScreen
from tui_nn.dashboard.settings_pane import SettingsPane
from tui_nn.dashboard.view import Figures, View
from tui_nn.network import Pass, Refusal, Trajectory
from tui_nn.session import lessons
from tui_nn.session.events import ChartChosen, ColumnRemoved, Event, Moved, Redone, RowRemoved, Undone
from tui_nn.session.file import Lesson, SessionError, read
from tui_nn.session.history import History
from tui_nn.session.state import CHARTS, State
from tui_nn.writing.figures import grouped
from tui_nn.writing.notation import UNICODE
from tui_nn.writing.sentences import refusal_sentence

_ALONE_SECONDS = 2
_DRAWN_SECONDS = 1
# What opens a dialog: below the least size there is no room for one.
_ROOMY = frozenset({"go_to", "open", "save", "help", "command_palette"})


class TuiNN(App[None]):
    """A lesson on the screen."""

    TITLE = "tui-nn"
    CSS_PATH = "app.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*asking_bindings(), *bindings_of(MOVING, EVERYWHERE)]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (118, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (38, "-tall")]

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self, lesson: Lesson, path: Path) -> None:
        super().__init__()
        self.animation_level = "none"
        self._runner = Runner(self)
        self._player = Player(self, self._play_on)
        self._take(lesson, path)

    def _take(self, lesson: Lesson, path: Path) -> None:
        self._file = LessonFile(lesson, path)
        self._history = History(lesson.document)
        self._trajectory = self._new_trajectory()
        self._figures: tuple[Trajectory, int, Figures] | None = None

    def _new_trajectory(self) -> Trajectory:
        trajectory = self.state.document.trajectory()
        trajectory.extend(1)
        return trajectory

    def get_default_screen(self) -> LessonScreen:
        """The screen below all dialogs."""
        return LessonScreen(lambda: self._player.playing)

    @property
    def _lesson_screen(self) -> LessonScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, LessonScreen)  # noqa: S101 - get_default_screen made it
        return screen

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        return self._history.state

    def compose(self) -> ComposeResult:
        """The lines, and between them the panes."""
        yield Header(id="header").data_bind(TuiNN.view)
        yield PaneTabs(PANE_NAMES, id="tabs")
        with Horizontal(id="main"):
            with Vertical(id="left"):
                yield DataPane(id="data").data_bind(TuiNN.view)
                yield SettingsPane(id="settings").data_bind(TuiNN.view)
                yield Results(id="results").data_bind(TuiNN.view)
                yield CostChart(id="cost").data_bind(TuiNN.view)
            with Vertical(id="right"):
                yield ForwardBoard("Forward", id="forward").data_bind(TuiNN.view)
                yield BackwardBoard("Backward", id="backward").data_bind(TuiNN.view)
                yield StepBoard("Step", id="step").data_bind(TuiNN.view)
        yield Timeline(id="timeline").data_bind(TuiNN.view)
        yield KeyLine(id="keys")
        yield Static("tui-nn needs a terminal of at least 60 columns and 20 lines.", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Shows the first iteration, then trains on."""
        self._lesson_screen.show_pane(next(iter(PANE_NAMES)))
        self._show()
        self._train()
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            self.set_interval(_ALONE_SECONDS, _leave_if_alone)

    def dispatch(self, event: Event) -> None:
        """The only writer: into the log, then onto the screen. Raises `Refusal`, and nothing changes."""
        before = self.state.document
        self._history.append(event)
        if self.state.document is not before:
            if not self.state.document.runs_like(before):
                self._trajectory = self._new_trajectory()
            self._train()
        self._show()

    def _train(self) -> None:
        self._runner.extend(self._trajectory, self.state.document.iterations)

    def _show(self) -> None:
        trajectory, state = self._trajectory, self.state
        overflow = trajectory.overflow
        if overflow and overflow.iteration > state.document.iterations:
            overflow = None
        iteration = min(state.iteration, overflow.iteration) if overflow else state.iteration
        self.view = View(
            state=state,
            iteration=iteration,
            figures=self._figures_at(iteration),
            costs=trajectory.costs[: state.document.iterations],
            overflow=overflow,
            notation=UNICODE.of(state.document.network),
            run=trajectory,
            speed=self._player.speed if self._player.playing else None,
            changed=self._file.differs(state.document),
            file_name=self._file.name,
        )
        self._lesson_screen.show_keys()

    def _figures_at(self, iteration: int) -> Figures | None:
        trajectory = self._trajectory
        if self._figures and self._figures[:2] == (trajectory, iteration):
            return self._figures[2]
        computed = self._runner.pass_at(trajectory, iteration) if iteration <= trajectory.last else None
        return self._keep_figures(trajectory, iteration, computed) if computed else None

    def _keep_figures(self, trajectory: Trajectory, iteration: int, computed: Pass) -> Figures:
        figures = Figures(computed, UNICODE.of(trajectory.network))
        self._figures = trajectory, iteration, figures
        return figures

    @on(Runner.Progressed)
    def show_progress(self, message: Runner.Progressed) -> None:
        """Shows how far the run is."""
        if message.trajectory is self._trajectory:
            self._show()

    @on(Runner.Recalled)
    def show_recalled(self, message: Runner.Recalled) -> None:
        """Shows an iteration that took its time."""
        if message.trajectory is self._trajectory:
            self._keep_figures(message.trajectory, message.iteration, message.computed)
            self._show()

    @on(Grid.Edited)
    def take_edit(self, message: Grid.Edited) -> None:
        """Applies what was typed, or says at its cell why not."""
        try:
            self.dispatch(message.edit)
        except Refusal as refusal:
            message.grid.refuse(refusal, message.typing)
        else:
            if message.cell:
                message.grid.move_to(*message.cell)
            if isinstance(message.edit, (RowRemoved, ColumnRemoved)):
                self.notify("Deleted; u brings it back.", timeout=3, markup=False)

    @on(Timeline.Chosen)
    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the iteration clicked on the timeline."""
        self._move(Moved(message.iteration, self.state.step.name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dialogs open ahead of other keys from the lesson alone, not from a table, where a letter may be typed."""
        if action == "ask_now":
            return self.screen is self._lesson_screen and not isinstance(self.focused, Grid)
        if action in _ROOMY and self.screen.has_class("-tiny"):
            return False
        return super().check_action(action, parameters)

    async def action_ask_now(self, action: str) -> None:
        """Opens a dialog, and lets no key pass it: over a slow line they come together with the one that opens it."""
        await self.run_action(action)
        if isinstance(self.screen, Question):
            # A dialog that could not be drawn in that time is no reason to stand still.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.screen.drawn.wait(), _DRAWN_SECONDS)

    def _finish_typing(self) -> bool:
        """Takes what is still being typed into a table; False where that can't be."""
        grid = self._lesson_screen.focused
        if isinstance(grid, Grid):
            edited = grid.finish()
            if edited:
                self.take_edit(edited)
            return grid.typing is None
        return True

    # Moving

    def _move(self, moved: Moved | None) -> None:
        self._player.pause()
        if moved:
            self.dispatch(moved)

    def _shown_and_last(self) -> tuple[int, int]:
        view = self.view
        return (view.iteration, view.last) if view else (self.state.iteration, self.state.document.iterations)

    def action_next_step(self) -> None:
        """One step on."""
        self._move(moves.by_steps(self.state, *self._shown_and_last(), 1))

    def action_previous_step(self) -> None:
        """One step back."""
        self._move(moves.by_steps(self.state, *self._shown_and_last(), -1))

    def action_next_iteration(self) -> None:
        """The same step, one iteration on."""
        self._move(moves.by_iterations(self.state, *self._shown_and_last(), 1))

    def action_previous_iteration(self) -> None:
        """The same step, one iteration back."""
        self._move(moves.by_iterations(self.state, *self._shown_and_last(), -1))

    def action_first(self) -> None:
        """The first step of all."""
        self._move(moves.first(self.state))

    def action_last(self) -> None:
        """The last step of all."""
        self._move(moves.end(self.state, self._shown_and_last()[1]))

    def action_go_to(self) -> None:
        """Asks where to go."""
        _, last = self._shown_and_last()

        def check(text: str) -> str | None:
            try:
                moves.typed(self.state, last, text)
            except Refusal as refusal:
                return refusal_sentence(refusal)
            return None

        def go(text: str | None) -> None:
            if text is not None:
                self._move(moves.typed(self.state, last, text))

        self.push_screen(Ask(f"Go to iteration (1 to {grouped(last)}), step, or both (37 delta3):", "", check), go)

    # Playing

    def action_play(self) -> None:
        """Plays on from here, or pauses; at the end it begins again."""
        if self._player.playing:
            self._player.pause()
        else:
            iteration, last = self._shown_and_last()
            names = [step.name for step in self.state.steps]
            # From the first step nothing would be seen but weighted sums: the whole iteration is played then.
            name = names[-1] if self.state.step.name == names[0] else self.state.step.name
            begin = 1 if iteration == last else iteration
            if (begin, name) != (self.state.iteration, self.state.step.name):
                self.dispatch(Moved(begin, name))
            self._player.play()
        self._show()

    def action_faster(self) -> None:
        """The next higher speed."""
        self._change_speed(1)

    def action_slower(self) -> None:
        """The next lower speed."""
        self._change_speed(-1)

    def _change_speed(self, by: int) -> None:
        self._player.change_speed(by)
        if not self._player.playing:
            self.clear_notifications()
            self.notify(f"Speed: {grouped(self._player.speed)} iterations a second", timeout=2, markup=False)
        self._show()

    def _play_on(self, iterations: int) -> None:
        view = self.view
        if not view or (view.iteration > view.reached and view.iteration != view.last):
            return
        moved = moves.by_iterations(self.state, view.iteration, view.last, iterations)
        if moved is None or moved.iteration == view.last:
            self._player.pause()
        if moved:
            self.dispatch(moved)
        else:
            self._show()

    # Everything else

    def action_chart(self) -> None:
        """Turns the chart to its other axis."""
        self.dispatch(ChartChosen(CHARTS[(CHARTS.index(self.state.chart) + 1) % len(CHARTS)]))

    def action_undo(self) -> None:
        """Takes the last edit back."""
        self._dispatch_or_say(Undone(), "There is no edit to undo.")

    def action_redo(self) -> None:
        """Makes the edit undone last again."""
        self._dispatch_or_say(Redone(), "There is no edit to redo.")

    def _dispatch_or_say(self, event: Event, otherwise: str) -> None:
        try:
            self.dispatch(event)
        except Refusal:
            self.notify(otherwise, markup=False)

    def action_open(self) -> None:
        """Asks for a lesson, and about changes to this one."""
        if not self._finish_typing():
            return

        def ask() -> None:
            self.push_screen(OpenLesson(), self._open)

        ask_about_changes(self, self._file, self.state.document, ask)

    def _open_instead(self, path: Path) -> None:
        if not self._finish_typing():
            return
        ask_about_changes(self, self._file, self.state.document, partial(self._open, path))

    def _open(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            lesson = read(path)
        except SessionError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._player.pause()
        self._take(lesson, path)
        self._show()
        self._train()

    def action_save(self) -> None:
        """Asks for a file and saves."""
        if not self._finish_typing():
            return
        ask_where_to_save(self, self._file, self.state.document, self._show)

    async def action_quit(self) -> None:
        """Leaves, after asking about changes."""
        if not self._finish_typing():
            return
        ask_about_changes(self, self._file, self.state.document, self.exit)

    def action_help(self) -> None:
        """Shows all keys, those of this place first."""
        self.push_screen(Help(self._lesson_screen.places))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's
        """Every command, lesson and theme."""
        for command in COMMANDS:
            if command.action and command.where in (MOVING, EVERYWHERE) and command.action != "command_palette":
                yield SystemCommand(command.help, f"key: {command.shown}", partial(self.run_action, command.action))
        for name, path in lessons.bundled().items():
            yield SystemCommand(f"Lesson: {name}", read(path).document.title, partial(self._open_instead, path))
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)


def _leave_if_alone() -> None:
    """Ends a process whose terminal is gone: where hangups are ignored (nohup), nothing else would."""
    try:
        termios.tcgetattr(0)
    except (termios.error, OSError):
        os._exit(1)


def run(lesson: Lesson, path: Path) -> int:
    """Opens the dashboard on ``lesson``; gives the exit code when it is left."""
    app = TuiNN(lesson, path)
    app.run()
    return app.return_code or 0
