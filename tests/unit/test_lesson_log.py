"""The log of a lesson that is being taught: when its events came, and when they are on the disk."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.autosaved import holds_all
from tests.unit.helpers import after_events, entries, plain
from tui_nn.network import ValidationError
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Moved, Noted, Paused, Played, RowRemoved, Undone
from tui_nn.session.lesson_log import EVENTS_A_SECOND, LessonLog
from tui_nn.session.state import State
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.document_toml import dump
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.session_file import Lesson, lesson_from_content, read

_LESSON = Lesson.without_events(Document())


class _Clock:
    """A clock that goes when it is told to."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lesson.toml"


@pytest.fixture
def history(path: Path, clock: _Clock) -> LessonLog:
    return LessonLog(_LESSON, Autosave(_LESSON.source, lambda: path), clock)


def _moves(history: LessonLog) -> list[int]:
    return [entry.event.iteration for entry in history.entries if isinstance(entry.event, Moved)]


def test_an_event_has_the_seconds_since_the_lesson_began(history: LessonLog, clock: _Clock) -> None:
    for seconds in (0.0, 1.25, 60.0004):
        clock.now = 1000 + seconds
        history.append(Moved(2, "J"))
    assert [(entry.seq, entry.at) for entry in history.entries] == [(1, 0.0), (2, 1.25), (3, 60.0)]


def test_a_clock_that_was_set_back_makes_no_event_earlier_than_the_one_before(
    history: LessonLog, clock: _Clock
) -> None:
    for seconds in (5.0, 3.0, 6.0):
        clock.now = 1000 + seconds
        history.append(Moved(2, "J"))
    assert [entry.at for entry in history.entries] == [5.0, 5.0, 6.0]


def test_a_lesson_taken_up_again_goes_on_where_its_time_stopped(clock: _Clock) -> None:
    lesson = lesson_from_content(
        Path("lesson.toml"), dump(Document(), entries(Moved(2, "J"), Ended(), seconds=40.0)).encode()
    )
    history = LessonLog(lesson, None, clock)
    assert (history.state, history.event_count, history.lesson) == (lesson.state, 2, lesson)
    clock.now += 2.5
    history.append(Moved(3, "J"))
    assert history.entries[2] == LogEntry(3, 82.5, Moved(3, "J"))


def test_events_that_come_together_are_taken_together_or_not_at_all(history: LessonLog, path: Path) -> None:
    history.append(RowRemoved(1), Moved(2, "J"))
    before, on_disk = plain(history.state), path.read_bytes()
    with pytest.raises(ValidationError):
        history.append(Undone(), Moved(10_001, "J"))
    assert plain(history.state) == before
    assert (history.event_count, path.read_bytes()) == (2, on_disk)
    history.append()
    assert (history.event_count, path.read_bytes()) == (2, on_disk)


def test_playing_leaves_at_most_five_events_a_second(history: LessonLog, clock: _Clock) -> None:
    history.append(Played(200))
    for k in range(2000):
        clock.now = 1000 + k / 200
        history.append_while_playing(Moved(k + 1, "J"))
        assert history.state.iteration == k + 1
        assert _moves(history)[-1] == k + 1
    seconds = Counter(int(entry.at) for entry in history.entries if isinstance(entry.event, Moved))
    assert set(seconds) == set(range(10))
    assert max(seconds.values()) <= EVENTS_A_SECOND
    assert [entry.seq for entry in history.entries] == list(range(1, history.event_count + 1))


def test_playing_is_on_the_disk_at_least_once_a_second(history: LessonLog, clock: _Clock, path: Path) -> None:
    seen = []
    for k in range(1000):
        clock.now = 1000 + k / 100
        history.append_while_playing(Moved(k + 1, "J"))
        on_disk = read(path).entries
        assert history.entries[: len(on_disk)] == on_disk
        assert clock.now - 1000 - on_disk[-1].at <= 1.0
        seen.append(len(on_disk))
    # And at most twice, so that a class sees within a second where it is.
    assert sum(before != after for before, after in pairwise(seen)) <= 20


def test_slow_playing_leaves_every_event(history: LessonLog, clock: _Clock) -> None:
    for k in range(20):
        clock.now = 1000 + k / 4
        history.append_while_playing(Moved(k + 1, "J"))
    assert _moves(history) == list(range(1, 21))


def test_the_last_event_of_playing_is_never_lost(history: LessonLog, clock: _Clock, path: Path) -> None:
    for k in range(30):
        clock.now = 1000 + k / 1000
        history.append_while_playing(Moved(k + 1, "J"))
    history.append(Paused())
    assert history.entries[-2:] == (
        LogEntry(history.event_count - 1, 0.029, Moved(30, "J")),
        LogEntry(history.event_count, 0.029, Paused()),
    )
    assert holds_all(path, history)
    assert plain(read(path).state) == plain(history.state)


def test_what_plays_is_on_the_disk_before_any_other_event(history: LessonLog, clock: _Clock, path: Path) -> None:
    history.append_while_playing(Moved(2, "J"))
    clock.now += 0.3
    history.append_while_playing(Moved(3, "J"))
    assert [entry.event for entry in read(path).entries] == [Moved(2, "J")]
    history.append(Noted("here"))
    assert [entry.event for entry in read(path).entries] == [Moved(2, "J"), Moved(3, "J"), Noted("here")]


def test_what_plays_is_on_the_disk_when_that_is_asked_for(history: LessonLog, clock: _Clock, path: Path) -> None:
    for k in range(4):
        clock.now = 1000 + k / 5 + 0.1
        history.append_while_playing(Moved(k + 2, "J"))
    history.flush()
    assert holds_all(path, history)
    assert _moves(history) == [2, 3, 4, 5]


def test_a_step_of_playing_that_can_t_be_is_refused(history: LessonLog) -> None:
    history.append_while_playing(Moved(2, "J"))
    with pytest.raises(ValidationError):
        history.append_while_playing(Moved(10_001, "J"))
    assert (_moves(history), history.state.iteration) == ([2], 2)


@given(
    happened=st.lists(
        st.tuples(
            st.sampled_from(
                ("append_while_playing", "append_while_playing", "append_while_playing", "append", "flush")
            ),
            st.floats(0, 0.7),
        ),
        max_size=40,
    )
)
def test_however_it_was_played_the_log_folds_to_the_state(happened: list[tuple[str, float]]) -> None:
    clock = _Clock()
    history = LessonLog(_LESSON, None, clock)
    for iteration, (how, seconds) in enumerate(happened, start=1):
        clock.now += seconds
        if how == "append_while_playing":
            history.append_while_playing(Moved(iteration, "J"))
        elif how == "append":
            history.append(RowRemoved(1), Moved(iteration, "Z2"), Undone())
        else:
            history.flush()
    state = after_events(State.opened(_LESSON.document), [entry.event for entry in history.entries])
    assert plain(state) == plain(history.state)
    assert [entry.seq for entry in history.entries] == list(range(1, history.event_count + 1))
    assert all(before.at <= after.at for before, after in pairwise(history.entries))
