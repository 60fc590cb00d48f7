"""Writes every event of a lesson to its file, and says why if that is not possible at the moment."""

import contextlib
import errno
import os
from collections.abc import Callable
from pathlib import Path

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.storage.background_sync import BackgroundSync
from tui_nn.session.storage.event_log import EVENT
from tui_nn.session.storage.file_replacement import Consent, replace_anything, replace_current_file, replace_nothing
from tui_nn.session.storage.locked_file import FileInUse, LockedFile
from tui_nn.session.storage.session_file import os_error_reason, printable_path


class Autosave:
    """The recording of a lesson. Keeps the lesson's whole text, so that it can write the file again if that is gone.

    ``source`` is the text so far. Creates the file at the first event, at the path that ``new_path`` returns.

    Each write returns when the disk has the text, or has refused it. After `sync_in` it returns when the file has the
    text, and `BackgroundSync.wait` says when the disk has it. What the disk refuses then is written again with the next
    write, which waits for the disk, as do all others until one succeeds.
    """

    def __init__(self, source: str, new_path: Callable[[], Path], file: LockedFile | None = None) -> None:
        self._text = [source]
        self._new_path = new_path
        self._file = file
        self._path = file.path if file else None
        self._is_own_place = False
        self._mode: int | None = None
        self._background: BackgroundSync | None = None
        self._pending = ""
        self._size = len(source.encode())
        self._events = source.count(EVENT)
        self.failure = ""
        """Why the lesson is not recorded at the moment; "" where all of it is, as far as the disk has answered."""

    @property
    def path(self) -> Path | None:
        """The file; None before the first event."""
        return self._path

    @property
    def text(self) -> str:
        """The text that the file should have."""
        self._text = ["".join(self._text)]
        return self._text[0]

    def sync_in(self, background: BackgroundSync | None) -> None:
        """Lets the thread of ``background`` wait for the disk from now on; each write waits itself if that is None."""
        self.settle()
        self._background = background

    def settle(self) -> None:
        """Waits until the disk has all that was written. Writes once more what it has refused."""
        if self._background and (error := self._background.settle()):
            self._take_back(error)
            self.catch_up()

    def write(self, blocks: str) -> None:
        """Adds ``blocks`` to the text and to the file. If the disk does not take them, `failure` says why."""
        self._text.append(blocks)
        self._pending += blocks
        self._size += len(blocks.encode())
        self._events += blocks.count(EVENT)
        self.catch_up()

    def catch_up(self) -> None:
        """Writes what the file still lacks, if it can."""
        if self._background and (error := self._background.take_failure()):
            self._take_back(error)
        if not self._pending:
            return
        try:
            if self._is_too_long:
                self.failure = _("the lesson is as long as a file may be; S saves it as a fresh one")
                return
            self._write_pending()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        where = printable_path(self._path) if self._path else _("the folder for recordings")
        # The reason comes first: a narrow screen cuts off the path.
        self.failure = f"{os_error_reason(error)} ({where})"

    def _take_back(self, error: OSError) -> None:
        """Has everything written again that is not surely on the disk: a system forgets what it could not sync."""
        assert self._file  # noqa: S101 - it was written to
        lacking = self._file.drop_unsynced() + len(self._pending.encode())
        content = self.text.encode()
        self._pending = content[len(content) - lacking :].decode()
        self._fail(error)

    @property
    def _is_too_long(self) -> bool:
        return self._size > limits.FILE_BYTES or self._events > limits.EVENTS

    def _write_pending(self) -> None:
        file = self._file if self._file and not self._is_gone(self._file) else None
        # After a failure, the next screen says whether the text is recorded by now.
        background = self._background if not self.failure and (file or not self._path) else None
        if not background and self._background and (error := self._background.settle()):
            self._take_back(error)
        if file and background:
            file.write(self._pending)
            background.request(file.sync)
        elif file and file.is_on_disk:
            file.append(self._pending)
        else:
            self._create(file, background)
        self._pending = ""
        self.failure = ""

    def _create(self, own: LockedFile | None, background: BackgroundSync | None) -> None:
        """Writes the whole lesson to its place, where at most ``own`` is: a file that the disk has refused."""
        if self._path is None:
            self._path = self._new_path()
            self._is_own_place = True
        elif not own and os.path.lexists(self._path):
            raise FileInUse(None, _("another file has taken its place"))
        elif not own and self._is_own_place and not self._path.parent.exists():
            # The folder of recordings is gone; new_path makes it again.
            self._path = self._new_path()
        consent = replace_current_file(self._path) if own else replace_nothing
        file = LockedFile.create(self._path, self.text, own, self._mode, consent, waits=not background)
        # Closes the old file only now: its folder may come back, as on a network disk.
        self._close_file()
        self._file = file
        if background:
            background.request(file.sync)

    @staticmethod
    def _is_gone(file: LockedFile) -> bool:
        try:
            if not file.is_in_place:
                raise FileInUse(None, _("another file has taken its place"))
        except FileNotFoundError:
            return True
        return False

    def move_to(self, path: Path, goodbye: str = "", consent: Consent = replace_anything) -> None:
        """Writes the whole lesson to ``path`` and goes on there; adds ``goodbye`` to the old file.

        ``consent`` decides whether an existing file may be replaced. Raises OSError and ValueError; recording then goes
        on in the old file.
        """
        self.settle()
        if self._is_too_long:
            raise OSError(errno.EFBIG, _("the lesson is longer than a file may be; S saves it as a fresh one"))
        file = LockedFile.create(path, self.text, self._file, consent=consent)
        # If the old file lacks events, nothing can be added behind them.
        if self._file and goodbye and not self._pending and file.path != self._file.path:
            # If this fails, the old file lacks the goodbye. The lesson is whole in the new file.
            with contextlib.suppress(OSError):
                self._file.append(goodbye)
        self._close_file()
        self._file, self._path = file, file.path
        self._is_own_place, self._mode = False, None
        self._pending = ""
        self.failure = ""

    def let_others_read(self) -> None:
        """Makes the file readable for everyone. Raises OSError, and `FileInUse` if another file has taken its place.

        If the file is gone, it will be readable for everyone when it is written again.
        """
        if self._file:
            self._is_gone(self._file)
            self._mode = self._file.let_others_read()

    def close(self) -> None:
        """Lets others record in the file, once the disk has what was written."""
        self.settle()
        self._close_file()

    def _close_file(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
