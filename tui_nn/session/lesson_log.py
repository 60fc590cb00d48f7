"""The log of a lesson while it is taught: the only way in which its state changes."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from tui_nn.session.events import Event
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.event_log import Entry, log_text
from tui_nn.session.storage.session_file import Lesson

EVENTS_A_SECOND = 5
"""How many events a second of playing the log keeps; it leaves out the others."""
_WRITES_A_SECOND = 2


class LessonLog:
    """A lesson, its events in order, and the state after all of them.

    Every event is on the disk before `append` returns, if there is a recorder and it can write.
    """

    def __init__(
        self, lesson: Lesson, recorder: Autosave | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._lesson = lesson
        self._recorder = recorder
        self._clock = clock
        self._entries = list(lesson.entries)
        self._gliding: list[Entry] = []
        self._state = lesson.state
        self._began = clock() - (lesson.entries[-1].at if lesson.entries else 0.0)
        self._written_at = float("-inf")
        self._written_slot = -1

    @property
    def lesson(self) -> Lesson:
        """The lesson as it was opened."""
        return self._lesson

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All events, in the order in which they happened."""
        return (*self._entries, *self._gliding)

    @property
    def as_lesson(self) -> Lesson:
        """The lesson with all that has happened in it so far."""
        return replace(self._lesson, state=self._state, entries=self.entries)

    @property
    def event_count(self) -> int:
        """The number of events."""
        return len(self._entries) + len(self._gliding)

    @property
    def state(self) -> State:
        """The lesson's state after all events."""
        return self._state

    def append(self, *events: Event) -> State:
        """Adds ``events`` to the log; returns the new state.

        Raises `ValidationError`, and adds none of them, if one does not fit the state.
        """
        state = self._state
        for event in events:
            state = apply_event(state, event)
        now = self._now()
        added = [Entry(self.event_count + i, now, event) for i, event in enumerate(events, start=1)]
        self._write(added)
        self._state = state
        return state

    def glide(self, event: Event) -> State:
        """Adds an event of playing to the log; returns the new state.

        The log keeps only the last of the events in each fifth of a second. They are on the disk after half a second,
        and before any other event. Raises `ValidationError` if the event does not fit the state.
        """
        state = apply_event(self._state, event)
        now = self._now()
        # If the file already has an event of this fifth of a second, the last one waits for the next fifth.
        if self._gliding and _slot(self._gliding[-1].at) in (_slot(now), self._written_slot):
            self._gliding.pop()
        self._gliding.append(Entry(self.event_count + 1, now, event))
        self._state = state
        if now - self._written_at >= 1 / _WRITES_A_SECOND:
            self._write([])
        return state

    def flush(self) -> None:
        """Writes what is not on the disk yet."""
        if self._gliding:
            self._write([])
        elif self._recorder:
            self._recorder.catch_up()

    def _now(self) -> float:
        # Rounding never puts an event before the last one.
        last = self._gliding or self._entries
        return max(round(self._clock() - self._began, 3), last[-1].at if last else 0.0)

    def _write(self, added: list[Entry]) -> None:
        fresh = [*self._gliding, *added]
        if not fresh:
            return
        text = log_text(fresh)
        if self._gliding:
            self._written_slot = _slot(self._gliding[-1].at)
        self._gliding = []
        self._entries += fresh
        self._written_at = fresh[-1].at
        if self._recorder:
            self._recorder.write(text)


def _slot(at: float) -> int:
    return int(at * EVENTS_A_SECOND)
