"""A recorded lesson, played as it was taught."""

from pathlib import Path

from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.features.controller import Status
from tui_nn.dashboard.features.inspecting.export import Export
from tui_nn.dashboard.features.inspecting.runs import Runs
from tui_nn.dashboard.features.watching.replaying import Replaying
from tui_nn.dashboard.features.watching.viewing import Viewing
from tui_nn.dashboard.screens.commands import LOOKING_AROUND, NAVIGATING, REPLAYING
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.session.replay import Replay
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

    def status(self) -> Status:
        """Where the replay is, and whether the viewer looks around."""
        return self._viewing.status(printable_path(Path(self._path.stem)), self._replaying.position)

    def on_mount(self) -> None:
        """Says how much of the file is cut off."""
        self.say_how_it_was_read(self._lesson)

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
