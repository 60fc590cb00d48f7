"""How a pane says what happened in it, where a message would come too late."""

from typing import Protocol, runtime_checkable

from textual.widget import Widget

from tui_nn.session.events import Edit, Event


@runtime_checkable
class Dispatcher(Protocol):
    """Takes events into the lesson, or into one's own look at it."""

    def dispatch(self, *events: Event) -> None:
        """Into the log, then onto the screen."""

    def edit(self, edit: Edit, *events: Event) -> None:
        """Makes an edit and takes in ``events``, as one change. Raises `ValidationError` if it is refused."""


def dispatch(pane: Widget, *events: Event) -> None:
    """Tells the app of ``pane`` what happened; the screen shows it when this comes back."""
    _dispatcher(pane).dispatch(*events)


def edit(pane: Widget, edit: Edit, *events: Event) -> None:
    """Makes an edit and takes in ``events``, as one change. Raises `ValidationError` if it is refused."""
    _dispatcher(pane).edit(edit, *events)


def _dispatcher(pane: Widget) -> Dispatcher:
    app = pane.app
    if not isinstance(app, Dispatcher):
        raise TypeError(f"{app} takes no events of a lesson")
    return app
