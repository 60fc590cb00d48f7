"""Starts an app: teaching, following or replaying. Imports only what that app needs: the user waits for imports."""

from pathlib import Path

from textual.app import App

from tui_nn.dashboard.apps.base import LessonApp, NextApp
from tui_nn.dashboard.terminal.terminal_app import TerminalApp
from tui_nn.dashboard.terminal.themes import theme_names
from tui_nn.language import _
from tui_nn.network import ValidationError
from tui_nn.session.storage import library
from tui_nn.session.storage.session_file import SessionError, printable_path, read
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection
from tui_nn.session.teaching_session import TeachingSession
from tui_nn.session.validation import shortened
from tui_nn.writing.notation.signs import Notation


def use(notation: Notation, theme: str = "") -> None:
    """Sets the signs and the theme of the apps started from now on. Raises `SessionError` if there is no such theme."""
    TerminalApp.notation = notation
    known = theme_names()
    if theme and theme not in known:
        raise SessionError(
            _("there is no theme called {theme}; there are {known}", theme=shortened(theme), known=", ".join(known))
        )
    LessonApp.colours = theme


def run(first: LessonApp) -> int:
    """Runs an app, then each app that takes the place of the one before. Returns the exit code of the last one."""
    app: App[NextApp] = first
    while True:
        following = app.run()
        if following is None:
            return app.return_code or 0
        app = following()


def teach(path: Path, choice: TableSelection = EVERYTHING) -> int:
    """Teaches the lesson in ``path``, or follows it if another program is recording it. Returns the exit code.

    ``choice`` selects columns and rows if the file is a table of data.
    """
    from tui_nn.dashboard.apps.teach import TeachApp

    session = TeachingSession.opened(path, choice)
    if session is None:
        return follow(path, because_recorded=True)
    # A user who names a lesson that broke off wants that one and no other.
    offered = () if session.lesson.entries else library.unfinished_recordings()
    return run(TeachApp(session, offered))


def follow(path: Path, *, because_recorded: bool = False, small_command: tuple[str, ...] = ()) -> int:
    """Follows the lesson in ``path``. Returns the exit code. Raises `SessionError` if there is none.

    ``small_command`` is what takes the place of this program while its user sees what the teacher sees.
    """
    from tui_nn.dashboard.apps.follow import FollowApp

    app = FollowApp.opened(path, because_recorded=because_recorded)
    app.become_small_by(small_command)
    return run(app)


def replay(
    path: Path, speed: float, mark: str | None, *, is_shared: bool = False, shared_as: Path | None = None
) -> int:
    """Replays the lesson in ``path``, from ``mark`` on if that is not None. Returns the exit code.

    ``speed`` is how many times as fast as it was taught. With ``is_shared``, a class can follow, and
    with ``shared_as`` it follows that file. Raises `SessionError` if
    there is no such lesson or mark, or if it can't be shared.
    """
    from tui_nn.dashboard.apps.replay import ReplayApp

    lesson = read(path)
    if not lesson.entries:
        raise SessionError(
            _(
                "{file} has no events: nothing has happened in this lesson that could be replayed",
                file=printable_path(path),
            )
        )
    app = ReplayApp(lesson, path, speed=speed)
    if mark is not None:
        try:
            app.begin_at(mark)
        except ValidationError as error:
            raise SessionError(
                _("the mark {mark} is unknown; expected {expected}", mark=error.found, expected=error.expected)
            ) from None
    if is_shared or shared_as:
        app.share(shared_as)
    return run(app)
