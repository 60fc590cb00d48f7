"""Follows a lesson that somebody else teaches: reads what their program appends to its file."""

import errno
import math
import os
import stat
import time
from codecs import BOM_UTF8
from functools import cached_property
from pathlib import Path

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.events import Ended
from tui_nn.session.state import State
from tui_nn.session.storage import event_log
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.storage.locked_file import is_recorded
from tui_nn.session.storage.session_file import (
    Lesson,
    SessionError,
    decode_cut_off,
    lesson_from_content,
    os_error_reason,
    printable_path,
    read_bytes,
    state_after_log,
)
from tui_nn.system import files

# A look asks only this often whether the file is locked: that takes as long as the rest of the look.
_LOCK_CHECK_SECONDS = 1.0
# When a file grew, _HEAD bytes at its beginning and _END bytes before the new ones are compared with those read
# before. The bytes between may still have changed, so all of them are compared once a minute.
_HEAD, _END = 2**16, 2**12
_COMPARE_SECONDS = 60.0


class _ReadSoFar:
    """What was read of a file so far. Its lists only grow: no look copies the 100 000 events of a long log."""

    def __init__(self, lesson: Lesson, content: bytes) -> None:
        self.first = lesson
        self.state = lesson.state
        self.entries = list(lesson.entries)
        self.sources = [lesson.source]
        self.lines = lesson.source.count("\n")
        self.size = lesson.size
        self.left_out = lesson.cut_off_bytes
        read = content[: lesson.size]
        self._head, self._end = read[:_HEAD], read[-_END:]

    def still_begins(self, descriptor: int) -> bool:
        """Whether the file still has the same bytes at its beginning, and before the place up to which it was read."""
        end = files.read_at(descriptor, len(self._end), self.size - len(self._end))
        return end == self._end and files.read_at(descriptor, len(self._head), 0) == self._head

    def is_beginning_of(self, content: bytes) -> bool:
        """Whether ``content``, all of a file, begins with what was read."""
        read = content[: self.size]
        if read.removeprefix(BOM_UTF8) != "".join(self.sources).encode():
            return False
        self._head, self._end = read[:_HEAD], read[-_END:]
        return True

    def read_added(self, added: bytes) -> bool:
        """Reads the events in ``added``. Returns False and changes nothing if they need the whole file to be read."""
        try:
            text = decode_cut_off(added)
            found = event_log.read_entries(text, len(self.entries), self.lines + 1)
            state = state_after_log(self.state, found)
        except (UnicodeDecodeError, event_log.LogError):
            return False
        header = event_log.HEADER.search(text)
        if text[: header.start() if header else None].strip() and (header or not self.entries):
            return False
        whole = text[: found.end]
        taken = whole.encode()
        if found.entries:
            self.state = state
            self.entries += found.entries
            self.sources.append(whole)
            self.lines += whole.count("\n")
            self.size += len(taken)
            self.left_out = len(added[len(taken) :].strip())
            if len(self._head) < _HEAD:
                self._head = (self._head + taken)[:_HEAD]
            self._end = (self._end + taken)[-_END:]
        return True


@frozen_dataclass(eq=False)
class TailUpdate:
    """What a look at the file found: the lesson's state, and whether somebody teaches the lesson now (``is_taught``).

    ``last`` is the last event, or None. ``problem`` says in a sentence why the file can't be read at the moment; the
    state is then that of the last look.
    """

    state: State
    last: LogEntry | None
    is_taught: bool
    problem: str
    _known: _ReadSoFar
    _entries: int
    _sources: int
    _size: int
    _left_out: int

    @property
    def is_ended(self) -> bool:
        """Whether the teacher has left the lesson, or not yet begun it."""
        return self.last is None or isinstance(self.last.event, Ended)

    @cached_property
    def lesson(self) -> Lesson:
        """The whole lesson. Copies it, which takes time in proportion to its length."""
        known = self._known
        source, entries = "".join(known.sources[: self._sources]), tuple(known.entries[: self._entries])
        return Lesson(known.first.document, self.state, entries, source, self._size, self._left_out)


class Tail:
    """Reads what is new in a file at every look. Never writes to the file, locks it or keeps it open.

    Opens the file at every look: over NFS, only that is certain to show what another machine wrote.
    """

    def __init__(self, path: Path, lesson: Lesson) -> None:
        self.path = path
        # The first look compares the whole file with this.
        self._known = _ReadSoFar(lesson, b"")
        self._file: tuple[int, ...] = ()
        self._seen: tuple[int, ...] = ()
        self._compared = -math.inf
        self._problem = ""
        self._reported: tuple[object, ...] = ()
        self._is_recorded = False
        # If the teacher has left, and a program records the lesson at the first look, the teacher is back.
        self._was_let_go = True
        self._asked = -math.inf

    def look(self) -> TailUpdate | None:
        """What is new since the last look; None if nothing is. If the file can't be read, the update says why."""
        try:
            self._read_news()
        except OSError as error:
            self._seen = ()
            self._problem = _(
                "{path} can't be read at the moment: {reason}",
                path=printable_path(self.path),
                reason=os_error_reason(error),
            )
        except SessionError as error:
            self._problem = str(error)
        known = self._known
        last = known.entries[-1] if known.entries else None
        is_left = last is not None and isinstance(last.event, Ended)
        if is_left and not self._was_let_go:
            self.ask_for_teacher()
        is_taught = self._has_teacher()
        if is_left:
            # The program that the teacher left records for a moment longer. One that records later is new.
            self._was_let_go |= not is_taught
            is_taught &= self._was_let_go
        else:
            self._was_let_go = False
        before, self._reported = self._reported, (known, len(known.entries), is_taught, self._problem)
        if before == self._reported:
            return None
        of_lesson = known, len(known.entries), len(known.sources), known.size, known.left_out
        return TailUpdate(known.state, last, is_taught, self._problem, *of_lesson)

    def ask_for_teacher(self) -> None:
        """Makes the next look check whether there is a teacher, however recent the last check was."""
        self._asked = -math.inf

    def _read_news(self) -> None:
        descriptor = files.open_to_read(self.path)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EINVAL, _("it is no ordinary file any more"))
            seen = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
            if seen == self._seen:
                return
            has_grown = seen[:2] == self._file and (not self._seen or seen[2] > self._seen[2])
            self._seen, self._problem, self._asked = seen, "", -math.inf
            if has_grown and time.monotonic() - self._compared < _COMPARE_SECONDS and self._has_grown(descriptor):
                return
        finally:
            os.close(descriptor)
        self._file = ()
        self._read_all()
        self._file, self._compared = seen[:2], time.monotonic()

    def _has_grown(self, descriptor: int) -> bool:
        """Reads what was appended. Returns False if the whole file has to be read to know what changed."""
        known = self._known
        if not known.still_begins(descriptor):
            return False
        added = _read_between(descriptor, known.size, limits.FILE_BYTES + 1)
        return known.size + len(added) <= limits.FILE_BYTES and known.read_added(added)

    def _read_all(self) -> None:
        content, known = read_bytes(self.path), self._known
        if not (known.is_beginning_of(content) and known.read_added(content[known.size :])):
            self._known = _ReadSoFar(lesson_from_content(self.path, content), content)

    def _has_teacher(self) -> bool:
        now = time.monotonic()
        if now - self._asked >= _LOCK_CHECK_SECONDS:
            self._is_recorded, self._asked = is_recorded(self.path), now
        return self._is_recorded


def _read_between(descriptor: int, begin: int, end: int) -> bytes:
    parts = []
    while begin < end and (part := files.read_at(descriptor, end - begin, begin)):
        parts.append(part)
        begin += len(part)
    return b"".join(parts)
