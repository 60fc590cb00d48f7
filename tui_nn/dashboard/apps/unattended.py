"""A lesson that is drawn for a picture or a film: nobody sits before it."""

from typing import ClassVar

from tui_nn.dashboard.apps.base import LessonApp
from tui_nn.dashboard.features.controller import Status
from tui_nn.language import _
from tui_nn.session.state import State
from tui_nn.session.viewer_session import ViewerSession


class UnattendedApp(LessonApp):
    """Shows a lesson in ``state`` as its teacher sees it, in the colours of the dark theme."""

    # There is no terminal whose colours the theme would have to suit.
    colours: ClassVar[str] = "textual-dark"

    def __init__(self, state: State) -> None:
        super().__init__()
        self._session = ViewerSession(state)
        self.lesson.open(self._session)
        self.compose_of(self.navigation, *self.basic_features)

    def show(self, state: State) -> None:
        """Shows a later state of the lesson."""
        before = self._session.teacher_state.branches
        self._session.teacher_state = state
        self.lesson.show_state(before)

    def status(self) -> Status:
        """Nothing but the lesson; the last note of the step, while that is out of sight."""
        notes = () if self.lesson_screen.shows_step_at(self.state.pane) else self.state.notes_here[-1:]
        banner = "".join(_("Note: {note}", note=note) for note in notes)
        return Status(speed=self.state.speed, banner=banner, counted_answers=self._session.answered_numbers)
