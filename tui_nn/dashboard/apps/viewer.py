"""A lesson that somebody else teaches or taught: one looks on, looks around, and comes back."""

from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from tui_nn.dashboard.features.navigation import WalkingApp
from tui_nn.dashboard.screens.commands import EVERYWHERE, LOOKING, MOVING, SEEING, bindings_of
from tui_nn.network import ValidationError
from tui_nn.session.events import Answered, Event, Moved
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import Answer, State


class ViewerApp(WalkingApp):
    """Shows what the teacher shows, until one moves oneself: from then on one's own look at the lesson.

    Nothing that a guest does goes anywhere.
    """

    COMMANDS_OF: ClassVar[tuple[str, ...]] = (LOOKING, MOVING, SEEING, EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(*COMMANDS_OF)

    def __init__(self, teachers: State) -> None:
        super().__init__()
        self._teachers = teachers
        self._own: State | None = None
        self._given: dict[int, Answer] = {}

    @property
    def state(self) -> State:
        """One's own look, or the teacher's; with one's own answers in the place of theirs."""
        state = self._own or self._teachers
        return replace(state, answers={**state.answers, **self._given}) if self._given else state

    @property
    def is_looking_around(self) -> bool:
        """Whether one looks at something else than the teacher."""
        return self._own is not None

    @property
    def speed(self) -> int | None:
        """That of one's own look, or the teacher's."""
        return super().speed if self.is_looking_around else self._teachers.speed

    @property
    def is_playing(self) -> bool:
        """Whether one's own look plays: that is what space would pause."""
        return super().speed is not None

    @property
    def is_guest(self) -> bool:
        """It is somebody else's lesson."""
        return True

    @property
    def given(self) -> frozenset[int]:
        """One's own answers: the teacher's reveal, and do not count."""
        return frozenset(self._given)

    @property
    def waits_for_answer(self) -> bool:
        """Whether the teacher went to a question that nobody has answered yet."""
        state = self.state
        return not self.is_looking_around and state.pane == "quiz" and state.posed in state.open_questions

    def append(self, *events: Event) -> None:
        """Into one's own look, which begins where the teacher is.

        Raises `ValidationError` for what would change the lesson.
        """
        state = self.state
        for event in events:
            if not event.viewer_may_make:
                raise ValidationError("event", "an edit", "a look: the lesson is somebody else's")
            state = apply_event(state, event)
            if isinstance(event, Answered):
                self._given[event.question] = state.answers[event.question]
        # To answer what the teacher asks is no look at anything else.
        if not all(isinstance(event, Answered) for event in events):
            self._own = state

    def glide(self, event: Moved) -> None:
        """Into one's own look."""
        self.append(event)

    def show_teachers(self, state: State) -> None:
        """The teacher is somewhere else now; one follows, unless one is looking around."""
        before, pane = self.state.branches, self._teachers.pane
        self._teachers = state
        if not self.is_looking_around:
            self.show_state(before)
            if state.pane != pane:
                # A pane that goes would hand the keys that it has to the next one.
                self.lesson_screen.set_focus(None)
                self.lesson_screen.show_pane(state.pane)
            if self.waits_for_answer:
                # What is typed is an answer.
                self.lesson_screen.go_to_pane("quiz")
        else:
            self.show()

    def action_come_back(self) -> None:
        """Back to the teacher."""
        self.pause()
        before = self.state.branches
        self._own = None
        self.lesson_screen.set_focus(None)
        self.show_state(before)
        self.lesson_screen.show_pane(self.state.pane)

    @property
    def places(self) -> list[str]:
        """That one can come back stands first while one looks around."""
        places = super().places
        if self.is_looking_around:
            return [LOOKING, *(place for place in places if place != LOOKING)]
        return [place for place in places if place != LOOKING]

    @property
    def banner(self) -> str:
        """Where one is; and the last remark made there, which the step's pane may not be in sight to show."""
        notes = [f"Note: {note}" for note in self.state.notes_here[-1:]]
        return " · ".join((*self.whereabouts, *notes))

    @property
    def whereabouts(self) -> list[str]:
        """Whether one is with the teacher, and where that is."""
        raise NotImplementedError
