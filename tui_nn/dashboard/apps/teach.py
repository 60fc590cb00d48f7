"""A lesson that is taught here: what happens in it goes into its log, and onto the disk."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from time import monotonic

from textual import on
from textual.app import App
from textual.message import Message

from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.features.class_painter import ClassPainter
from tui_nn.dashboard.features.controller import Status
from tui_nn.dashboard.features.inspecting.export import Export
from tui_nn.dashboard.features.inspecting.runs import Runs
from tui_nn.dashboard.features.setting_search import SettingSearch
from tui_nn.dashboard.features.teaching.cost_recording import CostRecording
from tui_nn.dashboard.features.teaching.data_files import DataFiles
from tui_nn.dashboard.features.teaching.editing import Editing
from tui_nn.dashboard.features.teaching.lesson_files import LessonFiles
from tui_nn.dashboard.features.teaching.note_editing import NoteEditing
from tui_nn.dashboard.features.teaching.sharing import Sharing
from tui_nn.dashboard.features.teaching.weight_editing import WeightEditing
from tui_nn.dashboard.panes.registry import PANE_CLASSES, STEP
from tui_nn.dashboard.terminal.driver import TerminalDriver
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.view_model.worker import BackgroundWorker
from tui_nn.dashboard.widgets.matrices.matrix_board import MatrixBoard
from tui_nn.dashboard.widgets.status_lines import Banner
from tui_nn.language import _
from tui_nn.session.events import Edit, Event
from tui_nn.session.storage import library
from tui_nn.session.storage.background_sync import BackgroundSync
from tui_nn.session.storage.library import Recording
from tui_nn.session.teaching_session import TeachingSession

_WARNING_SECONDS = 10
_RECORD_AGAIN_SECONDS = 2
_SECONDS_TO_DRAW = 0.01
# A dialog may keep the banner out of sight.
_LONGEST_SECONDS_HELD = 1.0


class TeachApp(LessonApp):
    """Teaches a lesson. ``unfinished`` are lessons that broke off; the newest of them is offered.

    A key does not wait for the disk where the terminal's driver can hold back the frames that show what it does.
    """

    class DiskFailed(Message):
        """The disk has refused an event."""

    def __init__(self, session: TeachingSession, unfinished: Iterable[Recording] = ()) -> None:
        super().__init__()
        self._recording = CostRecording(session, self.lesson.run_of)
        self._painter = ClassPainter()
        self.lesson.open(self._recording)
        self._unfinished = list(unfinished)
        self._comes_back = False
        self._background: BackgroundSync | None = None
        lesson, navigation = self.lesson, self.navigation
        self._editing = Editing(lesson, navigation, self._recording)
        self._weight_editing = WeightEditing(lesson, navigation, self._editing)
        self._files = LessonFiles(lesson, navigation, self._recording, self._teach, self._exit_to)
        self.compose_of(
            navigation,
            SettingSearch(lesson, self._editing),
            *self.basic_features,
            self._editing,
            self._weight_editing,
            DataFiles(lesson, self._editing),
            NoteEditing(lesson, navigation),
            Runs(lesson, navigation),
            Export(lesson),
            *((Sharing(lesson, self._recording, self._painter),) if self.files.can_be_shared else ()),
            self._files,
        )

    def _show_view(self, view: View) -> None:
        """Shows a view here first; only then the painter draws it for the class."""
        super()._show_view(view)
        self.call_after_refresh(self._painter.nudge)

    def status(self) -> Status:
        """Whether the lesson plays, is changed and is recorded."""
        session = self._recording.session
        failure = session.recording_failure
        return Status(
            speed=self.navigation.speed,
            banner=_("Not recorded at the moment: {reason}. tui-nn keeps trying.", reason=failure) if failure else "",
            file_name=session.name,
            is_changed=session.is_changed,
            # A teacher who goes on where the lesson broke off knows how to begin.
            is_untouched=session.lesson.is_ended and not session.has_new_events,
        )

    def on_mount(self) -> None:
        """Says where the lesson is recorded, if not where the user wanted; offers to resume an interrupted lesson."""
        if driver := self.frame_holder:
            self._background = BackgroundSync(lambda: self.post_message(self.DiskFailed()))
            driver.hold_frames(self._background.wait)
            self._recording.session.sync_in(self._background)
        if self.driver_class is TerminalDriver or self.is_web:
            self.set_interval(_RECORD_AGAIN_SECONDS, self.record_again)
        if warning := library.folder_warning():
            self.notify(warning, severity="warning", timeout=_WARNING_SECONDS, markup=False)
        if self._unfinished:
            self._files.offer(self._unfinished)

    def on_unmount(self) -> None:
        """Lets others record in the file, unless the lesson comes back."""
        if self._background:
            self._recording.session.sync_in(None)
            self._background.stop()
        if not self._comes_back:
            self._recording.session.close()
        self._painter.end(at_once=self._comes_back)

    def show_from_the_start(self) -> None:
        """Shows the lesson, and gives the keys to the pane that had them when the lesson broke off."""
        super().show_from_the_start()
        self.say_how_it_was_read(self._recording.session.lesson)
        if self.state.pane != STEP and PANE_CLASSES[self.state.pane].takes_keys(self.state):
            self.lesson_screen.set_focus(self.lesson_screen.query_one(f"#{self.state.pane}"))

    def record_again(self) -> None:
        """Tries again to record what a full disk did not take, and shows whether that worked."""
        session = self._recording.session
        before = session.recording_failure
        session.flush()
        if session.recording_failure != before:
            self.lesson.show()

    @on(DiskFailed)
    def show_failure(self) -> None:
        """Tries the disk once more. If it fails again, frames wait until the banner is drawn, for a second at most."""
        self.record_again()
        self._write_held_frames(monotonic() + _LONGEST_SECONDS_HELD)

    def _write_held_frames(self, latest: float) -> None:
        """Lets the terminal have what was drawn as soon as the banner is among it, if there has to be one."""
        if not self._background or not (driver := self.frame_holder):
            return
        is_said = self.lesson_screen.query_one(Banner).is_drawn or not self._recording.session.recording_failure
        if is_said or monotonic() > latest:
            self._background.show()
            driver.write_held()
        else:
            self.set_timer(_SECONDS_TO_DRAW, partial(self._write_held_frames, latest))

    def edit(self, edit: Edit, *events: Event) -> None:
        """Makes an edit and takes in ``events``. Raises `ValidationError` if it is refused."""
        self._editing.edit(edit, *events)

    @on(MatrixBoard.WeightAsked)
    def ask_for_weight(self, message: MatrixBoard.WeightAsked) -> None:
        """Asks for another value of the weight selected, beginning with what was typed."""
        self._weight_editing.ask_for_weight(message.text)

    @on(MatrixBoard.WeightsPasted)
    def paste_weights(self, message: MatrixBoard.WeightsPasted) -> None:
        """Sets weights to the numbers pasted."""
        self._weight_editing.paste_weights(message.text)

    @on(BackgroundWorker.Progressed)
    def record_progress(self, message: BackgroundWorker.Progressed) -> None:
        """Records the costs that the log waits for, and says what the last edit did to the run."""
        self._recording.progressed(message.run)
        self._editing.outcome.tell()

    def take_upload(self, name: str) -> None:
        """Opens a file that the user has uploaded, or gives its name to the dialog that asks for a file."""
        self._files.take_upload(name)

    def _teach(self, session: TeachingSession) -> None:
        """Teaches another lesson from now on."""
        self._recording.session = session
        session.sync_in(self._background)
        self.lesson.open(self._recording)
        self.show_from_the_start()
        self.lesson.training.start()

    def _exit_to(self, following: Path | TeachingSession | None) -> None:
        """Exits. Next, the lesson in a path is followed; a session is replayed, and then taught here again."""
        match following:
            case None:
                self.exit()
            case Path():
                self.exit(partial(_follow, following))
            case TeachingSession():
                # Nobody else may record in its file meanwhile.
                self._comes_back = True
                self.exit(partial(_replay, following))


def _follow(path: Path) -> App[NextApp]:
    from tui_nn.dashboard.apps.follow import FollowApp

    return FollowApp.opened(path, because_recorded=True)


def _replay(session: TeachingSession) -> App[NextApp]:
    from tui_nn.dashboard.apps.replay import ReplayApp

    return ReplayApp(session.log.as_lesson, Path(session.name), back=lambda: TeachApp(session))
