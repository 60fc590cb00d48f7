"""The file of a recording. It begins complete; then one program at a time appends to it."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tui_nn.language import _
from tui_nn.session.storage.file_replacement import Consent, mode_to_keep, put_in_place, replace_anything
from tui_nn.session.storage.session_file import Lesson, cannot_write_error, no_name_error, read
from tui_nn.system import file_locks, files
from tui_nn.system.locking import Locked


class FileInUse(OSError):
    """Another program records in this file."""


class LockedFile:
    """An open file that this program alone appends to."""

    def __init__(self, path: Path, descriptor: int, size: int, *, is_on_disk: bool = True) -> None:
        self.path = path
        self._descriptor = descriptor
        self._size = size
        self._is_on_disk = is_on_disk
        self._size_on_disk = size if is_on_disk else 0
        # The file's real length: larger than _size if an event at its end was cut off.
        self._length = size

    @classmethod
    def create(
        cls,
        path: Path,
        text: str,
        instead_of: "LockedFile | None" = None,
        mode: int | None = None,
        consent: Consent = replace_anything,
        *,
        waits: bool = True,
    ) -> "LockedFile":
        """Creates the file ``path`` with all of ``text``, or not at all: writes a temporary file and renames it.

        Replaces an existing file if ``consent`` allows it, and keeps its mode if it belongs to the user. A new file has
        ``mode``, or can be read by its owner only. Without ``waits``, which is for new files alone, it does not wait
        for the disk: `sync` has to. Raises what ``consent`` raises, OSError, `FileInUse` if anything but ``instead_of``
        is recording there, and ValueError if no file can have the name ``path``.
        """
        files.check_name(path)
        target = _real_path(path)
        with _prevent_recording(target, instead_of) as old:
            if old is not None:
                consent(old)
                mode = mode_to_keep(old, mode)
            own = instead_of if instead_of and old is not None and instead_of.is_open_as(old) else None
            with own.let_go() if own else contextlib.nullcontext():
                return cls._write_new(target, old, text.encode(), mode, waits=waits)

    @classmethod
    def _write_new(
        cls, target: Path, old: int | None, content: bytes, mode: int | None, *, waits: bool
    ) -> "LockedFile":
        temporary = target.with_name(f".tui-nn-{os.urandom(8).hex()}.tmp")
        descriptor = files.create(temporary)
        try:
            _lock(descriptor)
            _write_all(descriptor, content)
            if mode is not None:
                files.set_mode(descriptor, mode)
            if waits:
                files.sync(descriptor)
            put_in_place(temporary, descriptor, target, old)
            # A file that had to be closed for a moment has lost its lock.
            _lock(descriptor)
        except BaseException:
            # On Windows, a file that is open can't be deleted.
            os.close(descriptor)
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            raise
        if waits:
            files.sync_folder(target.parent)
        return cls(target, descriptor, len(content), is_on_disk=waits)

    @classmethod
    def resume(cls, path: Path) -> "LockedFile":
        """Opens the file at ``path`` to append to it; see `keep_only`. Raises OSError and `FileInUse`."""
        target = _real_path(path)
        descriptor = files.open_itself(target, to_write=True)
        try:
            _check_ordinary_file(descriptor)
            _lock(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return cls(target, descriptor, os.fstat(descriptor).st_size)

    def lesson(self, called: Path) -> Lesson:
        """The lesson in this file, even if its path leads to another one by now.

        Raises `SessionError` with the name ``called``.
        """
        return read(called, descriptor=self._descriptor)

    def keep_only(self, size: int) -> None:
        """Keeps the first ``size`` bytes of the file. The next append replaces the rest."""
        self._size = self._size_on_disk = size

    def append(self, text: str) -> None:
        """Adds ``text`` at the end; returns when it is on the disk. Raises OSError, and then adds nothing."""
        self.write(text)
        try:
            self.sync()
        except OSError:
            self.drop_unsynced()
            self._cut_off()
            raise

    def write(self, text: str) -> None:
        """Adds ``text`` at the end; `sync` brings it to the disk. Raises OSError, and then adds nothing."""
        content = text.encode()
        if os.fstat(self._descriptor).st_size != self._length:
            raise OSError(errno.ESTALE, _("another program has changed it"))
        try:
            if self._length != self._size:
                os.ftruncate(self._descriptor, self._size)
            os.lseek(self._descriptor, self._size, os.SEEK_SET)
            _write_all(self._descriptor, content)
        except OSError:
            self._cut_off()
            raise
        self._size += len(content)
        self._length = self._size

    def _cut_off(self) -> None:
        """Removes what was written of a text that is not added. If that fails, the next append does it."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._size)
        self._length = os.fstat(self._descriptor).st_size

    def sync(self) -> None:
        """Waits until the disk has all that was written before. Raises OSError.

        One thread may call it while another one writes, but not while that one closes the file or cuts it off.
        """
        size = self._size
        if self._is_on_disk and size == self._size_on_disk:
            return
        files.sync(self._descriptor)
        if not self._is_on_disk:
            files.sync_folder(self.path.parent)
        self._is_on_disk, self._size_on_disk = True, size

    @property
    def is_on_disk(self) -> bool:
        """Whether the disk has the file: not where it was created without waiting, and not synced since."""
        return self._is_on_disk

    def drop_unsynced(self) -> int:
        """Lets the next append begin behind what is surely on the disk. Returns how many bytes it then replaces."""
        dropped = self._size - self._size_on_disk
        self._size = self._size_on_disk
        return dropped

    @property
    def is_in_place(self) -> bool:
        """Whether the path still leads to this file. Raises FileNotFoundError if nothing is there."""
        return self.is_at(self.path)

    def is_at(self, path: Path) -> bool:
        """Whether ``path`` leads to the file. Raises OSError."""
        return files.is_same(os.fstat(self._descriptor), path.stat())

    def is_open_as(self, descriptor: int) -> bool:
        """Whether ``descriptor`` is open on the same file."""
        return files.is_same(os.fstat(self._descriptor), os.fstat(descriptor))

    @property
    def size(self) -> int:
        """How many bytes are in the file."""
        return self._size

    def let_others_read(self) -> int:
        """Makes the file readable for everyone; returns its new mode. Raises OSError."""
        return files.let_others_read(self._descriptor)

    @contextlib.contextmanager
    def let_go(self) -> Iterator[None]:
        """Makes it possible to replace the file. If that fails in the block, the file is open and locked as before."""
        files.let_go(self._descriptor)
        try:
            yield
        except BaseException:
            files.take_back(self._descriptor, self.path)
            _lock(self._descriptor)
            raise

    def close(self) -> None:
        """Closes the file, so that other programs can record in it."""
        file_locks.release(self._descriptor)
        os.close(self._descriptor)


def write(path: Path, text: str, mode: int | None = None, consent: Consent = replace_anything) -> None:
    """Writes all of ``text`` to ``path``. Raises `SessionError` if that fails; the old file then stays as it was.

    A new file has ``mode``, or can be read by its owner only. ``consent`` decides whether a file may be replaced.
    """
    try:
        LockedFile.create(path, text, mode=mode, consent=consent).close()
    except OSError as error:
        raise cannot_write_error(path, error) from None
    except ValueError:
        raise no_name_error(path) from None


def is_recorded(path: Path) -> bool:
    """Whether a program, on this machine or on another that shares the disk, records in the file at ``path`` now."""
    try:
        descriptor = files.open_to_read(path)
    except OSError:
        return False
    try:
        return file_locks.is_held(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, against_recording: bool = False) -> None:
    """Locks the file, to record in it or, with ``against_recording``, so that nobody begins to record in it."""
    try:
        (file_locks.prevent_lock if against_recording else file_locks.take)(descriptor)
    except Locked:
        raise FileInUse(errno.EBUSY, _("another tui-nn records in it")) from None


def _write_all(descriptor: int, content: bytes) -> None:
    written = 0
    while written < len(content):
        written += os.write(descriptor, content[written:])


def _real_path(path: Path) -> Path:
    """The path behind the links on ``path``: a save replaces the file behind a link, and keeps the link."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def _check_ordinary_file(descriptor: int) -> None:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise OSError(errno.EINVAL, _("it is no ordinary file"))


@contextlib.contextmanager
def _prevent_recording(target: Path, instead_of: LockedFile | None) -> Iterator[int | None]:
    """The file at ``target``, open for reading, locked so that nobody begins to record in it; None if there is none.

    Raises OSError, and `FileInUse` if another file than ``instead_of`` is being recorded there.
    """
    try:
        old = files.open_itself(target)
    except FileNotFoundError:
        old = None
    if old is None:
        yield None
        return
    try:
        _check_ordinary_file(old)
        if not (instead_of and instead_of.is_open_as(old)):
            _lock(old, against_recording=True)
        yield old
    finally:
        os.close(old)
