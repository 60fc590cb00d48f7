"""Sessions on disk: read with care, written whole or not at all."""

import contextlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from tui_nn.session import limits, toml
from tui_nn.session.document import Document

SUFFIX = ".toml"


class SessionError(Exception):
    """A session that can't be read or written, in one sentence for the user."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """What a file held: the document and the text of its ``[[event]]`` blocks, which a rewrite keeps as it is."""

    document: Document
    events: str = ""


def read(path: Path) -> Lesson:
    """The lesson in ``path``. Raises `SessionError`."""
    try:
        source = _content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SessionError(f"{shown(path)} is no text in UTF-8: byte {error.start + 1} can't be read") from None
    except ValueError:
        raise SessionError(f"{shown(path)} is no name that a file can have") from None
    except OSError as error:
        raise SessionError(f"{shown(path)} can't be read: {_reason(error)}") from None
    try:
        return Lesson(*toml.parse(source))
    except toml.TomlRefused as refused:
        raise SessionError(f"{shown(path)}: {refused}") from None


def write(path: Path, lesson: Lesson) -> None:
    """Writes ``lesson`` to ``path`` whole: to a temporary file beside it first, which then takes its place.

    Raises `SessionError` where that fails; what stood in ``path`` stands there still.
    """
    content = toml.dump(lesson.document, lesson.events).encode("utf-8")
    try:
        target = _behind_links(path)
        temporary = target.with_name(f".tui-nn-{secrets.token_hex(8)}.tmp")
        _refuse_special(target)
        try:
            _write_synced(temporary, content, target)
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            raise
    except OSError as error:
        raise SessionError(f"{shown(path)} can't be written: {_reason(error)}; nothing was changed") from None
    except ValueError:
        raise SessionError(f"{shown(path)} is no name that a file can have") from None
    _sync_directory(target.parent)


def _behind_links(path: Path) -> Path:
    """Where ``path`` leads: a file behind a link is replaced where it is, and the link stays."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def _write_synced(temporary: Path, content: bytes, target: Path) -> None:
    with temporary.open("xb") as file:
        file.write(content)
        file.flush()
        if target.exists():
            os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
        os.fsync(file.fileno())


def shown(path: Path) -> str:
    """``path`` as a sentence can quote it, whatever characters it has."""
    return "".join(char if char.isprintable() else "�" for char in str(path))


def _content(path: Path) -> bytes:
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


def _refuse_special(target: Path) -> None:
    if target.exists() and not target.is_file():
        raise SessionError(f"{shown(target)} is no ordinary file; nothing was written to it")


def _sync_directory(directory: Path) -> None:
    # The file is whole and in its place by now. That its new name outlives a power cut is more than some file systems
    # offer, and no reason to call the lesson unsaved.
    with contextlib.suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
