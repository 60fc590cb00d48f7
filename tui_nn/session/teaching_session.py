"""The lesson that is taught here: its log, and the file that it is recorded in."""

import contextlib
import os
from dataclasses import replace
from pathlib import Path

from tui_nn.language import _
from tui_nn.session.document import Document
from tui_nn.session.events import Ended, Event, Moved, Paused
from tui_nn.session.lesson_log import LessonLog
from tui_nn.session.runs.branches import Branches
from tui_nn.session.state import State
from tui_nn.session.storage import bundled_lessons, document_toml, library
from tui_nn.session.storage.autosave import Autosave
from tui_nn.session.storage.background_sync import BackgroundSync
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.file_replacement import Consent, replace_anything
from tui_nn.session.storage.locked_file import FileInUse, LockedFile, is_recorded, write
from tui_nn.session.storage.session_file import (
    SUFFIX,
    Lesson,
    SessionError,
    cannot_write_error,
    is_table,
    no_name_error,
    os_error_reason,
    printable_path,
    read,
)
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection


class TeachingSession:
    """A lesson that is taught here. A lesson that came with tui-nn, or has no log, is recorded in the user's folder."""

    def __init__(self, lesson: Lesson, path: Path, file: LockedFile | None = None, *, is_new: bool = False) -> None:
        """Teaches ``lesson``, which was read from ``path``; if it ``is_new``, ``path`` only proposes a name."""
        self.lesson = lesson
        self._opened = path
        self._is_new = is_new
        self._autosave = Autosave(lesson.source, self._new_path, file)
        self.log = LessonLog(lesson, self._autosave)
        # A lesson opened from the recordings may have edits that are in no file of the user's.
        is_recording = Path(os.path.realpath(path)).parent == library.folder()
        self._saved = _runs_before_edits(lesson.state) if is_recording else lesson.state.branches
        if file and lesson.state.speed is not None:
            # The recording ended while the lesson was playing. It goes on paused.
            self.log.append(Paused())

    @classmethod
    def opened(cls, path: Path, choice: TableSelection = EVERYTHING) -> "TeachingSession | None":
        """The lesson in ``path``, continued if the file has a log; None if another program is recording in the file.

        ``choice`` selects columns and rows if the file is a table of data. Raises `SessionError`.
        """
        if _is_bundled(path) or is_table(path) or choice != EVERYTHING:
            return cls(read(path, choice), path)
        try:
            # Locks the file before reading it: from then on no other program can write to it.
            file = LockedFile.resume(path)
        except FileInUse:
            return None
        except (OSError, ValueError):
            if is_recorded(path):
                return None
            # The file can't be written: the lesson is recorded in a copy. If it can't be read either, `read` raises.
            return cls(read(path), path)
        try:
            lesson = file.lesson(path)
        except SessionError:
            file.close()
            raise
        if not lesson.entries:
            file.close()
            return cls(lesson, path)
        file.keep_only(lesson.size)
        with contextlib.suppress(OSError):
            library.remember(file.path)
        return cls(lesson, path, file)

    @property
    def state(self) -> State:
        """The lesson's state after all its events."""
        return self.log.state

    def append(self, *events: Event) -> None:
        """Adds ``events`` to the log and to the file. Raises `ValidationError`, and adds none, if one does not fit."""
        self.log.append(*events)

    def append_while_playing(self, event: Moved) -> None:
        """Adds one of the many moves of a lesson that plays; the log keeps a few of them a second."""
        self.log.append_while_playing(event)

    def flush(self) -> None:
        """Writes what is not in the file yet."""
        self.log.flush()

    def sync_in(self, background: BackgroundSync | None) -> None:
        """Lets the thread of ``background`` wait for the disk from now on; each write waits itself if that is None.

        What ``background`` served before must be settled.
        """
        self._autosave.sync_in(background)

    def settle(self) -> None:
        """Writes what is not in the file yet, and waits for the disk; `recording_failure` then says what it refused."""
        self.log.flush()
        self._autosave.settle()

    def begin_recording(self) -> None:
        """Begins the file of the recording, where nothing has happened yet: the lesson is then found again."""
        if not self.log.event_count:
            self.log.append(Moved(self.state.iteration, self.state.step.name))

    @property
    def text(self) -> str:
        """The whole lesson with its log, as a file has it."""
        self.log.flush()
        return self._autosave.text

    @property
    def has_new_events(self) -> bool:
        """Whether anything has happened since the lesson was opened."""
        return self.log.event_count > len(self.lesson.entries)

    def _new_path(self) -> Path:
        return library.new_path(self._opened.stem)

    @property
    def name(self) -> str:
        """The name of the file that the lesson came from, without its ending."""
        return printable_path(Path(self._opened.stem))

    @property
    def path(self) -> Path | None:
        """The file in which it is recorded; None before the first event."""
        return self._autosave.path

    @property
    def recording_failure(self) -> str:
        """Why it is not recorded at the moment; "" if it is, as far as the disk has answered."""
        return self._autosave.failure

    @property
    def is_in_named_file(self) -> bool:
        """Whether it is recorded in a file that the user named."""
        return self.path is not None and self.path.parent != library.folder()

    @property
    def own_file(self) -> Path | None:
        """The file that may be replaced without asking: the one that the lesson is in already."""
        if self.is_in_named_file:
            return None if self.recording_failure else self.path
        is_another_s = self._is_new or _is_bundled(self._opened) or is_table(self._opened)
        return None if is_another_s or self.recording_failure else self._opened

    def is_recorded_in(self, path: Path) -> bool:
        """Whether ``path`` leads to the file that the lesson is recorded in."""
        return self.path is not None and Path(os.path.realpath(path)) == self.path

    @property
    def is_changed(self) -> bool:
        """Whether there are edits that are in no file that the user named."""
        return self.log.state.branches is not self._saved and not self.is_in_named_file

    @property
    def fresh_document(self) -> Document:
        """The lesson as it stands, with its questions but without what happened to it."""
        state = self.log.state
        document = state.document
        return replace(document, questions=tuple(document.fitting_questions(state.questions.values())))

    @property
    def fresh_text(self) -> str:
        """The lesson as it stands, without its log, as a file has it."""
        return document_toml.dump(self.fresh_document)

    def proposed_path(self) -> Path:
        """Where to save the lesson: in its own file or, if it comes with tui-nn, under its name in this directory."""
        if self.is_in_named_file and self.path:
            return self.path
        if is_table(self._opened):
            return self._opened.with_suffix(SUFFIX)
        is_ours = _is_bundled(self._opened) or self._opened.parent == library.folder()
        return Path(self._opened.name) if is_ours else self._opened

    def proposed_fresh_path(self) -> Path:
        """Where to save a fresh copy of the lesson."""
        return Path(f"{self._opened.stem}-fresh{SUFFIX}")

    def save_as(self, path: Path, consent: Consent = replace_anything) -> None:
        """Writes the whole lesson to ``path`` and records there from now on. Raises `SessionError`.

        ``consent`` decides whether an existing file may be replaced.
        """
        self.settle()
        before = self.path
        try:
            if self.is_recorded_in(path) and not self.recording_failure:
                return
            # The last event in the old file tells its followers that the lesson does not go on there.
            last = self.log.last_entry
            goodbye = log_text([LogEntry(last.seq + 1, last.at, Ended())]) if last else ""
            self._autosave.move_to(path, goodbye, consent)
        except OSError as error:
            raise cannot_write_error(path, error) from None
        except ValueError:
            raise no_name_error(path) from None
        self._opened, self._is_new = path, False
        # A failure here means only that the lesson is not offered again if it breaks off.
        with contextlib.suppress(OSError):
            library.remember(self.path or path)
            if before and before != self.path:
                library.forget(before)

    def save_fresh(self, path: Path, consent: Consent = replace_anything) -> None:
        """Writes the lesson as it stands to ``path``, without its log. Raises `SessionError`."""
        write(path, self.fresh_text, consent=consent)

    def let_others_read(self) -> None:
        """Makes the file readable for everyone. Raises `SessionError`."""
        try:
            self._autosave.let_others_read()
        except OSError as error:
            reason = os_error_reason(error)
            raise SessionError(_("the file can't be made readable for others: {reason}", reason=reason)) from None

    def end(self) -> None:
        """Ends the lesson in its log, if there is one, and lets other programs record in the file."""
        last = self.log.last_entry
        if last and not isinstance(last.event, Ended):
            self.log.append(Ended())
        if self.path and self.is_in_named_file:
            # A lesson that was ended in a file of the user's is not offered again.
            with contextlib.suppress(OSError):
                library.forget(self.path)
        self.close()

    def close(self) -> None:
        """Writes what is not on the disk yet, and lets other programs record in the file."""
        self.log.flush()
        self._autosave.close()


def _is_bundled(path: Path) -> bool:
    return Path(os.path.realpath(path)) in (
        Path(os.path.realpath(bundled)) for bundled in bundled_lessons.bundled().values()
    )


def _runs_before_edits(state: State) -> Branches:
    """The runs as they were before the first edit that is not undone."""
    branches, past = state.branches, state.past
    while past:
        change, past = past
        branches = change.branches
    return branches
