"""What all apps have in common: the main screen, and the features that every app is made of."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from typing import Any, ClassVar, TypeAlias

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive

from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.dashboard.dialogs.user_files import LocalFiles, UserFiles
from tui_nn.dashboard.features.controller import LessonController, Status
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.help import Help
from tui_nn.dashboard.features.inspecting.chart_axes import ChartAxes
from tui_nn.dashboard.features.inspecting.comparing import Comparing
from tui_nn.dashboard.features.inspecting.display_options import DisplayOptions
from tui_nn.dashboard.features.inspecting.explaining import Explaining
from tui_nn.dashboard.features.inspecting.gradient_check import GradientChecking
from tui_nn.dashboard.features.inspecting.new_rows import NewRows
from tui_nn.dashboard.features.inspecting.plane_choices import PlaneChoices
from tui_nn.dashboard.features.inspecting.quiz import Quiz
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.panes.chart import ChartPane
from tui_nn.dashboard.panes.check import CheckPane
from tui_nn.dashboard.panes.diagnosis import DiagnosisPane
from tui_nn.dashboard.screens.breakpoints import has_room
from tui_nn.dashboard.screens.commands import (
    DO,
    EXPLAINING,
    LOOKING_AROUND,
    NAVIGATING,
    OF_FEATURES,
    PANES,
    PLACES,
    REPLAYING,
    bindings_of_features,
)
from tui_nn.dashboard.screens.composition import lesson_widgets
from tui_nn.dashboard.screens.key_contexts import is_paste_for
from tui_nn.dashboard.screens.main import LessonScreen
from tui_nn.dashboard.screens.navigation_stack import Visit
from tui_nn.dashboard.terminal.terminal_app import TerminalApp
from tui_nn.dashboard.terminal.uploads import FileUploaded
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.dashboard.widgets.command import Command
from tui_nn.dashboard.widgets.step_strip import StepStrip
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.language import _
from tui_nn.session.events import Edit, Event, Moved
from tui_nn.session.state import State
from tui_nn.session.storage.session_file import Lesson
from tui_nn.session.viewer_session import ONLY_THE_TEACHER

NextApp: TypeAlias = Callable[[], App[Any]]
"""Makes the app that takes the place of one that is left, for instance the replay of its lesson."""

_LONG_SECONDS = 15


class LessonApp(TerminalApp[NextApp]):
    """A lesson on the screen. A subclass says which session its events go to, and which features it is made of."""

    CSS_PATH = "../screens/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    """Textual's own palette is off; `Help` has one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of_features()

    is_viewer: ClassVar[bool] = False
    """Whether somebody else teaches."""

    files: ClassVar[UserFiles] = LocalFiles()
    """The files that the user has; set before the first lesson is opened."""

    view: reactive[View | None] = reactive(None, layout=False, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self.lesson = LessonController(self, self.files, self.status, self._show_view, is_viewer=self.is_viewer)
        self.navigation = Navigation(self.lesson)
        self.explaining = Explaining(self.lesson)
        self.gradient_checking = GradientChecking(self.lesson)
        self.comparing = Comparing(self.lesson, self.navigation)
        self.basic_features: tuple[Feature, ...] = (
            self.explaining,
            self.gradient_checking,
            DisplayOptions(self.lesson),
            PlaneChoices(self.lesson),
            ChartAxes(self.lesson),
            NewRows(self.lesson),
            Quiz(self.lesson, self.explaining),
            self.comparing,
            Help(self.lesson, self.has, self.palette_entries),
        )
        """The features that every app has, besides `navigation`."""

    def compose_of(self, *features: Feature) -> None:
        """Makes the app of ``features``, and takes their actions; the palette lists their entries in this order."""
        self.made_of = features
        self.actions: dict[str, Action] = {
            "quit": self.exit,
            "redraw": self.action_redraw,
            "training": self._toggle_training,
        }
        for feature in features:
            self.actions |= feature.actions

    def status(self) -> Status:
        """What the screen says of the lesson besides its numbers."""
        raise NotImplementedError

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        return self.lesson.state

    def get_default_screen(self) -> LessonScreen:
        """The screen below all dialogs."""
        return LessonScreen(self)

    @property
    def lesson_screen(self) -> LessonScreen:
        """The screen below all dialogs, once it is there."""
        return self.lesson.screen

    def compose(self) -> ComposeResult:
        """All widgets of the main screen."""
        yield from lesson_widgets(LessonApp.view)

    def on_mount(self) -> None:
        """Shows the lesson. Textual calls this after a subclass's `on_mount`, which need not call it."""
        self.app_resume_signal.subscribe(self, lambda _app: self.action_redraw())
        self.show_from_the_start()

    def on_ready(self) -> None:
        """Trains once the first screen is there: the threads of training and of the chart would hold it up."""
        self.lesson.training.start()
        for chart in self.query(ChartPane):
            chart.load_plotext()
        if not gc.isenabled():
            # Otherwise the garbage collector looks through all objects of the start again and again: 50 ms each time.
            gc.freeze()
            gc.enable()

    def show_from_the_start(self) -> None:
        """Shows a lesson that has just been opened."""
        self.lesson_screen.leave_keys()
        self.lesson.show()

    def say_how_it_was_read(self, lesson: Lesson) -> None:
        """Says how many bytes at the end of a file are a cut-off event, or how a table of data was read."""
        if lesson.cut_off_bytes:
            says = _("{count} bytes of an event that was cut off were left out.", count=lesson.cut_off_bytes)
            self.notify(says, markup=False)
        elif lesson.reading_notes and not self.state.past and self.state.iteration == 1:
            self.notify(" ".join(lesson.reading_notes), timeout=_LONG_SECONDS, markup=False)

    def _show_view(self, view: View) -> None:
        """Gives the panes a view, and then the screen, which lays the panes out for it."""
        self.view = view
        self.lesson_screen.show(view)

    def dispatch(self, *events: Event) -> None:
        """Takes events in, if there are any, and shows the new state. Raises `ValidationError`, and nothing changes."""
        if events:
            self.lesson.dispatch(*events)

    def edit(self, edit: Edit, *events: Event) -> None:
        """Makes an edit and takes in ``events``. Raises `ValidationError` if it is refused; a viewer's always is."""
        self.lesson.dispatch(edit, *events)

    def turned_to(self, pane: str, *events: Event) -> None:
        """Takes in ``events``, and that the user turned to a pane."""
        self.lesson.turned_to(pane, *events)

    def turning_to(self, pane: str) -> AbstractContextManager[None]:
        """Takes in that the user turned to a pane, as one change with the first events dispatched inside."""
        return self.lesson.turning_to(pane)

    def way_back(self, visit: Visit) -> tuple[Event, ...] | None:
        """The events that lead back to a place; None if it is no longer there."""
        return self.explaining.way_back(visit)

    @on(Timeline.Chosen)
    def show_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the place clicked on the timeline."""
        self.go_to_clicked(message)

    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the iteration clicked on the timeline."""
        self.navigation.go_to_clicked(message)

    @on(StepStrip.Chosen)
    def go_to_step(self, message: StepStrip.Chosen) -> None:
        """Goes to the step clicked."""
        self.dispatch(Moved(self.state.iteration, message.step))

    @on(CheckPane.GuessAsked)
    def ask_for_guess(self) -> None:
        """Asks which mistake was planted."""
        self.gradient_checking.ask_for_guess()

    @on(DiagnosisPane.PlaceAsked)
    def go_to_mistake(self, message: DiagnosisPane.PlaceAsked) -> None:
        """Goes to the first of a student's numbers that differs, or to where a mistake acts."""
        self.comparing.go_to(message.acts_in)

    @on(DiagnosisPane.PutAwayAsked)
    def put_numbers_away(self) -> None:
        """Takes the student's numbers off the screen."""
        self.comparing.put_away()

    @on(BackgroundWorker.Progressed)
    def show_progress(self) -> None:
        """Shows how far the run is."""
        with self.keys_first.drawing():
            self.lesson.progressed()

    @on(BackgroundWorker.Recomputed)
    def show_recalled(self, message: BackgroundWorker.Recomputed) -> None:
        """Shows an iteration whose numbers took long to compute."""
        if message.run is self.lesson.run:
            self.lesson.builder.keep(message.run, message.iteration, message.computed)
            self.lesson.show()

    @on(BackgroundWorker.RoundingMeasured)
    def show_rounding(self, message: BackgroundWorker.RoundingMeasured) -> None:
        """Takes in how many digits can be relied on."""
        self.lesson.keep_agreement(message.run, message.agreed)

    @on(BackgroundWorker.Graded)
    def show_graded(self, message: BackgroundWorker.Graded) -> None:
        """Shows which answers were right."""
        self.lesson.builder.keep_verdicts(message.verdicts)
        self.lesson.show()

    @on(BackgroundWorker.Measured)
    def show_measured(self) -> None:
        """Shows what was measured of a gradient check."""
        self.lesson.show()

    @on(FileUploaded)
    def show_uploaded(self, message: FileUploaded) -> None:
        """Takes a file that the user has uploaded through the page of a browser."""
        self.take_upload(message.name)

    def take_upload(self, name: str) -> None:
        """Says what has become of the upload called ``name``."""
        self.notify(_("{name} is uploaded; o opens it in the lesson that you teach.", name=name), markup=False)

    def action_do(self, action: str) -> None:
        """Does what a command of a feature does, or says that only the teacher can."""
        if self.has(OF_FEATURES[action]):
            self.actions[action]()
        else:
            self.notify(ONLY_THE_TEACHER, timeout=3, markup=False)

    async def action_quit(self) -> None:
        """Leaves."""
        self.actions["quit"]()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Asks `offers` about the commands of features."""
        return self.offers(str(parameters[0])) if action == DO else super().check_action(action, parameters)

    def has(self, command: Command) -> bool:
        """Whether the user can do a command: a feature of this app does it, and the user may make its events."""
        is_done = command.action in self.actions or command.action not in OF_FEATURES
        return is_done and self.lesson.may_make(*command.makes)

    def offers(self, action: str) -> bool:
        """Whether the app takes the key of a command now. A command that opens a dialog needs room for it.

        A viewer's app also takes the keys of the teacher's commands, to say that only the teacher can do this.
        """
        command = OF_FEATURES[action]
        if command.where in (NAVIGATING, REPLAYING) and command.where != self.walks_by:
            return False
        return (self.has(command) or self.is_viewer) and (not command.asks or has_room(self.size))

    def palette_entries(self) -> Iterator[Entry]:
        """What the palette lists, in its order."""
        return chain.from_iterable(feature.palette_entries() for feature in self.made_of)

    @property
    def walks_by(self) -> str:
        """The place whose commands the arrows do: `NAVIGATING` from step to step, `REPLAYING` from event to event."""
        return NAVIGATING

    @property
    def places(self) -> list[str]:
        """The key contexts that apply, besides those of the pane with the keys."""
        walking = [] if self.lesson_screen.focused else [self.walks_by, EXPLAINING]
        others = (place for place in PLACES if place not in (NAVIGATING, REPLAYING, LOOKING_AROUND))
        return list(dict.fromkeys((*walking, PANES, *others)))

    @property
    def is_playing(self) -> bool:
        """Whether the lesson plays."""
        return self.navigation.speed is not None

    @property
    def training(self) -> str:
        """What the key that stops computing would do now; "" if there is nothing to stop."""
        return self.lesson.training.key_label

    def _toggle_training(self) -> None:
        if self.lesson.training.is_complete:
            self.notify(_("All iterations are computed."), timeout=3, markup=False)
        else:
            self.lesson.training.toggle()
        self.lesson.show()

    def takes_as_paste(self, text: str) -> bool:
        """Whether keys that came in one piece are a paste. Rows of numbers are a paste in a pane that takes tables."""
        is_for_pane = is_paste_for(self.focused, text)
        return super().takes_as_paste(text) if is_for_pane is None else is_for_pane
