"""What every lesson on the screen has in common, whoever teaches it: its panes, and the walk through its iterations."""

import asyncio
import contextlib
import os
import sys
import termios
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, TypeAlias

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
from tui_nn.dashboard.commands import COMMANDS, EVERYWHERE, MOVING, PANES, asking_bindings, bindings_of
from tui_nn.dashboard.compare import ComparePane
from tui_nn.dashboard.data_pane import DataPane
from tui_nn.dashboard.dialogs import Ask, Help, Question
from tui_nn.dashboard.grid import Grid
from tui_nn.dashboard.lines import Banner, Header, KeyLine, PaneTabs, Timeline
from tui_nn.dashboard.player import Player
from tui_nn.dashboard.results import Results
from tui_nn.dashboard.runner import Runner
from tui_nn.dashboard.screen import PANE_NAMES, LessonScreen
from tui_nn.dashboard.settings_pane import SettingsPane
from tui_nn.dashboard.view import Comparison, Figures, OtherRun, Strip, View
from tui_nn.network import Pass, Refusal, Run
from tui_nn.session import limits
from tui_nn.session.branches import Branch
from tui_nn.session.events import ChartChosen, Event, Looked, Moved
from tui_nn.session.runs import Runs
from tui_nn.session.state import CHARTS, State
from tui_nn.writing.figures import grouped
from tui_nn.writing.notation import UNICODE
from tui_nn.writing.sentences import refusal_sentence

Following: TypeAlias = Callable[[], App[Any]]
"""What makes the app that takes the place of one that is left, for instance the replay of its lesson."""

_WATCH_SECONDS = 2
_DRAWN_SECONDS = 1
# What opens a dialog: below the least size there is no room for one.
_ROOMY = frozenset({"go_to", "open", "save", "help", "command_palette"})


class LessonApp(App[Following]):
    """A lesson on the screen. Subclasses say where its events go and who teaches it."""

    TITLE = "tui-nn"
    CSS_PATH = "app.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    COMMANDS_OF: ClassVar[tuple[str, ...]] = (MOVING, EVERYWHERE)
    """The places, as `commands` names them, whose commands there are."""
    BINDINGS: ClassVar[list[BindingType]] = [*asking_bindings(*COMMANDS_OF), *bindings_of(*COMMANDS_OF)]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (118, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-short"), (38, "-tall")]

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self._runner = Runner(self)
        self._player = Player(self, self._play_on)
        self._forget_runs()

    def _forget_runs(self) -> None:
        """For another lesson."""
        self._runs = Runs(most=limits.BRANCHES + 6)
        self._figures: tuple[Run, int, Figures] | None = None

    # What subclasses say

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        raise NotImplementedError

    def append(self, *events: Event) -> None:
        """Takes events in. Raises `Refusal`, and nothing changes."""
        raise NotImplementedError

    def glide(self, event: Moved) -> None:
        """Takes in one of the many moves of a lesson that plays."""
        raise NotImplementedError

    def paused(self) -> None:
        """Playing has stopped."""

    @property
    def banner(self) -> str:
        """What has to be said for as long as it is so."""
        return ""

    @property
    def is_changed(self) -> bool:
        """Whether there are changes that somebody may want to save."""
        return False

    @property
    def file_name(self) -> str:
        """What a lesson without a title is called."""
        return ""

    @property
    def is_guest(self) -> bool:
        """Whether somebody else teaches."""
        return False

    @property
    def strip(self) -> Strip | None:
        """The lesson as a strip of film, in a replay."""
        return None

    # The screen

    def get_default_screen(self) -> LessonScreen:
        """The screen below all dialogs."""
        return LessonScreen(self)

    @property
    def lesson_screen(self) -> LessonScreen:
        """The screen below all dialogs, once it is there."""
        screen = self.screen_stack[0]
        assert isinstance(screen, LessonScreen)  # noqa: S101 - get_default_screen made it
        return screen

    def compose(self) -> ComposeResult:
        """The lines, and between them the panes."""
        yield Header(id="header").data_bind(LessonApp.view)
        yield Banner(id="banner").data_bind(LessonApp.view)
        yield PaneTabs({pane: name for pane, name in PANE_NAMES.items() if pane != "compare"}, id="tabs")
        with Horizontal(id="main"):
            with Vertical(id="left"):
                yield DataPane(id="data").data_bind(LessonApp.view)
                yield SettingsPane(id="settings").data_bind(LessonApp.view)
                yield Results(id="results").data_bind(LessonApp.view)
                yield CostChart(id="cost").data_bind(LessonApp.view)
            with Vertical(id="right"):
                yield ForwardBoard("Forward", id="forward").data_bind(LessonApp.view)
                yield BackwardBoard("Backward", id="backward").data_bind(LessonApp.view)
                yield ComparePane("Compare", id="compare").data_bind(LessonApp.view)
                yield StepBoard("Step", id="step").data_bind(LessonApp.view)
        yield Timeline(id="timeline").data_bind(LessonApp.view)
        yield KeyLine(id="keys")
        yield Static("tui-nn needs a terminal of at least 60 columns and 20 lines.", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Shows the first iteration, then trains on."""
        self.lesson_screen.show_pane(self.state.pane)
        self.show()
        self.train()
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            self.set_interval(_WATCH_SECONDS, self.look_after)

    def look_after(self) -> None:
        """What is seen to every now and then: ends a process whose terminal is gone.

        Where hangups are ignored (nohup), nothing else would.
        """
        try:
            termios.tcgetattr(0)
        except (termios.error, OSError):
            os._exit(1)

    def dispatch(self, *events: Event) -> None:
        """The only writer: into the log, then onto the screen. Raises `Refusal`, and nothing changes."""
        before = self.state.branches
        self.append(*events)
        self.show_state(before)

    def show_state(self, before: object) -> None:
        """Shows the state of now, and trains where its runs are not those of ``before``."""
        if self.state.branches is not before:
            self.train()
        self.show()

    def train(self) -> None:
        """Computes the run shown, then those beside it."""
        branches = self.state.branches
        order = [branches.current, *(branch for branch in branches.all if branch is not branches.current)]
        self._runner.extend([(self.run_of(branch), branch.course.document.iterations) for branch in order])

    def run_of(self, branch: Branch) -> Run:
        """The run of a branch, with its first iteration at least."""
        run = self._runs.run_of(branch.course)
        if not run.last:
            run.extend(1)
        return run

    def show(self) -> None:
        """Gives every pane what it has to show now."""
        state = self.state
        branch = state.branches.current
        run, last = self.run_of(branch), branch.course.document.iterations
        overflow = run.overflow if run.overflow and run.overflow.iteration <= last else None
        iteration = min(state.iteration, overflow.iteration) if overflow else state.iteration
        self.view = View(
            state=state,
            iteration=iteration,
            figures=self._figures_at(run, iteration),
            costs=run.costs[:last],
            overflow=overflow,
            notation=UNICODE.of(state.document.network),
            run=run,
            speed=self._player.speed if self._player.playing else None,
            changed=self.is_changed,
            file_name=self.file_name,
            others=tuple(self._other(other) for other in state.branches.all if other is not branch),
            comparison=self._comparison(iteration),
            banner=self.banner,
            is_guest=self.is_guest,
            strip=self.strip,
        )
        self.lesson_screen.show_comparison(len(state.branches.all) > 1)
        self.lesson_screen.show_keys()

    def _other(self, branch: Branch) -> OtherRun:
        run = self.run_of(branch)
        return OtherRun(branch.name, run.costs[: branch.course.document.iterations], run)

    def _comparison(self, iteration: int) -> Comparison | None:
        compared = self.state.branches.compared
        if compared is None:
            return None
        run = self.run_of(compared)
        there = iteration <= min(run.last, compared.course.document.iterations)
        return Comparison(compared.name, compared.fork, self._runner.pass_soon(run, iteration) if there else None)

    def _figures_at(self, run: Run, iteration: int) -> Figures | None:
        if self._figures and self._figures[:2] == (run, iteration):
            return self._figures[2]
        computed = self._runner.pass_at(run, iteration) if iteration <= run.last else None
        return self._keep_figures(run, iteration, computed) if computed else None

    def _keep_figures(self, run: Run, iteration: int, computed: Pass) -> Figures:
        figures = Figures(computed, UNICODE.of(run.network))
        self._figures = run, iteration, figures
        return figures

    @on(Runner.Progressed)
    def show_progress(self) -> None:
        """Shows how far the run is."""
        self.show()

    @on(Runner.Recalled)
    def show_recalled(self, message: Runner.Recalled) -> None:
        """Shows an iteration that took its time."""
        if message.run is self.run_of(self.state.branches.current):
            self._keep_figures(message.run, message.iteration, message.computed)
            self.show()

    # What the screen asks and tells

    @property
    def places(self) -> list[str]:
        """Which commands apply, beside those of the pane with the keys."""
        walking = [] if self.lesson_screen.focused else [MOVING]
        return [*walking, PANES, *(place for place in self.COMMANDS_OF if place != MOVING)]

    @property
    def is_playing(self) -> bool:
        """Whether the lesson plays."""
        return self._player.playing

    def turned_to(self, pane: str) -> None:
        """Takes note of the pane that is looked at."""
        if pane != self.state.pane:
            self.dispatch(Looked(pane))

    def left_pane(self) -> None:
        """The step is looked at again."""
        self.turned_to(next(iter(PANE_NAMES)))

    @on(Timeline.Chosen)
    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the iteration clicked on the timeline."""
        last = self._shown_and_last()[1]
        self.move(Moved(1 + round(message.part * (last - 1)), self.state.step.name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dialogs open ahead of other keys from the lesson alone, not from a table, where a letter may be typed."""
        if action == "ask_now":
            if not self.check_action(str(parameters[0]), ()):
                return False
            return self.screen is self.lesson_screen and not isinstance(self.focused, Grid)
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

    # Moving

    def move(self, moved: Moved | None) -> None:
        """Goes there, if anywhere; what plays pauses."""
        self.pause()
        if moved:
            self.dispatch(moved)

    def pause(self) -> None:
        """Stops playing."""
        if self._player.playing:
            self._player.pause()
            self.paused()

    def _shown_and_last(self) -> tuple[int, int]:
        view = self.view
        return (view.iteration, view.last) if view else (self.state.iteration, self.state.document.iterations)

    def action_next_step(self) -> None:
        """One step on."""
        self.move(moves.by_steps(self.state, *self._shown_and_last(), 1))

    def action_previous_step(self) -> None:
        """One step back."""
        self.move(moves.by_steps(self.state, *self._shown_and_last(), -1))

    def action_next_iteration(self) -> None:
        """The same step, one iteration on."""
        self.move(moves.by_iterations(self.state, *self._shown_and_last(), 1))

    def action_previous_iteration(self) -> None:
        """The same step, one iteration back."""
        self.move(moves.by_iterations(self.state, *self._shown_and_last(), -1))

    def action_first(self) -> None:
        """The first step of all."""
        self.move(moves.first(self.state))

    def action_last(self) -> None:
        """The last step of all."""
        self.move(moves.end(self.state, self._shown_and_last()[1]))

    def action_go_to(self) -> None:
        """Asks where to go."""
        last = self._shown_and_last()[1]
        question = f"Go to iteration (1 to {grouped(last)}), step, or both (37 delta3), or mark:"
        self.ask(question, partial(moves.typed, self.state, last), self.move)

    def ask(
        self, question: str, understand: Callable[[str], Any], then: Callable[[Any], None], value: str = ""
    ) -> None:
        """Asks for a line, until ``understand`` does not refuse it; ``then`` gets what it makes of it."""

        def check(text: str) -> str | None:
            try:
                understand(text)
            except Refusal as refusal:
                return refusal_sentence(refusal)
            return None

        def answered(text: str | None) -> None:
            if text is not None:
                then(understand(text))

        self.push_screen(Ask(question, value, check), answered)

    # Playing

    def action_play(self) -> None:
        """Plays on from here, or pauses; at the end it begins again."""
        if self._player.playing:
            self.pause()
        else:
            iteration, last = self._shown_and_last()
            names = [step.name for step in self.state.steps]
            # From the first step nothing would be seen but weighted sums: the whole iteration is played then.
            name = names[-1] if self.state.step.name == names[0] else self.state.step.name
            begin = 1 if iteration == last else iteration
            if (begin, name) != (self.state.iteration, self.state.step.name):
                self.dispatch(Moved(begin, name))
            self._player.play()
            self.played()
        self.show()

    def played(self) -> None:
        """Playing has begun, or goes on at another speed."""

    def action_faster(self) -> None:
        """The next higher speed."""
        self._change_speed(1)

    def action_slower(self) -> None:
        """The next lower speed."""
        self._change_speed(-1)

    def _change_speed(self, by: int) -> None:
        self._player.change_speed(by)
        if self._player.playing:
            self.played()
        else:
            self.clear_notifications()
            self.notify(f"Speed: {grouped(self._player.speed)} iterations a second", timeout=2, markup=False)
        self.show()

    def _play_on(self, iterations: int) -> None:
        view = self.view
        if not view or (view.iteration > view.reached and view.iteration != view.last):
            return
        moved = moves.by_iterations(self.state, view.iteration, view.last, iterations)
        if moved:
            self.glide(moved)
        if moved is None or moved.iteration == view.last:
            self.pause()
        self.show()

    # Everything else

    def action_chart(self) -> None:
        """Turns the chart to its other axis."""
        self.dispatch(ChartChosen(CHARTS[(CHARTS.index(self.state.chart) + 1) % len(CHARTS)]))

    async def action_quit(self) -> None:
        """Leaves."""
        self.exit()

    def action_help(self) -> None:
        """Shows all keys, those of this place first."""
        self.push_screen(Help(self.lesson_screen.places, (PANES, *self.COMMANDS_OF)))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 - Textual's
        """Every command and theme."""
        for command in COMMANDS:
            if command.action and command.where in self.COMMANDS_OF and command.action != "command_palette":
                yield SystemCommand(command.help, f"key: {command.shown}", partial(self.run_action, command.action))
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)


def run(first: LessonApp) -> int:
    """Opens the dashboard, and what follows it, until somebody leaves; gives the exit code."""
    app: App[Following] = first
    while True:
        following = app.run()
        if following is None:
            return app.return_code or 0
        app = following()
