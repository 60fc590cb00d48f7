"""Opens, saves, replays and leaves the lesson that is taught here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.features.teaching.cost_recording import CostRecording
from tui_nn.language import _
from tui_nn.session.generated_lessons import GeneratedData
from tui_nn.session.storage import bundled_lessons
from tui_nn.session.storage.library import Recording
from tui_nn.session.storage.session_file import SUFFIX, SessionError, title_of
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection
from tui_nn.session.teaching_session import TeachingSession


class LessonFiles(Feature):
    """Opens and saves lessons, and asks first what to do with changes that no file of the user's has.

    ``teach`` teaches another lesson in this app. ``exit_to`` ends the app: given a path, the next app follows the
    lesson there; given a session, the next app replays it; given None, there is no next app.
    """

    def __init__(
        self,
        lesson: LessonController,
        navigation: Navigation,
        recording: CostRecording,
        teach: Callable[[TeachingSession], None],
        exit_to: Callable[[Path | TeachingSession | None], None],
    ) -> None:
        super().__init__(lesson)
        self._navigation = navigation
        self._recording = recording
        self._teach = teach
        self._exit_to = exit_to

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "open": partial(self._after_changes, self._ask_what_to_open),
            "generate": partial(self._after_changes, self._ask_what_to_generate),
            "save": self._save,
            "save_fresh": self._save_fresh,
            "replay": self._replay,
            "quit": partial(self._after_changes, self._quit),
        }

    @property
    def _session(self) -> TeachingSession:
        return self._recording.session

    def palette_entries(self) -> Iterator[Entry]:
        """Every lesson that comes with tui-nn."""
        for name, path in bundled_lessons.bundled().items():
            do = partial(self._after_changes, partial(self._open, path))
            yield Entry(_("Lesson: {name}", name=name), title_of(path), do)

    def offer(self, unfinished: Sequence[Recording]) -> None:
        """Offers the newest of the lessons that broke off."""
        from tui_nn.dashboard.dialogs.file_questions import offer_to_resume

        offer_to_resume(self.app, unfinished, lambda recording: self._open(recording.path))

    def _after_changes(self, then: Callable[[], None]) -> None:
        """Keeps what is being typed, asks about changes, and goes on; does nothing if what is typed is refused."""
        from tui_nn.dashboard.dialogs.file_questions import ask_about_changes

        if self.screen.may_leave():
            ask_about_changes(self.app, self.files, self._session, then)

    def _ask_what_to_open(self) -> None:
        from tui_nn.dashboard.dialogs.questions import GENERATE, OpenLessonDialog

        def chosen(lesson: tuple[Path, TableSelection] | str | None) -> None:
            if isinstance(lesson, tuple):
                self._open(*lesson)
            elif lesson == GENERATE:
                self._ask_what_to_generate()

        self.app.push_screen(OpenLessonDialog(self.files), chosen)

    def _ask_what_to_generate(self) -> None:
        from tui_nn.dashboard.dialogs.generate_dialog import GenerateDialog

        def chosen(data: GeneratedData | None) -> None:
            if data:
                self._begin(TeachingSession(data.lesson(), Path(f"{data.kind}{SUFFIX}"), is_new=True))

        self.app.push_screen(GenerateDialog(), chosen)

    def _open(self, path: Path, choice: TableSelection = EVERYTHING) -> None:
        if self._session.is_recorded_in(path):
            self.app.notify(_("That is the lesson that you are teaching."), markup=False)
            return
        try:
            session = self.files.open_lesson(path, choice)
        except SessionError as error:
            self.app.notify(str(error), severity="error", markup=False)
            return
        if session:
            self._begin(session)
        else:
            # Another program teaches it.
            self._navigation.pause()
            self._session.end()
            self._exit_to(path)

    def _begin(self, session: TeachingSession) -> None:
        """Ends the lesson taught here, and teaches that of ``session``."""
        self._navigation.pause()
        self._session.end()
        self.files.began(session)
        self._teach(session)

    def take_upload(self, name: str) -> None:
        """Writes the name of an uploaded file into the dialog that asks for a file, or opens the file as a lesson."""
        from tui_nn.dashboard.dialogs.questions import Dialog

        top = self.app.screen
        if top is self.screen:
            try:
                lesson = self.files.find_lesson(name)
            except SessionError as error:
                self.app.notify(str(error), severity="error", markup=False)
            else:
                self._after_changes(partial(self._open, lesson))
        elif isinstance(top, Dialog) and top.takes_files:
            top.take_file(name)
        else:
            self.app.notify(_("{name} is uploaded: o opens it.", name=name), markup=False)

    def _save(self) -> None:
        from tui_nn.dashboard.dialogs.file_questions import save

        if self.screen.may_leave():
            save(self.app, self.files, self._session, self.lesson.show)

    def _save_fresh(self) -> None:
        from tui_nn.dashboard.dialogs.file_questions import save_fresh

        if self.screen.may_leave():
            save_fresh(self.app, self.files, self._session)

    def _replay(self) -> None:
        """Replays what has happened so far, and comes back."""
        self._navigation.pause()
        self._session.flush()
        if self._session.log.event_count:
            self._exit_to(self._session)
        else:
            self.app.notify(_("Nothing has happened yet that could be replayed."), markup=False)

    def _quit(self) -> None:
        self._navigation.pause()
        self._session.end()
        self._exit_to(None)
