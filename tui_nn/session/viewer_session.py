"""The lesson of another person, as a viewer sees it: the teacher's state, or the viewer's own place in the lesson."""

from dataclasses import replace

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.events import Answered, Event, Moved
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import Answer, State

ONLY_THE_TEACHER = _("Only the teacher can do this; you can look around in the lesson.")


class ViewerSession:
    """Shows what the teacher shows until the viewer goes somewhere; from then on the viewer's own place.

    Nothing that a viewer does is recorded or reaches anybody else.
    """

    def __init__(self, teachers: State) -> None:
        self.teacher_state = teachers
        """Where the teacher is."""
        self._own_state: State | None = None
        self._own_answers: dict[int, Answer] = {}

    @property
    def state(self) -> State:
        """The state at the viewer's own place, or else the teacher's; with the answers that the viewer gave."""
        state = self._own_state or self.teacher_state
        return replace(state, answers={**state.answers, **self._own_answers}) if self._own_answers else state

    @property
    def is_looking_around(self) -> bool:
        """Whether the viewer is somewhere else than the teacher."""
        return self._own_state is not None

    @property
    def answered_numbers(self) -> frozenset[int]:
        """The numbers of the questions that the viewer answered. Only these count; others show the teacher's answer."""
        return frozenset(self._own_answers)

    @property
    def waits_for_answer(self) -> bool:
        """Whether the teacher went to a question that nobody has answered yet."""
        state = self.state
        return not self.is_looking_around and state.pane == "quiz" and state.question_shown in state.open_questions

    def append(self, *events: Event) -> None:
        """Changes the viewer's own place, which begins where the teacher is.

        Raises `ValidationError` for an event that would change the lesson, and then takes none.
        """
        state, given = self.state, {}
        for event in events:
            if not event.viewer_may_make:
                raise ValidationError("event", event.kind, _("an event that a viewer may make"), ONLY_THE_TEACHER)
            state = apply_event(state, event)
            if isinstance(event, Answered):
                given[event.question] = state.answers[event.question]
        self._own_answers |= given
        # Answering the teacher's question is no reason to leave the teacher.
        if not all(isinstance(event, Answered) for event in events):
            self._own_state = state

    def append_while_playing(self, event: Moved) -> None:
        """Takes one of the many moves of a lesson that plays."""
        self.append(event)

    def look_around(self) -> None:
        """Stays where the teacher is now, whatever the teacher does next."""
        self._own_state = self.teacher_state

    def return_to_teacher(self) -> None:
        """Goes back to where the teacher is."""
        self._own_state = None
