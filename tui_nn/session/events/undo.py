"""Undo and redo of edits."""

from dataclasses import dataclass

from tui_nn.session.editing.undo import redone, undone
from tui_nn.session.events.event import Event
from tui_nn.session.state import State


@dataclass(frozen=True)
class Undone(Event, kind="undone"):
    """The last edit that was not undone yet was undone."""

    def apply(self, state: State) -> State:
        return undone(state)


@dataclass(frozen=True)
class Redone(Event, kind="redone"):
    """The edit that was undone last was made again."""

    def apply(self, state: State) -> State:
        return redone(state)
