"""In which order undo takes back what happened: the log has one undo event for edits and another for notes."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, count
from typing import TypeAlias

from tui_nn.session.events.event import Event
from tui_nn.session.events.notes import NoteRedone, NoteUndone
from tui_nn.session.events.undo import Redone, Undone

_Numbered: TypeAlias = tuple[int, Event]
_Stacks: TypeAlias = defaultdict[type[Event] | None, list[_Numbered]]


class UndoOrder:
    """The events that undo can take back, and those that redo can make again, after all events that `take` was given.

    Edits and changes of notes and marks stand in the order in which they happened.
    """

    def __init__(self, happened: Iterable[Event] = ()) -> None:
        # The events that one class of events undoes, or makes again. The numbers say in which order those of all
        # classes come.
        self._past: _Stacks = defaultdict(list)
        self._future: _Stacks = defaultdict(list)
        self._numbers = count()
        for event in happened:
            self.take(event)

    def take(self, event: Event) -> None:
        """Takes in the next event of the log. Takes the same time however many there were before."""
        kind = type(event)
        if kind is Undone or kind is NoteUndone:
            _number, undone = self._past[kind].pop()
            self._future[undone.redone_by].append((next(self._numbers), undone))
        elif kind is Redone or kind is NoteRedone:
            _number, redone = self._future[kind].pop()
            self._past[redone.undone_by].append((next(self._numbers), redone))
        elif event.undone_by:
            self._past[event.undone_by].append((next(self._numbers), event))
            self._future[event.redone_by].clear()

    @property
    def past(self) -> list[Event]:
        """The events that undo can take back; the last is the first to go."""
        return _in_order(self._past)

    @property
    def future(self) -> list[Event]:
        """The events that redo can make again; the last is the first to come."""
        return _in_order(self._future)

    @property
    def last_done(self) -> Event | None:
        """The event that undo takes back next; None if there is none."""
        return _last(self._past)

    @property
    def last_undone(self) -> Event | None:
        """The event that redo makes again next; None if there is none."""
        return _last(self._future)

    @property
    def undo_event(self) -> Event:
        """The event that takes back `last_done`; without one, `Undone`, which the log refuses."""
        done = self.last_done
        return ((done and done.undone_by) or Undone)()

    @property
    def redo_event(self) -> Event:
        """The event that makes `last_undone` again; without one, `Redone`, which the log refuses."""
        undone = self.last_undone
        return ((undone and undone.redone_by) or Redone)()


def _in_order(stacks: _Stacks) -> list[Event]:
    return [event for _number, event in sorted(chain.from_iterable(stacks.values()), key=lambda one: one[0])]


def _last(stacks: _Stacks) -> Event | None:
    tops = [stack[-1] for stack in stacks.values() if stack]
    return max(tops, key=lambda one: one[0])[1] if tops else None
