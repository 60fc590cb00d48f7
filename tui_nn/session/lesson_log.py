"""The log of a lesson as it is being taught: the only way in which its state changes."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from tui_nn.session.events import Event
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.event_log import Entry, written
from tui_nn.session.storage.session_file import Lesson

EVENTS_A_SECOND = 5
"""How many events a second playing leaves in the log; what came between them is left out."""
_WRITES_A_SECOND = 2


class LessonLog:
    """A lesson, the events that happened to it, in order, and the state that they fold to.

    Every event is on the disk before `append` comes back, if there is a recorder and it can write.
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
        """All events, the first first."""
        return (*self._entries, *self._gliding)

    @property
    def as_lesson(self) -> Lesson:
        """The lesson with all that has happened in it so far."""
        return replace(self._lesson, state=self._state, entries=self.entries)

    @property
    def count(self) -> int:
        """The number of events."""
        return len(self._entries) + len(self._gliding)

    @property
    def state(self) -> State:
        """The fold of the events over the document."""
        return self._state

    def append(self, *events: Event) -> State:
        """Takes ``events`` into the log; gives the new state. Raises `Refusal`, and takes none, where one can't be."""
        state = self._state
        for event in events:
            state = apply_event(state, event)
        now = self._now()
        added = [Entry(self.count + i, now, event) for i, event in enumerate(events, start=1)]
        self._write(added)
        self._state = state
        return state

    def glide(self, event: Event) -> State:
        """Takes an event of playing, after which nothing is left of the one before, into the log.

        Of those in one fifth of a second only one stays. They are on the disk half a second later, before any other.
        """
        state = apply_event(self._state, event)
        now = self._now()
        # One that came after another of its fifth of a second was written stays until the next fifth has one.
        if self._gliding and _slot(self._gliding[-1].at) in (_slot(now), self._written_slot):
            self._gliding.pop()
        self._gliding.append(Entry(self.count + 1, now, event))
        self._state = state
        if now - self._written_at >= 1 / _WRITES_A_SECOND:
            self._write([])
        return state

    def flush(self) -> None:
        """Puts on the disk what is not there yet."""
        if self._gliding:
            self._write([])
        elif self._recorder:
            self._recorder.catch_up()

    def _now(self) -> float:
        # Never before the event before, whatever was rounded.
        last = self._gliding or self._entries
        return max(round(self._clock() - self._began, 3), last[-1].at if last else 0.0)

    def _write(self, added: list[Entry]) -> None:
        fresh = [*self._gliding, *added]
        if not fresh:
            return
        text = written(fresh)
        if self._gliding:
            self._written_slot = _slot(self._gliding[-1].at)
        self._gliding = []
        self._entries += fresh
        self._written_at = fresh[-1].at
        if self._recorder:
            self._recorder.write(text)


def _slot(at: float) -> int:
    return int(at * EVENTS_A_SECOND)
