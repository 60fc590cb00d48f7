"""A lesson that somebody else is teaching, read from the file that grows as they go on."""

import errno
import math
import os
import stat
import time
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path

from tui_nn.session import log
from tui_nn.session.file import Lesson, SessionError, content_of, decoded, folded, opened, parsed, reason, shown
from tui_nn.session.record import is_recorded

# To ask for the lock takes as long as all the rest of a look.
_ASK_SECONDS = 1.0


@dataclass(frozen=True, eq=False)
class News:
    """What a look at the file found: the lesson as it stands now, and whether its teacher is there.

    ``problem`` says in a sentence why the file can't be read at the moment; the lesson is the one read last then.
    """

    lesson: Lesson
    is_taught: bool
    problem: str = ""


class Tail:
    """Reads what is new in a file each time it is asked; nothing is ever written, locked or held open.

    The file is opened at every look: over NFS that, and nothing else, is certain to show what another machine wrote.
    """

    def __init__(self, path: Path, lesson: Lesson) -> None:
        self.path = path
        self._lesson = lesson
        self._seen: tuple[int, ...] = ()
        self._problem = ""
        self._told: tuple[object, ...] = ()
        self._is_recorded = False
        self._asked = -math.inf

    def look(self) -> News | None:
        """The news since the last look, or None. Raises nothing: what can't be read now may be readable later."""
        try:
            status = self._status()
            if status != self._seen:
                self._seen, self._problem, self._asked = status, "", -math.inf
                content = content_of(self.path)
                self._lesson = self._grown(content) or parsed(self.path, content)
        except OSError as error:
            self._seen = ()
            self._problem = f"{shown(self.path)} can't be read at the moment: {reason(error)}"
        except SessionError as error:
            self._problem = str(error)
        was_left = bool(self._lesson.entries) and self._lesson.is_ended
        news = News(self._lesson, not was_left and self._has_teacher(), self._problem)
        told, self._told = self._told, (news.lesson, news.is_taught, news.problem)
        return news if told != self._told else None

    def _has_teacher(self) -> bool:
        now = time.monotonic()
        if now - self._asked >= _ASK_SECONDS:
            self._is_recorded, self._asked = is_recorded(self.path), now
        return self._is_recorded

    def _status(self) -> tuple[int, ...]:
        descriptor = opened(self.path)
        try:
            found = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file any more")
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    def _grown(self, content: bytes) -> Lesson | None:
        """The lesson with what was appended; None where it takes all of ``content`` to tell what happened."""
        lesson = self._lesson
        if content[: lesson.size].removeprefix(BOM_UTF8) != lesson.source.encode():
            return None
        try:
            added = decoded(content[lesson.size :])
            found = log.read(added, len(lesson.entries), lesson.source.count("\n") + 1)
            state = folded(lesson.state, found)
        except (UnicodeDecodeError, log.LogRefused):
            return None
        header = log.HEADER.search(added)
        if added[: header.start() if header else None].strip() and (header or not lesson.entries):
            return None
        if not found.entries:
            return lesson
        source = lesson.source + added[: found.end]
        size = lesson.size + len(added[: found.end].encode())
        entries = (*lesson.entries, *found.entries)
        return Lesson(lesson.document, state, entries, source, size, len(content[size:].strip()))
