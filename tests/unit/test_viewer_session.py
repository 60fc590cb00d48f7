"""A viewer of somebody else's lesson: sees what the teacher shows, looks around alone, and changes nothing."""

import pytest

from tests.unit.helpers import after_events
from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import Answered, CellSet, Moved, PaneChosen, QuestionOpened
from tui_nn.session.quiz.questions import Question
from tui_nn.session.state import State
from tui_nn.session.viewer_session import ViewerSession

_ASKED = Document(questions=(Question("shape", "X", step="Z2"),))
_AT_THE_QUESTION = after_events(State.opened(_ASKED), [PaneChosen("quiz"), QuestionOpened(1)])


def test_a_viewer_sees_where_the_teacher_is_until_the_viewer_goes_elsewhere() -> None:
    viewer = ViewerSession(State.opened(Document()))
    viewer.teacher_state = after_events(viewer.teacher_state, [Moved(5, "J")])
    assert (viewer.state.iteration, viewer.is_looking_around) == (5, False)
    viewer.append(Moved(9, "J"))
    viewer.teacher_state = after_events(viewer.teacher_state, [Moved(6, "J")])
    assert (viewer.state.iteration, viewer.is_looking_around) == (9, True)
    viewer.append_while_playing(Moved(10, "J"))
    assert (viewer.state.iteration, viewer.teacher_state.iteration) == (10, 6)
    viewer.return_to_teacher()
    assert (viewer.state.iteration, viewer.is_looking_around) == (6, False)


def test_who_stays_to_look_around_stays_where_the_teacher_was() -> None:
    viewer = ViewerSession(State.opened(Document()))
    viewer.look_around()
    viewer.teacher_state = after_events(viewer.teacher_state, [Moved(5, "J")])
    assert (viewer.state.iteration, viewer.is_looking_around) == (1, True)


def test_a_viewer_edits_nothing_and_of_events_with_an_edit_among_them_none_is_taken() -> None:
    viewer = ViewerSession(State.opened(Document()))
    with pytest.raises(ValidationError, match="Only the teacher"):
        viewer.append(Moved(2, "J"), CellSet("x", 1, 1, 7.0))
    assert (viewer.state, viewer.is_looking_around) == (viewer.teacher_state, False)


def test_the_teacher_s_question_waits_for_the_viewer_s_answer_which_leaves_the_viewer_with_the_teacher() -> None:
    viewer = ViewerSession(_AT_THE_QUESTION)
    waited = viewer.waits_for_answer
    viewer.append(Answered(1, "2x3"))
    assert (waited, viewer.waits_for_answer) == (True, False)
    assert not viewer.is_looking_around
    assert viewer.answered_numbers == {1}
    assert viewer.state.answers[1].text == "2x3"
    assert viewer.teacher_state.answers == {}


def test_a_viewer_s_own_answer_stands_in_place_of_the_teacher_s_and_stays_after_coming_back() -> None:
    viewer = ViewerSession(_AT_THE_QUESTION)
    viewer.append(Answered(1, "3x2"))
    viewer.append(Moved(2, "J"))
    viewer.teacher_state = after_events(viewer.teacher_state, [Answered(1, "2x3")])
    viewer.return_to_teacher()
    assert viewer.state.answers[1].text == "3x2"


def test_what_only_the_teacher_answered_is_not_the_viewer_s() -> None:
    viewer = ViewerSession(after_events(_AT_THE_QUESTION, [Answered(1, "3x2")]))
    assert viewer.answered_numbers == frozenset()
    assert not viewer.waits_for_answer
