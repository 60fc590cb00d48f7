"""Which files the user has: what the dialogs offer, what they read, and where a new file goes.

In a terminal, these are the files of this machine. In a browser they are the user's own on the server: its other files
are none of theirs.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from textual.app import App

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session.storage import bundled_lessons, library
from tui_nn.session.storage.file_replacement import Consent
from tui_nn.session.tables.column_selection import EVERYTHING, OPTIONS, TableSelection
from tui_nn.session.teaching_session import TeachingSession

_RECENTLY = 5
_MONTHS = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)


@frozen_dataclass(eq=False)
class NewFile:
    """A file that the user asked for.

    ``question`` asks for its path, and ``proposed`` is offered as an answer. ``text`` makes what it contains, and
    ``save`` writes it to a path. ``own`` is the file that may be replaced without asking. Both raise `SessionError`.
    """

    question: str
    proposed: Path
    text: Callable[[], str]
    save: Callable[[Path, Consent], None]
    own: Path | None = None


@frozen_dataclass
class FileWords:
    """What the dialogs say about files."""

    lesson: str = _("or a file (a table: {options})", options=OPTIONS)
    lesson_example: str = _("path, such as my-lesson.toml or data.csv")
    table: str = _("Take the data from this CSV file:\n(you may add {options})", options=OPTIONS)
    numbers: str = _("Paste what a student's program printed, or name its file:")
    no_numbers: str = _("There is nothing to compare yet. Paste the numbers, or type the name of a file.")


class UserFiles(Protocol):
    """The files that the user has."""

    @property
    def words(self) -> FileWords:
        """What the dialogs say about these files."""

    @property
    def can_be_shared(self) -> bool:
        """Whether others on this machine can follow a lesson that the user saves."""

    @property
    def keeps_all(self) -> bool:
        """Whether a lesson is among the user's files as soon as it is recorded."""

    def lessons(self) -> list[tuple[str, Path]]:
        """The lessons to choose from, each with a name: those that come with tui-nn, and the user's."""

    def find_lesson(self, name: str) -> Path:
        """The path of the lesson that the user typed. Raises `SessionError`."""

    def find_table(self, name: str) -> Path:
        """The path of the table that the user typed. Raises `SessionError`, and RuntimeError for an unknown user."""

    def find_numbers(self, name: str) -> Path:
        """The path of the file of numbers that the user typed. Raises FileNotFoundError."""

    def open_lesson(self, path: Path, choice: TableSelection = EVERYTHING) -> TeachingSession | None:
        """The lesson in ``path``; None if another program is recording it. Raises `SessionError`."""

    def began(self, session: TeachingSession) -> None:
        """Takes in that this lesson is taught from now on."""

    def hand_over(self, app: App[Any], file: NewFile, then: Callable[[], None]) -> None:
        """Gives the user a new file, then goes on."""


class LocalFiles:
    """The files of this machine, by their paths."""

    words = FileWords()
    can_be_shared = True
    keeps_all = False

    def lessons(self) -> list[tuple[str, Path]]:
        """Those that come with tui-nn, then the newest recordings, by their dates."""
        recent = ((dated(recording), recording.path) for recording in library.recordings()[:_RECENTLY])
        return [*bundled_lessons.bundled().items(), *recent]

    def find_lesson(self, name: str) -> Path:
        """The lesson that comes with tui-nn, or the path."""
        return bundled_lessons.find(os.path.expanduser(name))  # noqa: PTH111 - may be a lesson's name

    def find_table(self, name: str) -> Path:
        """The path."""
        return Path(name).expanduser()

    def find_numbers(self, name: str) -> Path:
        """The numbers that come with tui-nn, or the path."""
        return bundled_lessons.find_numbers("", os.path.expanduser(name))  # noqa: PTH111 - there may be no such user

    def open_lesson(self, path: Path, choice: TableSelection = EVERYTHING) -> TeachingSession | None:
        """Continues a recorded lesson in its file."""
        return TeachingSession.opened(path, choice)

    def began(self, session: TeachingSession) -> None:
        """Does nothing: the recording begins with the first event."""

    def hand_over(self, app: App[Any], file: NewFile, then: Callable[[], None]) -> None:
        """Asks for a path and saves there."""
        from tui_nn.dashboard.dialogs.file_questions import ask_for_file

        ask_for_file(app, file, then)


def dated(recording: library.Recording) -> str:
    """The date of a recording, as the dialog that opens lessons names it."""
    moment = datetime.fromtimestamp(recording.changed)
    day, time = moment.strftime("%d"), moment.strftime("%H:%M")
    # For translators: at most 19 letters with the longest month.
    return _("{day} {month}, {time}", day=day, month=_MONTHS[moment.month - 1], time=time)
