"""The files of a user in a browser: their own folder on the server, and their downloads."""

import errno
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from textual.app import App

from tui_nn.dashboard.dialogs.user_files import FileWords, NewFile, dated
from tui_nn.language import _
from tui_nn.session.storage import bundled_lessons, library
from tui_nn.session.storage.session_file import SUFFIX, SessionError, is_session, is_table, printable_path, read
from tui_nn.session.tables.column_selection import EVERYTHING, OPTIONS, TableSelection
from tui_nn.session.teaching_session import TeachingSession
from tui_nn.session.validation import shortened

_RECENTLY = 20
_NAMED = 5
_LAB_WORDS = FileWords(
    lesson=_("or a file that you uploaded (a table: {options})", options=OPTIONS),
    lesson_example=_("its name, such as data.csv; the button above the screen uploads a file"),
    table=_(
        "Take the data from this CSV file:\n(upload it with the button above the screen; you may add {options})",
        options=OPTIONS,
    ),
    numbers=_("Paste what a student's program printed, or name an upload of yours:"),
)
_WORDS_WITHOUT_FILES = FileWords(
    numbers=_("Paste what a program printed:"),
    no_numbers=_("There is nothing to compare yet. Paste the numbers."),
)


class BrowserFiles:
    """The user's files on the server.

    ``uploads`` is the folder of what they uploaded, None for a user who has no files. Their lessons are recorded in the
    library of this process, whose folder is theirs alone.
    """

    can_be_shared = False
    keeps_all = True

    def __init__(self, uploads: Path | None) -> None:
        self._uploads = uploads
        self.words = _LAB_WORDS if uploads else _WORDS_WITHOUT_FILES

    def lessons(self) -> list[tuple[str, Path]]:
        """Their uploads and what is recorded of their lessons, each the newest first; then what comes with tui-nn."""
        bundled = bundled_lessons.bundled().items()
        if self._uploads is None:
            return list(bundled)
        uploads = sorted(self._files().values(), key=lambda path: path.stat().st_mtime, reverse=True)
        opened = [path for path in uploads if path.suffix.lower() == SUFFIX or is_table(path) or is_session(path)]
        return [
            *((path.name, path) for path in opened[:_RECENTLY]),
            *((dated(recording), recording.path) for recording in library.recordings()[:_RECENTLY]),
            *bundled,
        ]

    def find_lesson(self, name: str) -> Path:
        """The lesson that comes with tui-nn or the user's upload called ``name``. Raises `SessionError`."""
        known = self._files() | bundled_lessons.bundled()
        if name not in known:
            raise SessionError(
                _(
                    'there is no lesson and no file of yours called "{name}"; choose from the list',
                    name=shortened(name),
                )
            )
        return known[name]

    def find_table(self, name: str) -> Path:
        """The user's upload called ``name``. Raises `SessionError`."""
        files = self._files()
        if name not in files:
            asked, there = shortened(name), ", ".join(map(shortened, sorted(files)[:_NAMED]))
            if there:
                says = _('you have no file called "{name}"; you have {files}', name=asked, files=there)
            else:
                says = _('you have no file called "{name}"; upload it first', name=asked)
            raise SessionError(says)
        return files[name]

    def find_numbers(self, name: str) -> Path:
        """The user's upload, or the numbers that come with tui-nn, called ``name``. Raises FileNotFoundError."""
        lesson, _slash, last = name.rpartition("/")
        known = bundled_lessons.numbers_of(lesson)
        found = self._files().get(name) or known.get(last)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, _("It is none of your files"))
        return found

    def open_lesson(self, path: Path, choice: TableSelection = EVERYTHING) -> TeachingSession | None:
        """Continues what is recorded; records a copy of an upload, which stays as it is."""
        if path.parent == library.folder():
            return TeachingSession.opened(path, choice)
        return TeachingSession(read(path, choice), path)

    def began(self, session: TeachingSession) -> None:
        """Makes the recording of this lesson the newest: with it the user goes on next time."""
        session.begin_recording()
        if session.path:
            os.utime(session.path)

    def hand_over(self, app: App[Any], file: NewFile, then: Callable[[], None]) -> None:
        """Gives the file to the browser, which downloads it."""
        try:
            text = file.text()
        except SessionError as error:
            app.notify(str(error), severity="error", markup=False)
            return
        name = printable_path(Path(f"{library.name_of(file.proposed)}{file.proposed.suffix}"))
        app.deliver_text(StringIO(text), save_filename=name)
        app.notify(_("{name} goes to your downloads.", name=name), markup=False)
        then()

    def _files(self) -> dict[str, Path]:
        """The user's uploads by their names. What is typed is looked up here, and never becomes a path."""
        if self._uploads is None:
            return {}
        try:
            return {path.name: path for path in self._uploads.iterdir() if path.is_file() and not path.is_symlink()}
        except OSError:
            return {}
