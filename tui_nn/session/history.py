"""The log of a lesson."""

from tui_nn.session.document import Document
from tui_nn.session.events import Event
from tui_nn.session.state import State, fold


class History:
    """A document, the events that happened to it, in order, and the state that they fold to."""

    def __init__(self, document: Document) -> None:
        self._events: list[Event] = []
        self._state = State.opened(document)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, the first first."""
        return tuple(self._events)

    @property
    def state(self) -> State:
        """The fold of the events over the document."""
        return self._state

    def append(self, event: Event) -> State:
        """Takes ``event`` into the log; gives the new state. Raises `Refusal`, the log unchanged, where it can't be."""
        state = fold(self._state, event)
        self._events.append(event)
        self._state = state
        return state
