"""Notes and marks: taken back and made again, changed and taken out; and logs of before in which none of that was."""

from dataclasses import replace

import pytest

from tests.unit.helpers import after_events, entries
from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import (
    CellSet,
    Event,
    Marked,
    MarkRemoved,
    MarkRenamed,
    Moved,
    NoteChanged,
    Noted,
    NoteRedone,
    NoteRemoved,
    NoteUndone,
    Redone,
    Undone,
)
from tui_nn.session.reducer import apply_event
from tui_nn.session.replay import Replay
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.session_file import Lesson

_OPENED = State.opened(Document())


def _notes(state: State) -> tuple[list[str], list[str]]:
    return [note.text for note in state.notes], [mark.name for mark in state.marks]


def test_what_happened_to_notes_and_marks_is_taken_back_and_made_again_one_by_one() -> None:
    edits: list[Event] = [
        Noted("wrong"),
        Marked("here"),
        NoteChanged(1, "right"),
        MarkRenamed(1, "there"),
        Noted("more"),
        NoteRemoved(1),
        MarkRemoved(1),
    ]
    states = [_OPENED]
    for edit in edits:
        states.append(apply_event(states[-1], edit))
    assert [_notes(state) for state in states] == [
        ([], []),
        (["wrong"], []),
        (["wrong"], ["here"]),
        (["right"], ["here"]),
        (["right"], ["there"]),
        (["right", "more"], ["there"]),
        (["more"], ["there"]),
        (["more"], []),
    ]
    state = states[-1]
    for before in reversed(states[:-1]):
        state = apply_event(state, NoteUndone())
        assert _notes(state) == _notes(before)
    with pytest.raises(ValidationError):
        apply_event(state, NoteUndone())
    for after in states[1:]:
        state = apply_event(state, NoteRedone())
        assert _notes(state) == _notes(after)
    with pytest.raises(ValidationError):
        apply_event(state, NoteRedone())


def test_in_a_log_of_before_undo_takes_back_edits_alone() -> None:
    happened: list[Event] = [CellSet("x", 1, 1, 7.0), Noted("stays"), Marked("stays"), Undone()]
    state = after_events(_OPENED, happened)
    assert state.document.dataset.x[0, 0] == 3
    assert _notes(state) == (["stays"], ["stays"])
    assert apply_event(state, Redone()).document.dataset.x[0, 0] == 7
    # And the other way round: an edit stays when a note is taken back.
    assert _notes(after_events(state, [Redone(), NoteUndone(), NoteUndone()])) == ([], [])


@pytest.mark.parametrize(
    "edit",
    [
        NoteChanged(2, "x"),
        NoteChanged(0, "x"),
        NoteChanged(1, " "),
        NoteRemoved(2),
        MarkRenamed(1, "two"),
        MarkRenamed(1, ""),
        MarkRenamed(3, "x"),
        MarkRemoved(3),
        MarkRemoved(0),
    ],
)
def test_what_is_not_there_can_t_be_changed(edit: Event) -> None:
    state = after_events(_OPENED, [Noted("one"), Marked("one"), Marked("two")])
    with pytest.raises(ValidationError):
        apply_event(state, edit)
    assert apply_event(state, MarkRenamed(1, "one")).marks == state.marks


def test_what_was_taken_out_is_never_seen_in_a_replay_and_what_was_changed_never_as_it_was() -> None:
    happened = entries(
        Noted("secret"),
        Moved(2, "J"),
        Noted("wrnog"),
        Marked("by mistake"),
        NoteUndone(),
        NoteRemoved(1),
        NoteChanged(1, "wrong"),
        Marked("two"),
        MarkRenamed(1, "second"),
    )
    replay = Replay(replace(Lesson.without_events(Document()), entries=happened))
    seen = [_notes(replay.state_at(place)) for place in range(replay.last_place + 1)]
    assert seen[0] == seen[1] == seen[2] == ([], [])
    assert seen[3] == seen[7] == (["wrong"], [])
    assert seen[-1] == (["wrong"], ["second"])
    assert replay.marks == (("second", 8),)
    # Neither does it stop where there is nothing to be seen.
    assert [replay.next_place(place) for place in (1, 2, 7)] == [2, 7, 9]


def test_their_events_are_written_and_read() -> None:
    happened = entries(Noted("a"), Marked("m"), NoteChanged(1, "b"), MarkRenamed(1, "n"), NoteUndone(), NoteRedone())
    document, found = document_toml.parse(document_toml.dump(Document(), happened))
    assert found.entries == happened
    assert event_log.log_text(found.entries) == event_log.log_text(happened)
    assert document.title == Document().title
