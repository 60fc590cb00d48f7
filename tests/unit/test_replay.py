"""A recorded lesson as a strip of film: its states, when each comes, and where its marks are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.event_strategies import histories
from tests.unit.helpers import after_events, entries, plain
from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import (
    ChartChosen,
    CostReached,
    Ended,
    Event,
    Marked,
    Moved,
    Noted,
    QuestionAsked,
    QuestionOpened,
    RowRemoved,
    Undone,
)
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.replay import LONGEST_PAUSE, Replay
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.session_file import Lesson

_LESSON = Lesson.without_events(Document())
_HAPPENED: list[Event] = [
    Moved(2, "J"),
    CostReached(2, 0.5),
    Marked("two"),
    Noted("a note"),
    RowRemoved(1),
    CostReached(2, 0.4),
    CostReached(10_000, 0.1),
    Moved(3, "J"),
    Marked("Three"),
    Undone(),
    Ended(),
]


def _replay(*happened: Event) -> Replay:
    return Replay(replace(_LESSON, entries=entries(*happened)))


def _at(*seconds: float) -> Replay:
    log = (LogEntry(seq, at, Moved(seq, "J")) for seq, at in enumerate(seconds, start=1))
    return Replay(replace(_LESSON, entries=tuple(log)))


def _but_for_notes(state: State) -> object:
    return plain(replace(state, notes=(), marks=(), notes_past=None, notes_future=None, note_changes=0))


@given(history=histories())
def test_every_place_is_the_fold_of_the_events_before_it(history: LessonLog) -> None:
    document, log = history.lesson.document, history.entries
    replay = Replay(replace(history.lesson, entries=log))
    assert replay.last_place == history.event_count
    for place in range(replay.last_place + 1):
        expected = after_events(State.opened(document), [entry.event for entry in log[:place]])
        assert _but_for_notes(replay.state_at(place)) == _but_for_notes(expected)
        # What was changed or taken back later was so from its beginning on.
        seen = replay.state_at(place)
        assert set(seen.notes) <= set(history.state.notes)
        assert set(seen.marks) <= set(history.state.marks)
    last = replay.state_at(replay.last_place)
    assert (last.notes, last.marks) == (history.state.notes, history.state.marks)
    assert [name for name, _ in replay.marks] == [mark.name for mark in history.state.marks]
    assert document_toml.dump(document, replay.entries) == document_toml.dump(document, log)


def test_a_pause_is_shortened_to_five_seconds() -> None:
    replay = _at(1.0, 3.0, 9.0, 1000.0, 1000.5)
    assert [replay.time_at(place) for place in range(6)] == [0.0, 1.0, 3.0, 3.0 + LONGEST_PAUSE, 13.0, 13.5]
    assert (LONGEST_PAUSE, replay.duration) == (5.0, 13.5)


def test_a_clock_that_was_set_back_makes_no_pause() -> None:
    replay = _at(4.0, 2.0, 3.0)
    assert [replay.time_at(place) for place in range(4)] == [0.0, 4.0, 4.0, 5.0]


def test_a_lesson_in_which_nothing_happened_has_one_place() -> None:
    replay = _replay()
    assert (replay.last_place, replay.duration, replay.marks) == (0, 0.0, ())
    assert (replay.place_at(-1.0), replay.place_at(0.0), replay.place_at(99.0)) == (0, 0, 0)
    assert (replay.next_place(0), replay.previous_place(0)) == (0, 0)
    assert (replay.next_mark(0), replay.previous_mark(0)) == (None, None)


@given(seconds=st.lists(st.floats(0, 1000), max_size=20).map(sorted), time=st.floats(-1, 200))
def test_the_place_at_a_time_is_that_after_the_last_event_until_then(seconds: list[float], time: float) -> None:
    replay = _at(*seconds)
    place = replay.place_at(time)
    assert 0 <= place <= replay.last_place
    assert place == 0 or replay.time_at(place) <= time
    assert place == replay.last_place or replay.time_at(place + 1) > time
    for place in range(replay.last_place + 1):
        # Of several that come at the same moment it is the last.
        assert replay.place_at(replay.time_at(place)) >= place
        assert replay.time_at(replay.place_at(replay.time_at(place))) == replay.time_at(place)
    assert replay.place_at(replay.duration) == replay.last_place


def test_going_on_and_back_passes_over_costs_of_which_nothing_is_seen() -> None:
    replay = _replay(*_HAPPENED)
    stops = [0]
    while replay.next_place(stops[-1]) != stops[-1]:
        stops.append(replay.next_place(stops[-1]))
    assert stops == [0, 2, 3, 4, 7, 8, 9, 10, 11]
    back = [replay.last_place]
    while back[-1]:
        back.append(replay.previous_place(back[-1]))
    assert back == stops[::-1]
    assert (replay.next_place(1), replay.previous_place(1), replay.next_place(5), replay.previous_place(6)) == (
        2,
        0,
        7,
        4,
    )


def test_costs_at_the_very_beginning_are_no_event_that_can_be_seen() -> None:
    replay = _replay(CostReached(1, 0.5), CostReached(2, 0.4), Moved(2, "J"), CostReached(3, 0.3), ChartChosen("cost"))
    assert [replay.next_place(place) for place in (0, 1, 2, 4)] == [4, 4, 4, 5]
    assert [replay.previous_place(place) for place in (5, 4, 3, 1)] == [4, 0, 0, 0]


def test_marks_are_where_they_were_set() -> None:
    replay = _replay(*_HAPPENED)
    assert replay.marks == (("two", 3), ("Three", 9))
    assert [replay.next_mark(place) for place in (0, 2, 3, 8, 9)] == [3, 3, 9, 9, None]
    assert [replay.previous_mark(place) for place in (11, 9, 4, 3, 0)] == [9, 3, 3, None, None]
    assert [replay.place_of_mark(name) for name in ("two", "TWO", " three ")] == [3, 3, 9]


def test_a_mark_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValidationError, match='"four"; expected one of "two", "Three"'):
        _replay(*_HAPPENED).place_of_mark("four")
    with pytest.raises(ValidationError, match="there are no marks"):
        _replay(Moved(2, "J")).place_of_mark("\x1b[31m")


def test_what_happened_last_is_named_as_in_the_file_and_a_cost_is_nothing_that_happened() -> None:
    replay = _replay(*_HAPPENED)
    said = [replay.kind_before(place) for place in (0, 1, 2, 3, 5, 7, 11)]
    assert said == ["", "moved", "moved", "marked", "row removed", "row removed", "ended"]
    assert _replay(CostReached(1, 0.5)).kind_before(1) == ""


def test_a_question_is_found_where_the_teacher_went_to_it() -> None:
    asked = QuestionAsked("sign", "W1", 1, 1, 0.01, "")
    replay = _replay(asked, QuestionOpened(1), Moved(2, "J"), QuestionOpened(1))
    assert [replay.next_question(0, until) for until in range(5)] == [None, None, 2, 2, 2]
    assert [replay.next_question(after, 4) for after in range(1, 5)] == [2, 4, 4, None]
    assert replay.next_question(2, 3) is None
