"""How a pane says what happened in it, where a message would come too late."""

from typing import Protocol, runtime_checkable

from textual.widget import Widget

from tui_nn.session.events import Event


@runtime_checkable
class Dispatcher(Protocol):
    """Takes events into the lesson, or into one's own look at it."""

    def dispatch(self, *events: Event) -> None:
        """Into the log, then onto the screen."""


def dispatch(pane: Widget, *events: Event) -> None:
    """Tells the app of ``pane`` what happened; the screen shows it when this comes back."""
    app = pane.app
    if not isinstance(app, Dispatcher):
        raise TypeError(f"{app} takes no events of a lesson")
    app.dispatch(*events)
