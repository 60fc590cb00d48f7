"""A recorded lesson, played as it was taught."""

from pathlib import Path

from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.features.class_painter import ClassPainter
from tui_nn.dashboard.features.controller import Status
from tui_nn.dashboard.features.inspecting.export import Export
from tui_nn.dashboard.features.inspecting.runs import Runs
from tui_nn.dashboard.features.watching.replaying import Replaying
from tui_nn.dashboard.features.watching.viewing import Viewing
from tui_nn.dashboard.screens.commands import LOOKING_AROUND, NAVIGATING, REPLAYING
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.session.replay import Replay
from tui_nn.session.shared_replay import SharedReplay
from tui_nn.session.storage.session_file import Lesson, printable_path
from tui_nn.session.viewer_session import ViewerSession


class ReplayApp(LessonApp):
    """Replays a lesson. ``back`` makes the app that comes next; None ends the program."""

    is_viewer = True

    def __init__(self, lesson: Lesson, path: Path, *, speed: float = 1.0, back: NextApp | None = None) -> None:
        super().__init__()
        self._lesson = lesson
        self._path = path
        self._back = back
        self._shared: SharedReplay | None = None
        self._painter = ClassPainter()
        replay = Replay(lesson)
        self.session = ViewerSession(replay.state_at(0))
        self._viewing = Viewing(self.lesson, self.session, self.navigation, lambda: self._replaying.whereabouts())
        self._replaying = Replaying(self.lesson, self.session, replay, self._viewing, speed)
        self.lesson.open(self._replaying)
        runs, export = Runs(self.lesson, self.navigation), Export(self.lesson)
        self.compose_of(self.navigation, *self.basic_features, runs, self._viewing, self._replaying, export)
        self.actions["quit"] = lambda: self.exit(self._back)

    def begin_at(self, mark: str) -> None:
        """Begins at a mark instead of at the beginning. Raises `ValidationError` if no mark has that name."""
        self._replaying.begin_at(mark)

    def share(self, path: Path | None = None) -> None:
        """Lets a class follow the replay, in the new file ``path`` or where lessons are shared.

        Raises `SessionError` if it can't be shared.
        """
        self._shared = SharedReplay(self._lesson, self._path.stem, path)
        self._replaying.on_place = self._shared.show
        self._shared.show(self._replaying.place)

    def status(self) -> Status:
        """Where the replay is, and whether the viewer looks around."""
        return self._viewing.status(printable_path(Path(self._path.stem)), self._replaying.position)

    def on_mount(self) -> None:
        """Says how much of the file is cut off, and how to follow the replay."""
        self.say_how_it_was_read(self._lesson)
        if self._shared:
            from tui_nn.dashboard.dialogs.questions import MessageDialog
            from tui_nn.session.storage.sharing import invitation

            self._painter.start(self._shared.path)
            self.push_screen(MessageDialog(invitation(self._shared.path)))

    def on_unmount(self) -> None:
        """Lets the class see that the replay has ended, and deletes the copy that they followed."""
        if self._shared:
            self._shared.leave()
        self._painter.end()
        if self._shared:
            self._shared.delete()

    def _show_view(self, view: View) -> None:
        """Shows a view here first; only then the painter draws it for the class."""
        super()._show_view(view)
        self.call_after_refresh(self._painter.nudge)

    @property
    def is_playing(self) -> bool:
        """Whether the lesson plays, for all viewers or for the one who looks around."""
        return self._replaying.is_playing or super().is_playing

    @property
    def walks_by(self) -> str:
        """The replay: the arrows go from event to event. While the viewer looks around, they go from step to step."""
        return NAVIGATING if self.session.is_looking_around else REPLAYING

    @property
    def places(self) -> list[str]:
        """The key contexts, the nearest first. While the viewer looks around, the first has the key that leads back."""
        nearest = LOOKING_AROUND if self.session.is_looking_around else REPLAYING
        return list(dict.fromkeys((nearest, *super().places)))

    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the moment clicked on the timeline."""
        self.navigation.pause()
        self._replaying.go_to_clicked(message.fraction)
