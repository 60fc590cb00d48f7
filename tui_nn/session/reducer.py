"""The one way in which a lesson's state changes: an event is applied to it."""

from tui_nn.session.events import Event
from tui_nn.session.state import State


def apply_event(state: State, event: Event) -> State:
    """The state after ``event``; ``state`` stays as it is. Raises `ValidationError` if the event does not fit it."""
    return event.apply(state)
