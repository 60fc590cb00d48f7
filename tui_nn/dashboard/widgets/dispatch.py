"""Sends an event or an edit from a pane to its app at once; a message would arrive after the next key."""

from typing import Protocol, runtime_checkable

from textual.widget import Widget

from tui_nn.session.events import Edit, Event


@runtime_checkable
class Dispatcher(Protocol):
    """An app that takes events into its lesson."""

    def dispatch(self, *events: Event) -> None:
        """Adds the events to the lesson, and shows what they changed."""

    def edit(self, edit: Edit, *events: Event) -> None:
        """Makes an edit, and adds ``events`` to the lesson in the same change. Raises `ValidationError` if refused."""


def dispatch(pane: Widget, *events: Event) -> None:
    """Sends events to the app of ``pane``. When this function returns, the screen shows what they changed."""
    _dispatcher(pane).dispatch(*events)


def edit(pane: Widget, edit: Edit, *events: Event) -> None:
    """Makes an edit, and adds ``events`` to the lesson in the same change. Raises `ValidationError` if refused."""
    _dispatcher(pane).edit(edit, *events)


def _dispatcher(pane: Widget) -> Dispatcher:
    app = pane.app
    if not isinstance(app, Dispatcher):
        raise TypeError(f"{app} takes no events of a lesson")
    return app
