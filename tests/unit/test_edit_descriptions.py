"""Undo says what it takes back."""

from hypothesis import given

from tests.unit.event_strategies import histories
from tui_nn.session.events.undo_order import redo_event, undo_event, undoable
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
    past, future = undoable(entry.event for entry in history.entries)
    state = history.state
    assert len(past) == _length(state.past) + _length(state.notes_past)
    assert len(future) == _length(state.future) + _length(state.notes_future)
    for notation in (UNICODE, ASCII):
        assert all(edit_description(event, notation) != event.kind for event in (*past, *future))
    if past:
        back, again = undo_event(past), redo_event(past)
        history.append(back)
        assert undoable(entry.event for entry in history.entries) == (past[:-1], [*future, past[-1]])
        history.append(again)
        assert undoable(entry.event for entry in history.entries) == (past, future)
