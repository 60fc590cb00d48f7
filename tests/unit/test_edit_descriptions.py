"""Undo says what it takes back."""

from hypothesis import given

from tests.unit.event_strategies import histories
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.state import NotesBefore, UndoSteps
from tui_nn.writing.notation.signs import ASCII, UNICODE
from tui_nn.writing.sentences.edit_descriptions import edit_description


def _length(changes: "UndoSteps | NotesBefore") -> int:
    count = 0
    while changes:
        count, changes = count + 1, changes[1]
    return count


@given(history=histories(25))
def test_what_can_be_taken_back_and_made_again_is_what_the_lesson_says(history: LessonLog) -> None:
    order = history.undo_order
    past, future = order.past, order.future
    state = history.state
    assert len(past) == _length(state.past) + _length(state.notes_past)
    assert len(future) == _length(state.future) + _length(state.notes_future)
    for notation in (UNICODE, ASCII):
        assert all(edit_description(event, notation) != event.kind for event in (*past, *future))
    if past:
        assert order.last_done is past[-1]
        history.append(order.undo_event)
        order = history.undo_order
        assert (order.past, order.future) == (past[:-1], [*future, past[-1]])
        assert order.last_undone is past[-1]
        history.append(order.redo_event)
        order = history.undo_order
        assert (order.past, order.future) == (past, future)
