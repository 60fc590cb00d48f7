"""Sharing the lesson that is taught, from the screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App

from tui_nn.dashboard.dialogs.questions import MessageDialog
from tui_nn.dashboard.features.files import ask_for_file
from tui_nn.session.storage.file_replacement import Consent
from tui_nn.session.storage.session_file import SessionError
from tui_nn.session.storage.sharing import invitation, make_folder_for, proposed
from tui_nn.session.teaching_session import TeachingSession


def share(app: App[Any], desk: TeachingSession, then: Callable[[], None]) -> None:
    """Lets others read the file that the lesson is recorded in, and says what to tell them.

    A recording in the user's own folder, where nobody else can look, moves to a place that is asked for.
    """

    def tell() -> None:
        then()
        try:
            desk.let_others_read()
        except SessionError as error:
            app.notify(str(error), severity="error", markup=False)
        else:
            app.push_screen(MessageDialog(invitation(desk.path or desk.proposed())))

    def save(path: Path, consent: Consent) -> None:
        make_folder_for(path)
        desk.save_as(path, consent)

    if desk.failure:
        app.notify(f"Nothing can be followed that is not recorded: {desk.failure}.", severity="error", markup=False)
    elif desk.is_kept:
        tell()
    else:
        question = "Share the lesson from this file, where it is recorded from now on:"
        ask_for_file(app, question, proposed(desk.name), save, None, tell)
