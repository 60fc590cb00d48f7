"""A recorded lesson, played as it was taught."""

from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.features.controller import Status
from tui_nn.dashboard.features.inspecting.export import Export
from tui_nn.dashboard.features.watching.replaying import Replaying
from tui_nn.dashboard.features.watching.viewing import Viewing
from tui_nn.dashboard.screens.commands import (
    COMMANDS,
    EVERYWHERE,
    HANDING,
    LOOKING,
    MOVING,
    REPLAYING,
    SEEING,
    bindings_of,
)
from tui_nn.dashboard.widgets.timeline import Timeline
from tui_nn.session.replay import Replay
from tui_nn.session.storage.session_file import Lesson, printable_path
from tui_nn.session.viewer_session import ViewerSession

_OF_REPLAY = {command.action for command in COMMANDS if command.where == REPLAYING}
_OF_WALK = {command.action for command in COMMANDS if command.where == MOVING}


class ReplayApp(LessonApp):
    """Replays a lesson. ``back`` makes the app that comes after it, such as that of the lesson it was called from."""

    COMMANDS_OF: ClassVar[tuple[str, ...]] = (REPLAYING, LOOKING, MOVING, SEEING, HANDING, EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*COMMANDS_OF)
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
        self.compose_of(self.navigation, *self.basic_features, self._viewing, self._replaying, Export(self.lesson))
        self.actions["quit"] = lambda: self.exit(self._back)

    def begin_at(self, mark: str) -> None:
        """Begins at a mark instead of at the beginning. Raises `ValidationError` if no mark has that name."""
        self._replaying.begin_at(mark)

    def status(self) -> Status:
        """Where the replay is, and whether the viewer looks around."""
        return Status(
            speed=self._viewing.speed,
            banner=self._viewing.banner,
            file_name=printable_path(Path(self._path.stem)),
            is_viewer=True,
            counted_answers=self.session.answered_numbers,
            replay_position=self._replaying.position,
        )

    def on_mount(self) -> None:
        """Says what the file has lost."""
        self.say_how_it_was_read(self._lesson)

    @property
    def is_playing(self) -> bool:
        """Whether the lesson plays, for all viewers or for the one who looks around."""
        return self._replaying.is_playing or super().is_playing

    @property
    def places(self) -> list[str]:
        """The key contexts: the replay's keys, or while the viewer looks around those that walk through the lesson."""
        places = [place for place in self._viewing.places(super().places) if place != REPLAYING]
        if self.session.is_looking_around:
            return places
        return [REPLAYING, *(place for place in places if place != MOVING)]

    def offers(self, action: str) -> bool:
        """The arrows go through the events of the lesson; while the viewer looks around, through its iterations."""
        others = _OF_REPLAY if self.session.is_looking_around else _OF_WALK
        return action not in others and super().offers(action)

    def go_to_clicked(self, message: Timeline.Chosen) -> None:
        """Goes to the moment clicked on the timeline."""
        self.navigation.pause()
        self._replaying.go_to_clicked(message.fraction)
