"""What an app is made of."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from tui_nn.dashboard.dialogs.palette_entry import Entry
from tui_nn.dashboard.dialogs.user_files import UserFiles
from tui_nn.dashboard.features.controller import LessonController
from tui_nn.dashboard.screens.main import LessonScreen
from tui_nn.dashboard.terminal.terminal_app import TerminalApp
from tui_nn.dashboard.view_model.view import View
from tui_nn.session.state import State
from tui_nn.writing.notation.signs import Notation

Action: TypeAlias = Callable[[], object]


class Feature:
    """Something that the user can do with a lesson. An app lists the features that it has."""

    def __init__(self, lesson: LessonController) -> None:
        self.lesson = lesson

    @property
    def actions(self) -> Mapping[str, Action]:
        """What its commands do, by the name that `commands.COMMANDS` gives as their action."""
        return {}

    def palette_entries(self) -> Iterable[Entry]:
        """What it adds to the command palette besides its commands."""
        return ()

    @property
    def app(self) -> TerminalApp[Any]:
        """The app, for notices and dialogs."""
        return self.lesson.app

    @property
    def screen(self) -> LessonScreen:
        """The screen below all dialogs."""
        return self.lesson.screen

    @property
    def state(self) -> State:
        """Where the lesson stands."""
        return self.lesson.state

    @property
    def view(self) -> View | None:
        """What the screen shows."""
        return self.lesson.view

    @property
    def notation(self) -> Notation:
        """The signs that the terminal has."""
        return self.lesson.notation

    @property
    def files(self) -> UserFiles:
        """The files that the user has."""
        return self.lesson.files

    def say(self, message: str, seconds: float = 3) -> None:
        """Shows a notice for so many seconds."""
        self.app.notify(message, timeout=seconds, markup=False)
