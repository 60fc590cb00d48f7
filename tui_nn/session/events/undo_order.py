"""In which order undo takes back what happened: the log has one undo event for edits and another for notes."""

from collections.abc import Iterable

from tui_nn.session.events.event import Event
from tui_nn.session.events.notes import NoteRedone, NoteUndone
from tui_nn.session.events.undo import Redone, Undone


def undoable(happened: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """The events that undo can take back, and those that redo can make again.

    In each list, the last event is the next one to go. Edits and changes of notes and marks stand in the order in
    which they happened.
    """
    past: list[Event] = []
    future: list[Event] = []
    for event in happened:
        kind = type(event)
        if isinstance(event, Undone | NoteUndone):
            future.append(past.pop(next(i for i in reversed(range(len(past))) if past[i].undone_by is kind)))
        elif isinstance(event, Redone | NoteRedone):
            past.append(future.pop(next(i for i in reversed(range(len(future))) if future[i].redone_by is kind)))
        elif event.undone_by:
            past.append(event)
            future = [event_undone for event_undone in future if event_undone.undone_by is not event.undone_by]
    return past, future


def undo_event(past: list[Event]) -> Event:
    """The event that takes back the last of ``past``."""
    return (past[-1].undone_by or Undone)() if past else Undone()


def redo_event(future: list[Event]) -> Event:
    """The event that makes the last of ``future`` again."""
    return (future[-1].redone_by or Redone)() if future else Redone()
