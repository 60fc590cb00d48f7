"""Reads a lesson from a session file or a table of data, or says in a sentence why it can't."""

import errno
import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import TYPE_CHECKING

from tui_nn.frozen_dataclass import frozen_dataclass
from tui_nn.language import _
from tui_nn.late_pattern import late_pattern
from tui_nn.network import ValidationError
from tui_nn.session import limits
from tui_nn.session.document import Document
from tui_nn.session.events import Ended
from tui_nn.session.reducer import apply_event
from tui_nn.session.state import State
from tui_nn.session.storage import document_toml, event_log
from tui_nn.session.storage.event_log import LogEntry
from tui_nn.session.tables.column_selection import EVERYTHING, TableSelection
from tui_nn.session.tables.errors import TableError
from tui_nn.system import files

if TYPE_CHECKING:
    from tui_nn.session.tables.spreadsheet import PastedTable

SUFFIX = ".toml"
TABLE_SUFFIX = ".csv"

# The errors of Linux and macOS for opening a socket, and for opening /dev/tty in a process without a terminal.
_NO_FILE_ERRORS = (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP)
_PIECE_BYTES = 2**20

# A file with one of these endings is a table, unless it contains the keys of a session file.
_TEXT_SUFFIXES = (".tsv", ".tab", ".txt", ".dat", ".data")
_SPREADSHEET_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
_SESSION_KEYS = late_pattern(
    r"^[ \t]*(?:\[{1,2}(?:data|network|start|training|question|event)\]{1,2}|(?:format|title)[ \t]*=)", re.MULTILINE
)
# The first bytes of a zip archive: spreadsheets save their own files as zip archives.
_ZIP = b"PK\x03\x04"


class SessionError(Exception):
    """A session that can't be read or written, in one sentence for the user."""


@frozen_dataclass(eq=False)
class Lesson:
    """What a file contains: the document, its log, and the state after all events.

    ``source`` is the file's text up to the end of the last whole event, and ``size`` its length in bytes;
    ``cut_off_bytes`` is how many bytes after it belong to an event that was cut off. ``reading_notes`` say in sentences
    how a table of data was read.
    """

    document: Document
    state: State
    entries: tuple[LogEntry, ...] = ()
    source: str = ""
    size: int = 0
    cut_off_bytes: int = 0
    reading_notes: tuple[str, ...] = ()

    @classmethod
    def without_events(cls, document: Document, reading_notes: tuple[str, ...] = ()) -> "Lesson":
        """A lesson without events."""
        source = document_toml.dump(document)
        return cls(document, State.opened(document), (), source, len(source.encode()), reading_notes=reading_notes)

    @property
    def is_ended(self) -> bool:
        """Whether the lesson has no events, or the last one is its end."""
        return not self.entries or isinstance(self.entries[-1].event, Ended)


def is_table(path: Path) -> bool:
    """Whether the file at ``path`` is a table of data, judged by its ending; if that is ambiguous, by its content."""
    if path.suffix.lower() not in _TEXT_SUFFIXES:
        return path.suffix.lower() == TABLE_SUFFIX
    try:
        return _is_table(path, read_bytes(path))
    except (OSError, ValueError, SessionError):
        return False


def is_session(path: Path) -> bool:
    """Whether a file that has not a session file's ending has the keys of one."""
    return path.suffix.lower() in _TEXT_SUFFIXES and os.path.isfile(path) and not is_table(path)  # noqa: PTH113


def _is_table(path: Path, content: bytes) -> bool:
    if path.suffix.lower() in _TEXT_SUFFIXES:
        return not _SESSION_KEYS.search(content.decode(errors="replace"))
    return path.suffix.lower() == TABLE_SUFFIX


def read(path: Path, choice: TableSelection = EVERYTHING, descriptor: int | None = None) -> Lesson:
    """The lesson in ``path``; for a table of data, a fresh lesson with the lecture's network. Raises `SessionError`.

    ``choice`` selects a table's columns and rows. If the file is open already, pass its ``descriptor``: that file is
    read, even if ``path`` leads to another file by now.
    """
    return lesson_from_content(path, _read_content(path, descriptor), choice)


def title_of(path: Path) -> str:
    """The title of the lesson in ``path``; its log, which may be long, is not read. Raises `SessionError`."""
    content = _read_content(path)
    log_begins = content.find(b"\n[[event]]")
    return lesson_from_content(path, content[:log_begins] if log_begins >= 0 else content).document.title


def _read_content(path: Path, descriptor: int | None = None) -> bytes:
    try:
        return read_bytes(path) if descriptor is None else read_open_file(descriptor, path)
    except OSError as error:
        raise cannot_read_error(path, error) from None
    except ValueError:
        raise no_name_error(path) from None


def lesson_from_content(path: Path, content: bytes, choice: TableSelection = EVERYTHING) -> Lesson:
    """The lesson in ``content``, which was read from ``path``. Raises `SessionError`."""
    if _is_table(path, content):
        title = "".join(char for char in path.stem if char.isprintable())[: limits.TITLE_LENGTH]
        try:
            from tui_nn.session.tables import spreadsheet

            made = spreadsheet.lesson_from_table(title, _decode_table(path, content), choice)
        except ValidationError as error:
            raise _session_error(path, error) from None
        return Lesson.without_events(made.document, made.reading_notes)
    if choice != EVERYTHING:
        says = _(
            "{path} is a session file; --y, --without and --skip-missing choose from a table of data, "
            "such as a CSV file",
            path=printable_path(path),
        )
        raise SessionError(says)
    if path.suffix.lower() in _SPREADSHEET_SUFFIXES:
        says = _("{path} is a spreadsheet file; save its table as CSV, and open that", path=printable_path(path))
        raise SessionError(says)
    mark = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
    try:
        source = decode_cut_off(content[mark:])
        document, found = document_toml.parse(source)
        state = state_after_log(State.opened(document), found)
    except UnicodeDecodeError as error:
        place = mark + error.start + 1
        says = _("{path} is no text in UTF-8: byte {byte} can't be read", path=printable_path(path), byte=place)
        raise SessionError(says) from None
    except (document_toml.TomlError, event_log.LogError) as error:
        raise SessionError(f"{printable_path(path)}: {error}") from None
    whole = source[: found.end]
    size = mark + len(whole.encode())
    left_out = content[size:].strip()
    return Lesson(document, state, found.entries, whole, size, len(left_out))


def read_table(path: Path, choice: TableSelection = EVERYTHING) -> "PastedTable":
    """The table in the file at ``path``. Raises `SessionError`."""
    try:
        from tui_nn.session.tables import spreadsheet

        return spreadsheet.read_table_text(_decode_table(path, _read_content(path)), choice)
    except ValidationError as error:
        raise _session_error(path, error) from None


def _decode_table(path: Path, content: bytes) -> str:
    if content.startswith(_ZIP):
        says = _(
            "{path} is a spreadsheet file, whatever its name; save its table as CSV, and open that",
            path=printable_path(path),
        )
        raise SessionError(says)
    # UTF-16 with a byte order mark: spreadsheets save it as "Unicode text".
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    encoding = "UTF-16" if is_wide else "UTF-8"
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        says = _(
            "{path}, line {line}: this is no text in {encoding} (byte {byte} can't be read); "
            "save the table as CSV in UTF-8",
            path=printable_path(path),
            line=line,
            encoding=encoding,
            byte=error.start + 1,
        )
        raise SessionError(says) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        says = _(
            "{path}, line {line}: this is no text, there are zero bytes; save the table as CSV",
            path=printable_path(path),
            line=line,
        )
        raise SessionError(says)
    return text


def _session_error(path: Path, error: ValidationError) -> SessionError:
    if isinstance(error, TableError):
        return SessionError(error.within(printable_path(path)))
    says = error.sentence or _("it holds {found}; expected {expected}", found=error.found, expected=error.expected)
    return SessionError(f"{printable_path(path)}: {says}")


def decode_cut_off(content: bytes) -> str:
    """``content`` as text; leaves out a character that was cut off at the end. Raises UnicodeDecodeError."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        # A power cut may leave zeros behind the character.
        if error.reason != "invalid start byte" and not content[error.end :].strip(b"\0"):
            return content[: error.start].decode()
        raise


def state_after_log(state: State, found: event_log.LogContent) -> State:
    """``state`` after all entries of ``found``. Raises `LogError`, with its line, for an event that does not fit."""
    for entry, line in zip(found.entries, found.lines, strict=True):
        try:
            state = apply_event(state, entry.event)
        except ValidationError as error:
            raise event_log.LogError(line, f"[[event]] {entry.seq}: {error}") from None
    return state


class _Quoting:
    """How sentences of this process quote paths."""

    names_alone = False


def quote_names_alone() -> None:
    """Makes `printable_path` give only the last part of a path: a browser must not learn the server's folders."""
    _Quoting.names_alone = True


def printable_path(path: Path) -> str:
    """``path`` as a sentence can quote it, whatever characters it has."""
    quoted = path.name if _Quoting.names_alone else str(path)
    return "".join(char if char.isprintable() else "�" for char in quoted)


_OS_REASONS = {
    "file exists": _("file exists"),
    "file name too long": _("file name too long"),
    "input/output error": _("input/output error"),
    "is a directory": _("is a directory"),
    "no space left on device": _("no space left on device"),
    "no such file or directory": _("no such file or directory"),
    "not a directory": _("not a directory"),
    "operation not permitted": _("operation not permitted"),
    "permission denied": _("permission denied"),
    "read-only file system": _("read-only file system"),
    "too many levels of symbolic links": _("too many levels of symbolic links"),
}
"""What the system says of the most frequent errors."""


def os_error_reason(error: OSError) -> str:
    """Why ``error`` happened, as the end of a sentence."""
    why = error.strerror or str(error)
    why = why[:1].lower() + why[1:]
    return _OS_REASONS.get(why, why)


def cannot_read_error(path: Path, error: OSError) -> SessionError:
    """The error that ``path`` can't be read, because of ``error``."""
    return SessionError(_("{path} can't be read: {reason}", path=printable_path(path), reason=os_error_reason(error)))


def cannot_write_error(path: Path, error: OSError) -> SessionError:
    """The error that ``path`` can't be written, because of ``error``, and that all is as before."""
    path_shown, reason = printable_path(path), os_error_reason(error)
    return SessionError(_("{path} can't be written: {reason}; nothing was changed", path=path_shown, reason=reason))


def no_name_error(path: Path) -> SessionError:
    """The error that no file can be called ``path``."""
    return SessionError(_("{path} is no name that a file can have; choose another", path=printable_path(path)))


def read_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file of bounded size.

    Raises OSError, `SessionError`, and ValueError if no file can have the name ``path``.
    """
    try:
        descriptor = files.open_to_read(path)
    except IsADirectoryError:
        raise SessionError(_directory_message(path)) from None
    except OSError as error:
        if error.errno in _NO_FILE_ERRORS:
            raise SessionError(_no_file_message(path)) from None
        raise
    try:
        return read_open_file(descriptor, path)
    finally:
        os.close(descriptor)


def read_open_file(descriptor: int, path: Path) -> bytes:
    """The bytes of the open file; errors call it ``path``. Raises OSError and `SessionError`."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISDIR(mode):
        raise SessionError(_directory_message(path))
    if not stat.S_ISREG(mode):
        raise SessionError(_no_file_message(path))
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        content = _read_at_most(descriptor, limits.FILE_BYTES + 1)
    except BlockingIOError:
        # Some files of the kernel, such as its log, look like ordinary files but never end.
        says = _("{path} has no end that could be read now; expected a session file", path=printable_path(path))
        raise SessionError(says) from None
    if len(content) > limits.FILE_BYTES:
        most = limits.FILE_BYTES // 2**20
        says = _("{path} is larger than {most} MiB, the most that is read", path=printable_path(path), most=most)
        raise SessionError(says)
    return content


def _directory_message(path: Path) -> str:
    return _("{path} is a directory; expected a session file", path=printable_path(path))


def _no_file_message(path: Path) -> str:
    return _("{path} is a device, a pipe or a socket; expected a session file", path=printable_path(path))


def _read_at_most(descriptor: int, most: int) -> bytes:
    """Reads at most ``most`` bytes without waiting. Raises BlockingIOError if the file has none yet."""
    pieces = []
    while most > 0 and (piece := os.read(descriptor, min(most, _PIECE_BYTES))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)
