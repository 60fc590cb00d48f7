"""What the screen of a lesson has to know of its app."""

from contextlib import AbstractContextManager
from typing import Protocol

from textual.geometry import Size

from tui_nn.dashboard.screens.navigation_stack import Visit
from tui_nn.dashboard.view_model.view import View
from tui_nn.dashboard.widgets.command import Command
from tui_nn.session.events import Event
from tui_nn.writing.notation.signs import Notation


class LessonHost(Protocol):
    """What the screen asks the app about the lesson, and tells it of what the user does."""

    @property
    def size(self) -> Size:
        """The size of the terminal."""

    @property
    def theme(self) -> str:
        """The name of the theme."""

    @property
    def places(self) -> list[str]:
        """The places of `commands` whose commands apply, besides those of the pane with the keys."""

    @property
    def notation(self) -> Notation:
        """The signs that the terminal has."""

    @property
    def view(self) -> View | None:
        """What the panes show; None before the first view."""

    @property
    def is_viewer(self) -> bool:
        """Whether somebody else teaches it."""

    @property
    def is_playing(self) -> bool:
        """Whether the lesson goes on by itself."""

    @property
    def training(self) -> str:
        """What the key that stops computing would do now; "" if there is nothing to stop."""

    def has(self, command: Command) -> bool:
        """Whether the user can do a command."""

    def dispatch(self, *events: Event) -> None:
        """Takes events in, if there are any, and shows what came of them."""

    def turned_to(self, pane: str, *events: Event) -> None:
        """Takes in ``events``, and that the user turned to a pane."""

    def turning_to(self, pane: str) -> AbstractContextManager[None]:
        """Takes in that the user turned to a pane, as one change with the first events dispatched inside."""

    def withdraw_all_notices(self) -> None:
        """Takes away what pops up over the screen."""

    def way_back(self, visit: Visit) -> tuple[Event, ...] | None:
        """The events that lead back to a place; None if it is no longer there."""
