"""A replay that a class follows: a copy of the recorded lesson grows and shrinks as the replay goes on and back."""

import contextlib
import os
from itertools import accumulate, count, islice
from pathlib import Path

from tui_nn.language import _
from tui_nn.session.events import Ended
from tui_nn.session.storage import document_toml
from tui_nn.session.storage.event_log import LogEntry, log_text
from tui_nn.session.storage.locked_file import LockedFile
from tui_nn.session.storage.session_file import Lesson, SessionError, no_name_error, os_error_reason, printable_path
from tui_nn.session.storage.sharing import make_folder_for, proposed_path
from tui_nn.system import files

_MOST_NAMES = 100
_MARK = "# A shared replay: tui-nn deletes this copy when the replay ends.\n"


class SharedReplay:
    """The copy that the class follows. ``path`` is its file, which `delete` removes."""

    def __init__(self, lesson: Lesson, name: str, path: Path | None = None) -> None:
        """Makes a copy of ``lesson`` without its events, in the new file ``path`` or one called ``name``.

        Raises `SessionError` if it can't be shared.
        """
        self._lesson = lesson
        self._place = 0
        if not files.SHARES_BY_MODE:
            raise SessionError(_("a replay can be shared on Linux and macOS only"))
        try:
            self._file = _new_file(name, _MARK + document_toml.dump(lesson.document), path)
            self._file.let_others_read()
        except OSError as error:
            raise SessionError(_("the replay can't be shared: {why}", why=os_error_reason(error))) from None
        self.path = self._file.path
        # The size of the file before each event.
        self._sizes = [self._file.size]

    def show(self, place: int) -> None:
        """Lets the class see the lesson after ``place`` events. A full disk keeps the class where it is."""
        entries = self._lesson.entries
        with contextlib.suppress(OSError):
            if place < self._place:
                self._file.keep_only(self._sizes[place])
                self._file.append("")
                self._sizes[place + 1 :] = []
                self._place = place
            if place > self._place:
                # All at once: the disk takes its time for each append.
                blocks = [log_text([entry]) for entry in entries[self._place : place]]
                self._file.append("".join(blocks))
                sizes = accumulate((len(block.encode()) for block in blocks), initial=self._sizes[-1])
                self._sizes += islice(sizes, 1, None)
                self._place = place

    def leave(self) -> None:
        """Lets the class see that the replay has ended."""
        shown = self._lesson.entries[: self._place]
        seq, at = (shown[-1].seq, shown[-1].at) if shown else (0, 0.0)
        with contextlib.suppress(OSError):
            self._file.append(log_text([LogEntry(seq + 1, at, Ended())]))
        self._file.close()

    def delete(self) -> None:
        """Deletes the copy."""
        with contextlib.suppress(OSError):
            self.path.unlink()


def _new_file(name: str, text: str, wanted: Path | None) -> LockedFile:
    """A file that did not exist: the one ``wanted``, or one beside the shared lessons of this user.

    A copy that a replay has left behind, because it was killed, may be in the place of the one ``wanted``.

    Raises OSError and `SessionError`.
    """
    if wanted:

        def refuse_other(old: int) -> None:
            if files.read_at(old, len(_MARK), 0) == _MARK.encode():
                return
            says = _("{path} exists already; give --share-as the name of a new file", path=printable_path(wanted))
            raise SessionError(says)

        try:
            return LockedFile.create(wanted, text, consent=refuse_other)
        except ValueError:
            raise no_name_error(wanted) from None
    for number in count(1):
        path = proposed_path(f"{name}-replay" if number == 1 else f"{name}-replay-{number}")
        make_folder_for(path)
        if not os.path.lexists(path) or number >= _MOST_NAMES:
            return LockedFile.create(path, text)
    raise AssertionError
