"""Undo and redo of edits."""

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.session.editing.undo import redone, undone
from tui_nn.session.events.event import Event
from tui_nn.session.state import State


@frozen_dataclass
class Undone(Event, kind="undone"):
    """The last edit that was not undone yet was undone."""

    def apply(self, state: State) -> State:
        return undone(state)


@frozen_dataclass
class Redone(Event, kind="redone"):
    """The edit that was undone last was made again."""

    def apply(self, state: State) -> State:
        return redone(state)
