"""Writes text to standard output, to standard error, or to a file."""

import os
import sys
from pathlib import Path

from tui_nn.decimal_sign import for_reading
from tui_nn.language import _
from tui_nn.session.storage.event_log import HEADER
from tui_nn.session.storage.file_replacement import Consent, replace_anything
from tui_nn.session.storage.locked_file import write
from tui_nn.session.storage.session_file import SUFFIX, SessionError, os_error_reason, printable_path, read_open_file
from tui_nn.system import files, processes
from tui_nn.writing.notation.encoding import encoding_of, fit_to_encoding

_MODE_FOR_ALL = 0o666


def to_standard_output(text: str, encoding: str = "") -> None:
    """Writes ``text`` to standard output in ``encoding``; without it, in standard output's own encoding.

    Replaces a character that the encoding lacks by one that looks like it. Raises `SessionError` if writing fails.
    """
    if sys.stdout is None:
        raise SessionError(_("there is no standard output to write to"))
    try:
        if encoding:
            sys.stdout.buffer.write(text.encode(encoding, "replace"))
        else:
            sys.stdout.write(fit_to_encoding(text, encoding_of(sys.stdout)))
        sys.stdout.flush()
    except OSError as error:
        # At its exit, Python would try again to write what is left in the buffer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader may stop when it has read enough (tui-nn train lecture --history | head). That is no failure.
        if not processes.is_reader_gone(error):
            raise SessionError(_("the answer can't be written: {why}", why=os_error_reason(error))) from None


def to_standard_error(sentence: str) -> None:
    """Writes one line to standard error, if there is one; replaces control characters."""
    if sys.stderr is not None:
        line = "".join(char if char.isprintable() else "�" for char in sentence)
        sys.stderr.write(fit_to_encoding(f"tui-nn: {for_reading(line)}\n", encoding_of(sys.stderr)))


def to_file(text: str, path: Path, source: Path | None = None, consent: Consent = replace_anything) -> None:
    """Writes ``text`` to ``path``, all of it or nothing; replaces an existing file.

    ``source`` is the lesson's file that ``text`` was made from; it is never replaced, nor is any recorded lesson.
    ``consent`` decides whether another file may be replaced. Raises `SessionError` if it refuses or writing fails.
    """

    def keep_lessons(old: int) -> None:
        consent(old)
        if _is_lesson(old, path, source):
            name = printable_path(path)
            raise SessionError(_("{path} holds a lesson, which would be lost; give another name", path=name))

    if path.suffix.lower() == SUFFIX:
        raise SessionError(
            _(
                "{path} has the ending of a lesson; choose a name that does not end in {ending}",
                path=printable_path(path),
                ending=SUFFIX,
            )
        )
    # A program can read the mask only by setting it.
    mask = os.umask(0)
    os.umask(mask)
    write(path, text, _MODE_FOR_ALL & ~mask, keep_lessons)


def _is_lesson(descriptor: int, path: Path, source: Path | None) -> bool:
    """Whether the open file, whose name is ``path``, is the file ``source`` or contains a recorded lesson."""
    try:
        if source is not None and files.is_same(os.fstat(descriptor), source.stat()):
            return True
        return bool(HEADER.search(read_open_file(descriptor, path).decode("latin-1")))
    except (OSError, SessionError):
        # A file that can't be read contains no lesson. If it can't be replaced either, writing it will say so.
        return False
