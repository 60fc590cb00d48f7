"""Where text goes: to standard output, or to a file that is written whole."""

import os
import sys
from pathlib import Path

from tui_nn.session.file import SUFFIX, SessionError, content_of, reason, shown
from tui_nn.session.record import write

_FOR_ALL = 0o666


def to_standard_output(text: str, encoding: str = "") -> None:
    """Writes ``text`` in ``encoding``, or else in that of standard output, as far as that has its characters.

    Raises `SessionError` where it can't be written.
    """
    if sys.stdout is None:
        raise SessionError("there is no standard output to write to")
    try:
        if encoding:
            sys.stdout.buffer.write(text.encode(encoding, "replace"))
        else:
            own = sys.stdout.encoding or "ascii"
            sys.stdout.write(text.encode(own, "replace").decode(own))
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would be tried again on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # Whoever was reading may have read enough (tui-nn train lecture --history | head): no failure.
        if not isinstance(error, BrokenPipeError):
            raise SessionError(f"the answer can't be written: {reason(error)}") from None


def to_standard_error(sentence: str) -> None:
    """Writes one line for the user, as far as standard error has its characters; nothing where there is none."""
    if sys.stderr is not None:
        encoding = sys.stderr.encoding or "ascii"
        line = "".join(char if char.isprintable() else "�" for char in sentence)
        sys.stderr.write(f"tui-nn: {line}\n".encode(encoding, "replace").decode(encoding))


def to_file(text: str, path: Path, of: Path | None = None) -> None:
    """Writes ``text``, made of the lesson in ``of``, to ``path``, whole or not at all; replaces a file that is there.

    Raises `SessionError` where it can't be written, and where a lesson would be lost.
    """
    if path.suffix.lower() == SUFFIX:
        raise SessionError(f"{shown(path)} is called as a lesson is; give the file another name than {SUFFIX}")
    if _holds_lesson(path, of):
        raise SessionError(f"{shown(path)} holds a lesson, which would be lost; give another name")
    # The system tells the mask only to whoever sets it.
    mask = os.umask(0)
    os.umask(mask)
    write(path, text, _FOR_ALL & ~mask)


def _holds_lesson(path: Path, of: Path | None) -> bool:
    try:
        return (of is not None and path.samefile(of)) or b"\n[[event]]" in content_of(path)
    except (OSError, ValueError, SessionError):
        # Nothing is there, or nothing that a lesson could be; whether it can be written shows when it is.
        return False
