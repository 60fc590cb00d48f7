"""Follows a teacher: shows what the teacher shows until the viewer goes somewhere, and comes back."""

from collections.abc import Callable, Mapping, Sequence

from tui_nn.dashboard.features.controller import LessonController, Status
from tui_nn.dashboard.features.feature import Action, Feature
from tui_nn.dashboard.features.moving.navigation import Navigation
from tui_nn.dashboard.panes.quiz import QuizPane
from tui_nn.dashboard.view_model.view import ReplayPosition
from tui_nn.language import _
from tui_nn.session.state import State
from tui_nn.session.viewer_session import ViewerSession


class Viewing(Feature):
    """Shows the teacher's place or the viewer's own; ``whereabouts`` says in words which of them it is."""

    def __init__(
        self,
        lesson: LessonController,
        session: ViewerSession,
        navigation: Navigation,
        whereabouts: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__(lesson)
        self.session = session
        self._navigation = navigation
        self._whereabouts = whereabouts

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"come_back": self._come_back}

    def status(self, file_name: str, strip: ReplayPosition | None = None) -> Status:
        """What the screen says to a viewer, whether the viewer looks around or not.

        The banner says where the viewer is, and the last note at this step while the step, which has it, is out of
        sight.
        """
        speed = self._navigation.speed if self.session.is_looking_around else self.session.teacher_state.speed
        notes = [] if self.screen.shows_step_at(self.state.pane) else self.state.notes_here[-1:]
        banner = " · ".join((*self._whereabouts(), *(_("Note: {note}", note=note) for note in notes)))
        return Status(
            speed=speed,
            banner=banner,
            file_name=file_name,
            counted_answers=self.session.answered_numbers,
            replay_position=strip,
        )

    def show_teachers(self, state: State) -> None:
        """Takes the teacher's new state; shows it, unless the viewer is looking around."""
        before, pane = self.state.branches, self.session.teacher_state.pane
        self.session.teacher_state = state
        if self.session.is_looking_around:
            self.lesson.show()
            return
        if state.pane != pane:
            # A pane that goes out of sight would hand its keys to the next one.
            self.screen.leave_keys()
        self.lesson.show_state(before)
        if self.session.waits_for_answer:
            # What the viewer types is the answer.
            self.screen.go_to_pane(QuizPane.info.name)

    def _come_back(self) -> None:
        """Goes back to where the teacher is; takes the notices away if the viewer is there already."""
        if not self.session.is_looking_around:
            self.app.withdraw_all_notices()
        self._navigation.pause()
        before = self.state.branches
        self.session.return_to_teacher()
        self.screen.leave_keys()
        self.lesson.show_state(before)
