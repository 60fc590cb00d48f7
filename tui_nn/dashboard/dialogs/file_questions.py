"""Questions about files: where to save, what to do with changes, which table to read."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from tui_nn.dashboard.dialogs.user_files import NewFile, UserFiles, dated
from tui_nn.language import _, ngettext
from tui_nn.network import Dataset, ValidationError
from tui_nn.session.events import DataReplaced
from tui_nn.session.storage.file_replacement import Consent, replace_current_file
from tui_nn.session.storage.library import Recording, dismiss
from tui_nn.session.storage.locked_file import write
from tui_nn.session.storage.session_file import SessionError, is_table, printable_path, read, read_table
from tui_nn.session.tables.column_selection import parse_selection
from tui_nn.session.tables.spreadsheet import csv_text, replacement_event
from tui_nn.session.teaching_session import TeachingSession
from tui_nn.writing.notation.number_format import group_digits
from tui_nn.writing.notation.signs import UNICODE
from tui_nn.writing.sentences.steps_and_errors import error_sentence


def ask_for_file(app: App[Any], file: NewFile, then: Callable[[], None]) -> None:
    """Asks for a path and saves there, asking again before it replaces another file than the user's own; then goes on.

    Replaces only the very file that was there when the user answered. A name without an ending gets the ending of the
    name proposed. The name of a lesson may not end like a table's, nor a table's like a lesson's.
    """
    from tui_nn.dashboard.dialogs.questions import ChoiceDialog, TextDialog

    proposed, own = file.proposed, file.own
    suffix = proposed.suffix

    def check(text: str) -> str | None:
        try:
            path = _path(text, suffix)
            if is_table(path) != is_table(proposed):
                name = printable_path(Path(f"{path.stem}{suffix}"))
                return _("The name must end in {suffix}; {name} would do.", suffix=suffix, name=name)
            if (named := Path(text.strip()).expanduser()).is_dir():
                example = printable_path(named / "my-lesson.toml")
                return _(
                    "{folder} is a directory; name a file in it, such as {example}.",
                    folder=printable_path(named),
                    example=example,
                )
            consents[path] = replace_current_file(path)
            if os.path.lexists(path) and not (own and own.exists() and path.samefile(own)):
                return None
        except (OSError, RuntimeError, ValueError):
            return _("That is no name that a file can have; my-lesson.toml would be one.")
        return _why_not_saved(path)

    def _why_not_saved(path: Path) -> str | None:
        try:
            file.save(path, consents[path])
        except SessionError as error:
            return str(error)
        saved.append(path)
        return None

    consents: dict[Path, Consent] = {}
    saved: list[Path] = []

    def named(text: str | None) -> None:
        if text is None:
            return
        path = _path(text, suffix)

        def go_on() -> None:
            app.notify(_("Saved to {file}.", file=printable_path(path)), markup=False)
            then()

        if path in saved:
            go_on()
            return

        def replaced(answer: str | None) -> None:
            if answer == "y":
                if refusal := _why_not_saved(path):
                    app.notify(refusal, severity="error", markup=False)
                else:
                    go_on()

        question = _("{file} is there already. Replace it?", file=printable_path(path))
        app.push_screen(ChoiceDialog(question, (("n", _("keep it")), ("y", _("replace it")))), replaced)

    # Leaves out of the proposed name the control characters that reverse the text around them.
    app.push_screen(TextDialog(file.question, printable_path(proposed), check, is_typed=False), named)


def save(app: App[Any], files: UserFiles, session: TeachingSession, then: Callable[[], None]) -> None:
    """Gives the user the lesson as a file, in which a terminal records it from now on; then calls ``then``."""
    question = _("Save the lesson to this file, and go on recording there:")
    file = NewFile(question, session.proposed_path(), lambda: session.text, session.save_as, session.own_file)
    files.hand_over(app, file, then)


def save_fresh(app: App[Any], files: UserFiles, session: TeachingSession) -> None:
    """Gives the user a file with the lesson as it stands, as if nothing had happened to it yet."""
    question = _("Save the lesson as it stands as a fresh one:")
    file = NewFile(question, session.proposed_fresh_path(), lambda: session.fresh_text, session.save_fresh)
    files.hand_over(app, file, lambda: None)


def ask_about_changes(app: App[Any], files: UserFiles, session: TeachingSession, then: Callable[[], None]) -> None:
    """Calls ``then``, after asking what to do with what is not recorded, or in no file of the user's."""
    from tui_nn.dashboard.dialogs.questions import ChoiceDialog

    session.settle()
    if session.recording_failure:
        question = _("This lesson is not recorded: {reason}.", reason=session.recording_failure)
        answers = (("s", _("save it somewhere else")), ("d", _("leave it, and lose what is not recorded")))
    elif session.is_changed and not files.keeps_all:
        question = _("This lesson has changes that are in no file of yours.")
        answers = (("s", _("save them")), ("d", _("leave them among the recorded lessons")))
    else:
        then()
        return

    def answered(answer: str | None) -> None:
        if answer == "s":
            save(app, files, session, then)
        elif answer == "d":
            then()

    app.push_screen(ChoiceDialog(question, answers), answered)


def offer_to_resume(app: App[Any], unfinished: Sequence[Recording], go_on: Callable[[Recording], None]) -> None:
    """Offers to go on with the newest of the lessons that broke off and can be read."""
    from tui_nn.dashboard.dialogs.questions import ChoiceDialog

    lesson, newest, *before = None, *unfinished
    while lesson is None:
        try:
            lesson = read(newest.path)
        except SessionError as error:
            app.notify(_("A lesson broke off, but {reason}", reason=error), severity="error", markup=False)
            if not before:
                return
            newest, *before = before
    state = lesson.state
    step = UNICODE.for_network(state.document.network).name(state.step.name)
    title = lesson.document.title or printable_path(Path(newest.path.stem))
    question = _(
        "This lesson broke off ({when}): {title}, iteration {iteration}, {step}.",
        when=dated(newest),
        title=title,
        iteration=group_digits(state.iteration),
        step=step,
    )
    if before:
        question += " " + ngettext(
            "{lessons} more broke off before it (tui-nn sessions --recorded lists them).",
            "{lessons} more broke off before it (tui-nn sessions --recorded lists them).",
            len(before),
            lessons=len(before),
        )

    def answered(answer: str | None) -> None:
        if answer == "c":
            go_on(newest)
        elif answer == "d":
            try:
                dismiss(newest)
            except (OSError, SessionError) as error:
                app.notify(str(error), severity="error", markup=False)

    answers = (
        ("c", _("go on with it, at the very step")),
        ("n", _("not now")),
        ("d", _("do not offer it again")),
    )
    app.push_screen(ChoiceDialog(question, answers), answered)


def write_data(app: App[Any], files: UserFiles, proposed: Path, data: Dataset) -> None:
    """Gives the user the data as a CSV file."""

    def save(path: Path, consent: Consent) -> None:
        write(path, csv_text(data), consent=consent)

    question = _("Write the data, as typed in, to this CSV file:")
    files.hand_over(app, NewFile(question, proposed, lambda: csv_text(data), save), lambda: None)


def ask_for_data(
    app: App[Any],
    files: UserFiles,
    data: Dataset,
    can_take: Callable[[DataReplaced], None],
    take: Callable[[DataReplaced, str], None],
) -> None:
    """Asks for a CSV file to replace ``data``; ``can_take`` may refuse its table.

    Calls ``take`` with the table and with the notes on how it was read.
    """
    from tui_nn.dashboard.dialogs.questions import TextDialog

    found: list[tuple[DataReplaced, str]] = []

    def check(text: str) -> str | None:
        try:
            name, choice = parse_selection(text)
            table = read_table(files.find_table(name), choice)
            found[:] = [(replacement_event(data, table), " ".join(table.notes_as_data))]
            can_take(found[0][0])
        except SessionError as error:
            return str(error)
        except RuntimeError:
            return _("There is no such user.")
        except ValidationError as error:
            return error_sentence(error)
        return None

    def answered(text: str | None) -> None:
        if text is not None:
            take(*found[0])

    app.push_screen(TextDialog(files.words.table, "", check, is_typed=False, takes_files=True), answered)


def _path(text: str, suffix: str) -> Path:
    """The path that was typed, with ``suffix`` where it has none. Raises as `Path` does."""
    path = Path(text.strip()).expanduser()
    return path if path.suffix else path.with_name(path.name + suffix)
