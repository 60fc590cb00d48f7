"""Sessions from disk, read with care: a lesson comes back, or a sentence that says why not."""

import os
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from tui_nn.network import Refusal
from tui_nn.session import limits, log, spreadsheet, toml
from tui_nn.session.document import Document
from tui_nn.session.events import Ended
from tui_nn.session.fold import fold
from tui_nn.session.log import Entry
from tui_nn.session.state import State

SUFFIX = ".toml"
TABLE_SUFFIX = ".csv"


_Found = TypeVar("_Found")


class SessionError(Exception):
    """A session that can't be read or written, in one sentence for the user."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """What a file held: the document, its log, and the state that they fold to.

    ``source`` is the text as it stands, up to the end of the last whole event, and ``size`` its length in bytes;
    ``left_out`` is how many bytes behind it belong to an event that was cut off.
    """

    document: Document
    state: State
    entries: tuple[Entry, ...] = ()
    source: str = ""
    size: int = 0
    left_out: int = 0

    @classmethod
    def of(cls, document: Document) -> "Lesson":
        """A lesson to which nothing has happened yet."""
        source = toml.dump(document)
        return cls(document, State.opened(document), (), source, len(source.encode()))

    @property
    def is_ended(self) -> bool:
        """Whether its teacher left it, or nothing ever happened."""
        return not self.entries or isinstance(self.entries[-1].event, Ended)


def is_table(path: Path) -> bool:
    """Whether ``path`` is called as a file is that holds data alone."""
    return path.suffix.lower() == TABLE_SUFFIX


def read(path: Path) -> Lesson:
    """The lesson in ``path``; of a table of data, a fresh one with the lecture's settings. Raises `SessionError`."""
    return parsed(path, _content(path))


def title_of(path: Path) -> str:
    """The title of the lesson in ``path``; its log, which may be long, is not read. Raises `SessionError`."""
    content = _content(path)
    log_begins = content.find(b"\n[[event]]")
    return parsed(path, content[:log_begins] if log_begins >= 0 else content).document.title


def _content(path: Path) -> bytes:
    try:
        return content_of(path)
    except OSError as error:
        raise SessionError(f"{shown(path)} can't be read: {reason(error)}") from None
    except ValueError:
        raise SessionError(f"{shown(path)} is no name that a file can have") from None


def parsed(path: Path, content: bytes) -> Lesson:
    """The lesson that ``content``, read from ``path``, holds. Raises `SessionError`."""
    if is_table(path):
        title = "".join(char for char in path.stem if char.isprintable())[: limits.TITLE_LENGTH]
        try:
            return Lesson.of(Document(title, _understood(path, content, spreadsheet.dataset)))
        except Refusal as refusal:
            raise SessionError(_refused(path, refusal)) from None
    mark = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
    try:
        source = decoded(content[mark:])
        document, found = toml.parse(source)
        state = folded(State.opened(document), found)
    except UnicodeDecodeError as error:
        raise SessionError(f"{shown(path)} is no text in UTF-8: byte {mark + error.start + 1} can't be read") from None
    except (toml.TomlRefused, log.LogRefused) as refused:
        raise SessionError(f"{shown(path)}: {refused}") from None
    whole = source[: found.end]
    size = mark + len(whole.encode())
    left_out = content[size:].strip()
    return Lesson(document, state, found.entries, whole, size, len(left_out))


def read_table(path: Path) -> spreadsheet.Block:
    """The table in the CSV file at ``path``. Raises `SessionError`."""
    return _understood(path, _content(path), partial(spreadsheet.block, is_file=True))


def _understood(path: Path, content: bytes, understand: Callable[[str], _Found]) -> _Found:
    try:
        # What spreadsheets call Unicode text.
        return understand(content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"))
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} can't be read"
        raise SessionError(f"{shown(path)} is no text in UTF-8: {place}; save it as CSV in UTF-8") from None
    except Refusal as refusal:
        raise SessionError(_refused(path, refusal)) from None


def _refused(path: Path, refusal: Refusal) -> str:
    return f"{shown(path)} holds {refusal.found}; expected {refusal.expected}"


def decoded(content: bytes) -> str:
    """``content`` as text, but for a character cut off at its end. Raises UnicodeDecodeError."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        # A power cut may leave zeros behind it.
        if error.reason != "invalid start byte" and not content[error.end :].strip(b"\0"):
            return content[: error.start].decode()
        raise


def folded(state: State, found: log.Read) -> State:
    """``state`` after all entries of ``found``. Raises `LogRefused` with the line of one that does not apply."""
    for entry, line in zip(found.entries, found.lines, strict=True):
        try:
            state = fold(state, entry.event)
        except Refusal as refusal:
            raise log.LogRefused(line, f"[[event]] {entry.seq}: {refusal}") from None
    return state


def shown(path: Path) -> str:
    """``path`` as a sentence can quote it, whatever characters it has."""
    return "".join(char if char.isprintable() else "�" for char in str(path))


def reason(error: OSError) -> str:
    """Why the system refused, as a sentence can go on."""
    return (error.strerror or str(error)).lower()


def content_of(path: Path) -> bytes:
    """The bytes of an ordinary file of bounded size. Raises OSError, ValueError for no name, and `SessionError`."""
    # Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise SessionError(f"{shown(path)} is a directory; expected a session file")
        if not stat.S_ISREG(mode):
            raise SessionError(f"{shown(path)} is a device or a pipe; expected a session file")
        content = file.read(limits.FILE_BYTES + 1)
    if len(content) > limits.FILE_BYTES:
        raise SessionError(f"{shown(path)} is larger than {limits.FILE_BYTES // 2**20} MiB, the most that is read")
    return content
