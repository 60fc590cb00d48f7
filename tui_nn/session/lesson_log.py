"""The log of a lesson while it is taught: the only way in which its state changes."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from tui_nn.session.events import Event
from tui_nn.session.events.undo_order import UndoOrder
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.session_file import Lesson

EVENTS_A_SECOND = 5
"""While the lesson plays, the log keeps at most this many moves a second, and leaves out the others."""
_WRITES_A_SECOND = 2


class LessonLog:
    """A lesson, its events in order, and the state after all of them.

    If there is an autosave and it can write, every event is in the file before `append` returns. It is then on the disk
    as well, or will be before `BackgroundSync.wait` lets the screen show it; see `Autosave`.
    """

    def __init__(
        self, lesson: Lesson, autosave: Autosave | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._lesson = lesson
        self._autosave = autosave
        self._clock = clock
        self._entries = list(lesson.entries)
        self._unwritten_moves: list[LogEntry] = []
        self._undo_order = UndoOrder()
        self._ordered = 0
        self._state = lesson.state
        self._began = clock() - (lesson.entries[-1].at if lesson.entries else 0.0)
        self._written_at = float("-inf")
        self._written_slot = -1

    @property
    def lesson(self) -> Lesson:
        """The lesson as it was opened."""
        return self._lesson

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """All events, in the order in which they happened."""
        return (*self._entries, *self._unwritten_moves)

    @property
    def last_entry(self) -> LogEntry | None:
        """The last event; None if nothing has happened."""
        last = self._unwritten_moves or self._entries
        return last[-1] if last else None

    @property
    def undo_order(self) -> UndoOrder:
        """What undo takes back and what redo makes again. The first time, it goes through all events."""
        for entry in self._entries[self._ordered :]:
            self._undo_order.take(entry.event)
        # Nothing undoes a move, so those that are not written yet make no difference.
        self._ordered = len(self._entries)
        return self._undo_order

    @property
    def as_lesson(self) -> Lesson:
        """The lesson with all that has happened in it so far."""
        return replace(self._lesson, state=self._state, entries=self.entries)

    @property
    def event_count(self) -> int:
        """The number of events."""
        return len(self._entries) + len(self._unwritten_moves)

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
        added = [LogEntry(self.event_count + i, now, event) for i, event in enumerate(events, start=1)]
        self._write(added)
        self._state = state
        return state

    def append_while_playing(self, event: Event) -> State:
        """Adds one of the many moves of a lesson that plays; returns the new state.

        Of the moves in each fifth of a second the log keeps the last. It is written after half a second, and before any
        other event. Raises `ValidationError` if the event does not fit the state.
        """
        state = apply_event(self._state, event)
        now = self._now()
        # Drops the move before, if it is of the same fifth of a second, or of one that has a move in the file already.
        if self._unwritten_moves and _slot(self._unwritten_moves[-1].at) in (_slot(now), self._written_slot):
            self._unwritten_moves.pop()
        self._unwritten_moves.append(LogEntry(self.event_count + 1, now, event))
        self._state = state
        if now - self._written_at >= 1 / _WRITES_A_SECOND:
            self._write([])
        return state

    def flush(self) -> None:
        """Writes what is not in the file yet."""
        if self._unwritten_moves:
            self._write([])
        elif self._autosave:
            self._autosave.catch_up()

    def _now(self) -> float:
        # Rounding never puts an event before the last one.
        last = self.last_entry
        return max(round(self._clock() - self._began, 3), last.at if last else 0.0)

    def _write(self, added: list[LogEntry]) -> None:
        fresh = [*self._unwritten_moves, *added]
        if not fresh:
            return
        text = log_text(fresh)
        if self._unwritten_moves:
            self._written_slot = _slot(self._unwritten_moves[-1].at)
        self._unwritten_moves = []
        self._entries += fresh
        self._written_at = fresh[-1].at
        if self._autosave:
            self._autosave.write(text)


def _slot(at: float) -> int:
    return int(at * EVENTS_A_SECOND)
