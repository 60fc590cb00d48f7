"""Where text goes: to standard output, or to a file that is written whole."""

import os
import sys
from pathlib import Path

from tui_nn.session.storage.event_log import HEADER
from tui_nn.session.storage.file_replacement import Consent, anything
from tui_nn.session.storage.locked_file import write
from tui_nn.session.storage.session_file import SUFFIX, SessionError, content_in, reason, shown
from tui_nn.writing.notation.encoding import encoding_of, written

_FOR_ALL = 0o666


def to_standard_output(text: str, encoding: str = "") -> None:
    """Writes ``text`` to standard output in ``encoding``; without it, in standard output's own encoding.

    Where that lacks a character, writes the one that looks most like it. Raises `SessionError` if writing fails.
    """
    if sys.stdout is None:
        raise SessionError("there is no standard output to write to")
    try:
        if encoding:
            sys.stdout.buffer.write(text.encode(encoding, "replace"))
        else:
            sys.stdout.write(written(text, encoding_of(sys.stdout)))
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would be tried again on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # Whoever was reading may have read enough (tui-nn train lecture --history | head): no failure.
        if not isinstance(error, BrokenPipeError):
            raise SessionError(f"the answer can't be written: {reason(error)}") from None


def to_standard_error(sentence: str) -> None:
    """Writes one line to standard error, if there is one, with control characters made visible."""
    if sys.stderr is not None:
        line = "".join(char if char.isprintable() else "�" for char in sentence)
        sys.stderr.write(written(f"tui-nn: {line}\n", encoding_of(sys.stderr)))


def to_file(text: str, path: Path, of: Path | None = None, consent: Consent = anything) -> None:
    """Writes ``text``, made from the lesson in ``of``, to ``path``, whole or not at all; replaces an existing file.

    ``consent`` decides whether that file may be replaced. Raises `SessionError` if writing fails, or if it would
    overwrite a lesson.
    """

    def unless_a_lesson(old: int) -> None:
        consent(old)
        if _holds_lesson(old, path, of):
            raise SessionError(f"{shown(path)} holds a lesson, which would be lost; give another name")

    if path.suffix.lower() == SUFFIX:
        raise SessionError(f"{shown(path)} is called as a lesson is; give the file another name than {SUFFIX}")
    # The system tells the mask only to whoever sets it.
    mask = os.umask(0)
    os.umask(mask)
    write(path, text, _FOR_ALL & ~mask, unless_a_lesson)


def _holds_lesson(descriptor: int, path: Path, of: Path | None) -> bool:
    """Whether the open file, called ``path``, is the file ``of`` or holds a recorded lesson."""
    try:
        if of is not None and os.path.samestat(os.fstat(descriptor), of.stat()):
            return True
        return bool(HEADER.search(content_in(descriptor, path).decode("latin-1")))
    except (OSError, SessionError):
        # No lesson can be in a file that can't be read as one. Replacing it may still fail, and says so then.
        return False
