"""What every lesson on the screen has in common, whoever teaches it: its panes, and what they are given to show."""

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, TypeAlias

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Static

from tui_nn.dashboard.apps.terminal_app import TerminalApp
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.dashboard.panes.data import DataPane
from tui_nn.dashboard.panes.registry import STEP, panes_in
from tui_nn.dashboard.screens.breakpoints import has_room
from tui_nn.dashboard.screens.commands import ASKING, EVERYWHERE, MOVING, PANES, SEEING, bindings_of
from tui_nn.dashboard.screens.main import LessonScreen
from tui_nn.dashboard.terminal.plain_paste import LEAST, is_table, is_word
from tui_nn.dashboard.view_model.builder import ViewBuilder
from tui_nn.dashboard.view_model.view import ReplayPosition, View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.dashboard.widgets.matrix_board import Board
from tui_nn.dashboard.widgets.pane import Column
from tui_nn.dashboard.widgets.status_lines import Banner, Header, KeyLine, PaneTabs
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.network import Run, ValidationError
from tui_nn.session.branches import Branch, Branches
from tui_nn.session.events import Edit, Event, Looked
from tui_nn.session.state import State
from tui_nn.session.storage.session_file import Lesson
from tui_nn.writing.sentences.steps_and_errors import error_sentence

Following: TypeAlias = Callable[[], App[Any]]
"""What makes the app that takes the place of one that is left, for instance the replay of its lesson."""

_LONG_SECONDS = 15


class LessonApp(TerminalApp[Following]):
    """A lesson on the screen. Subclasses say where its events go and who teaches it."""

    COMMANDS_OF: ClassVar[tuple[str, ...]] = (MOVING, SEEING, EVERYWHERE)
    """The places, as `commands` names them, whose commands there are."""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*COMMANDS_OF)

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._runner = BackgroundWorker(self)
        self._numbers = ViewBuilder(self._runner, self.notation)
        self._has_stopped = False
        self._told_progress = 0

    # What subclasses say

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        raise NotImplementedError

    def append(self, *events: Event) -> None:
        """Takes events in. Raises `ValidationError`, and nothing changes."""
        raise NotImplementedError

    @property
    def speed(self) -> int | None:
        """How many iterations a second the lesson plays; None where it does not."""
        return None

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
    def is_untouched(self) -> bool:
        """Whether nothing has happened yet to a lesson that is being taught."""
        return False

    @property
    def is_guest(self) -> bool:
        """Whether somebody else teaches."""
        return False

    @property
    def given(self) -> frozenset[int] | None:
        """The numbers of the answers that count; None where all do."""
        return None

    @property
    def strip(self) -> ReplayPosition | None:
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
        yield PaneTabs(id="tabs")
        with Horizontal(id="main"):
            for column in Column:
                with Vertical(id=column):
                    for pane in panes_in(column):
                        yield pane().data_bind(LessonApp.view)
        yield Timeline(id="timeline").data_bind(LessonApp.view)
        yield KeyLine(id="keys")
        yield Static("tui-nn needs a terminal of at least 60 columns and 20 lines.", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Shows the first iteration. Textual calls this after what a subclass does here, which need not call it."""
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        self.show_from_the_start()

    def on_ready(self) -> None:
        """Trains on once the first screen is there: the threads of training and of the chart would hold it up."""
        self.train()
        self.query_one(ChartPane).load()
        if not gc.isenabled():
            # What is there now stays: to look through it again and again would hold up keys, for 50 ms at a time.
            gc.freeze()
            gc.enable()

    def show_from_the_start(self) -> None:
        """Shows a lesson that has just been opened, at the pane that was looked at last."""
        self.show()
        self.lesson_screen.show_pane(self.state.pane)

    def say_how_it_was_read(self, lesson: Lesson) -> None:
        """Says how many bytes at the end of a file are a cut-off event, or how a table of data was read."""
        if lesson.left_out:
            self.notify(f"{lesson.left_out} bytes of an event that was cut off were left out.", markup=False)
        elif lesson.remarks and not self.state.past and self.state.iteration == 1:
            self.notify(" ".join(lesson.remarks), timeout=_LONG_SECONDS, markup=False)

    def dispatch(self, *events: Event) -> None:
        """The only writer: into the log, then onto the screen. Raises `ValidationError`, and nothing changes."""
        before = self.state.branches
        self.append(*events)
        self.show_state(before)

    def edit(self, edit: Edit) -> None:
        """Makes an edit. Raises `ValidationError` where it can't be."""
        self.dispatch(edit)

    def edit_or_say(self, edit: Edit) -> None:
        """Makes an edit, or shows why it is refused."""
        try:
            self.edit(edit)
        except ValidationError as refusal:
            self.notify(error_sentence(refusal), severity="error", markup=False)

    def show_state(self, before: Branches) -> None:
        """Shows the state of now, and trains where its runs are not those of ``before``.

        What was stopped goes on only where there is a run that there was not.
        """
        branches = self.state.branches
        known = {branch.course for branch in before.all}
        if branches is not before and (not self._has_stopped or any(one.course not in known for one in branches.all)):
            self.train()
        self.show()

    def train(self) -> None:
        """Computes the run shown, then those beside it."""
        self._has_stopped, self._told_progress = False, 0
        branches = self.state.branches
        order = [branches.current, *(branch for branch in branches.all if branch is not branches.current)]
        self._runner.extend([(self.run_of(branch), branch.course.document.iterations) for branch in order])

    def action_training(self) -> None:
        """Stops computing, or goes on with it."""
        if self._is_computed:
            self.notify("All iterations are computed.", timeout=3, markup=False)
        elif self._runner.is_extending:
            self._has_stopped = True
            self._runner.stop()
        else:
            self.train()
        self.show()

    @property
    def _is_computed(self) -> bool:
        """Whether every run is there to its end, or to where it overflows."""
        runs = ((self.run_of(branch), branch.course.document.iterations) for branch in self.state.branches.all)
        return all(run.overflow or run.reached >= iterations for run, iterations in runs)

    @property
    def training(self) -> str:
        """What the key for it would do, while the runs take their time; "" where they do not."""
        if self._is_computed:
            return ""
        if self._has_stopped:
            return "compute on"
        return "stop computing" if self._told_progress > 1 and self._runner.is_extending else ""

    def run_of(self, branch: Branch) -> Run:
        """The run of a branch, with its first iteration at least."""
        return self._numbers.run_of(branch)

    def show(self) -> None:
        """Gives every pane what it has to show now."""
        state = self.state
        self.view = replace(
            self._numbers.view(state),
            speed=self.speed,
            changed=self.is_changed,
            file_name=self.file_name,
            banner=self.banner,
            is_guest=self.is_guest,
            strip=self.strip,
            is_untouched=self.is_untouched,
            has_stopped=self._has_stopped,
            given=self.given,
        )
        if self.view.check and (state.pane == "check" or state.chart in ("slope", "gradient check")):
            self._runner.measure(self.view.check, self.view.weight_place, self.view.mistaken)
        shows_cell = state.pane in ("forward", "backward") and self.view.selected is not None
        self.lesson_screen.show_explanation(shows_cell or state.pane == "explain")
        self.lesson_screen.offer(self.view)
        self.lesson_screen.show_keys()

    @on(BackgroundWorker.Progressed)
    def show_progress(self) -> None:
        """Shows how far the run is."""
        self._told_progress += 1
        self._numbers.progressed()
        self.show()

    @on(BackgroundWorker.Recalled)
    def show_recalled(self, message: BackgroundWorker.Recalled) -> None:
        """Shows an iteration that took its time."""
        if message.run is self.run_of(self.state.branches.current):
            self._numbers.keep(message.run, message.iteration, message.computed)
            self.show()

    @on(BackgroundWorker.Rounded)
    def show_rounding(self, message: BackgroundWorker.Rounded) -> None:
        """Shows how many digits can be relied on."""
        self._numbers.keep_agreement(message.run, message.agreed)
        self.show()

    @on(BackgroundWorker.Graded)
    def show_graded(self, message: BackgroundWorker.Graded) -> None:
        """Shows which answers were right."""
        self._numbers.keep_verdicts(message.verdicts)
        self.show()

    @on(BackgroundWorker.Measured)
    def show_measured(self) -> None:
        """Shows what was measured of a gradient check."""
        self.show()

    # Keys and pastes, questions and messages

    def takes_as_paste(self, text: str) -> bool:
        """Whether keys that came in one piece are a paste. Rows of numbers are a paste in a pane that takes tables."""
        pane = self.focused
        if isinstance(pane, DataPane) and pane.may_type and (is_table(text) or is_word(text)):
            # The user is typing in a cell already: these keys go on there, and fill the same cells as a paste would.
            return pane.typing is None
        is_block = isinstance(pane, Board) and pane.may_paste and is_table(text) and len(text) >= LEAST
        return is_block or super().takes_as_paste(text)

    @property
    def places(self) -> list[str]:
        """Which commands apply, beside those of the pane with the keys."""
        walking = [] if self.lesson_screen.focused else [MOVING, SEEING]
        others = (place for place in self.COMMANDS_OF if place != MOVING)
        return list(dict.fromkeys((*walking, PANES, *others)))

    @property
    def is_playing(self) -> bool:
        """Whether the lesson plays."""
        return self.speed is not None

    def turned_to(self, pane: str) -> None:
        """Takes note of the pane that is looked at."""
        if pane != self.state.pane:
            self.dispatch(Looked(pane))

    def left_pane(self) -> None:
        """The step is looked at again."""
        self.turned_to(STEP)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dialogs do not open where there is no room for one."""
        if action in ASKING and not has_room(self.size):
            return False
        return super().check_action(action, parameters)

    async def action_quit(self) -> None:
        """Leaves."""
        self.exit()


def run(first: LessonApp) -> int:
    """Opens the dashboard, and what follows it, until somebody leaves; gives the exit code."""
    app: App[Following] = first
    while True:
        following = app.run()
        if following is None:
            return app.return_code or 0
        app = following()
