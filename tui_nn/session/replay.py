"""A recorded lesson, to be watched like a film: the state after every event, and the time of each."""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.network.model.errors import quoted
from tui_nn.session.events import Event, Marked, NoteChange, NoteRedone, NoteUndone, QuestionOpened
from tui_nn.session.events.undo_order import UndoOrder
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import Mark, Note, State, replace
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.session_file import Lesson
from tui_nn.session.validation import shortened

LONGEST_PAUSE = 5.0
"""In seconds. A replay shortens a longer pause to this."""


class Replay:
    """Every place of a lesson: place 0 is before its first event, place k after its event k.

    Times are in seconds of the replay, where no pause is longer than `LONGEST_PAUSE`.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.entries = lesson.entries
        self._states = [State.opened(lesson.document)]
        self._times = _replay_times(self.entries)
        self._shown = _events_with_final_notes(lesson)
        seen = [k for k, event in enumerate(self._shown) if event and event.is_visible]
        # Stops before each event that the screen shows; what it does not show, such as a cost, joins the event before.
        self._stops = [0, *seen[1:], len(self.entries)] if self.entries else [0]
        shown = enumerate(self._shown, start=1)
        self.marks = tuple((event.name, k) for k, event in shown if isinstance(event, Marked))
        """Each mark's name and the place right after it was set."""

    @property
    def last_place(self) -> int:
        """The place after the last event."""
        return len(self.entries)

    @property
    def duration(self) -> float:
        """Seconds from the first place to the last."""
        return self._times[-1]

    def state_at(self, place: int) -> State:
        """The lesson's state at a place. Computes it the first time, and keeps it for later."""
        for event in self._shown[len(self._states) - 1 : place]:
            self._states.append(apply_event(self._states[-1], event) if event else self._states[-1])
        return self._states[place]

    def time_at(self, place: int) -> float:
        """The time of a place."""
        return self._times[place]

    def place_at(self, time: float) -> int:
        """The place at a time: after the last event that has happened by then."""
        return max(0, bisect_right(self._times, time) - 1)

    def next_place(self, place: int) -> int:
        """The place just after the next event that changes the screen; it skips the others."""
        return self._stops[min(bisect_right(self._stops, place), len(self._stops) - 1)]

    def previous_place(self, place: int) -> int:
        """The place just before the last event that changed the screen."""
        return self._stops[max(0, bisect_left(self._stops, place) - 1)]

    def next_question(self, after: int, until: int) -> int | None:
        """The first place in (``after``, ``until``] where the teacher went to a question; None if there is none."""
        happened = enumerate(self.entries[after:until], start=after + 1)
        return next((place for place, entry in happened if isinstance(entry.event, QuestionOpened)), None)

    def next_mark(self, place: int) -> int | None:
        """The place of the next mark; None after the last."""
        return next((at for _, at in self.marks if at > place), None)

    def previous_mark(self, place: int) -> int | None:
        """The place of the mark before; None before the first."""
        return next((at for _, at in reversed(self.marks) if at < place), None)

    def place_of_mark(self, name: str) -> int:
        """The place of the mark called ``name``. Raises `ValidationError` if there is none."""
        for known, place in self.marks:
            if known.casefold() == name.strip().casefold():
                return place
        known_ones = ", ".join(quoted(known) for known, _place in self.marks)
        expected = _("one of {names}", names=known_ones) if known_ones else _("none: there are no marks")
        raise ValidationError("mark", quoted(shortened(name)), expected)

    def kind_before(self, place: int) -> str:
        """The kind of the last event before a place; "" at the beginning."""
        before = (self._shown[k] for k in range(place - 1, -1, -1))
        return next((event.kind for event in before if event and event.is_visible), "")


def _replay_times(entries: tuple[LogEntry, ...]) -> list[float]:
    """0, then the time of each event with long pauses shortened. A clock that was set back makes no pause."""
    times = [0.0]
    moments = [0.0, *(entry.at for entry in entries)]
    for before, now in pairwise(moments):
        times.append(times[-1] + min(max(0.0, now - before), LONGEST_PAUSE))
    return times


def _events_with_final_notes(lesson: Lesson) -> list[Event | None]:
    """The events, with every note and mark as it was at the end of the lesson; None for an event that shows nothing.

    A note that the teacher undid or deleted never appears; one that was changed has its last text from the beginning.
    """
    state = State.opened(lesson.document)
    for number, entry in enumerate(lesson.entries):
        if isinstance(entry.event, NoteChange | NoteUndone | NoteRedone):
            # A note remembers the iteration at which it was made. Here the event's number takes the iteration's place.
            state = entry.event.apply(replace(state, iteration=number))
    kept: dict[int, Note | Mark] = {note.iteration: note for note in state.notes}
    kept |= {mark.iteration: mark for mark in state.marks}
    # Undo took back the others.
    standing = {id(event) for event in UndoOrder(entry.event for entry in lesson.entries).past}
    return [
        _event_with_final_note(entry.event, kept.get(number), is_standing=id(entry.event) in standing)
        for number, entry in enumerate(lesson.entries)
    ]


def _event_with_final_note(event: Event, kept: Note | Mark | None, *, is_standing: bool) -> Event | None:
    if isinstance(event, NoteChange):
        if event.stays_as_it_was:
            return event if is_standing else None
        return event.as_replayed(kept)
    return None if isinstance(event, NoteUndone | NoteRedone) else event
