"""Undo says what it takes back."""

from hypothesis import given

from tests.unit.strategies import histories
from tui_nn.session.events import Redone, Undone
from tui_nn.session.fold import fold
from tui_nn.session.history import History
from tui_nn.session.state import Changes
from tui_nn.writing.deeds import deed, undoable
from tui_nn.writing.notation import ASCII, UNICODE


def _length(changes: Changes) -> int:
    count = 0
    while changes:
        count, changes = count + 1, changes[1]
    return count


@given(history=histories(25))
def test_what_can_be_taken_back_and_made_again_is_what_the_lesson_says(history: History) -> None:
    past, future = undoable(entry.event for entry in history.entries)
    assert (len(past), len(future)) == (_length(history.state.past), _length(history.state.future))
    for notation in (UNICODE, ASCII):
        assert all(deed(event, notation) != "an edit" for event in (*past, *future))
    if past:
        history.append(Undone())
        assert undoable(entry.event for entry in history.entries) == (past[:-1], [*future, past[-1]])
        assert fold(history.state, Redone()).past is not None
