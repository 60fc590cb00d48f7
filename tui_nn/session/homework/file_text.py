"""The text of a file that a student hands in, whatever program wrote it."""

import os
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

import numpy as np

from tui_nn.language import _
from tui_nn.session import limits
from tui_nn.session.homework.printed_numbers import NumbersError
from tui_nn.session.homework.reading_notes import too_many_numbers
from tui_nn.system import files

_TOO_LARGE = _(
    "The numbers are more than {mebibytes} MiB long, the most that is read. Print fewer, such as every hundredth cost.",
    mebibytes=limits.NUMBERS_BYTES // 2**20,
)
_DIRECTORY = _("This is a directory. Name a file with what your program prints.")
_RUNS_OF_A_NUMBER = 4
_BINARY = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x93NUMPY", b"\x1f\x8b", b"RDX", b"\x80\x04\x95")


_PROGRAMS = (".r", ".py", ".rmd", ".qmd", ".ipynb", ".m", ".jl")


def check_length(length: int) -> None:
    """Raises `NumbersError` if a text of so many bytes or characters is too long."""
    if length > limits.NUMBERS_BYTES:
        raise NumbersError(_TOO_LARGE)


def check_size(text: str) -> None:
    """Raises `NumbersError` if ``text`` is too long, or has too many lines or numbers to be kept in memory."""
    check_length(len(text))
    if text.count("\n") + text.count("\r") > limits.PRINTED_LINES:
        raise NumbersError(_("There are more than {most} lines, the most that are read.", most=limits.PRINTED_LINES))
    signs = np.frombuffer(text.encode("ascii", "replace"), np.uint8)
    is_digit = (signs >= ord("0")) & (signs <= ord("9"))
    # 1.5e-3 has three runs of digits, and R's [1] before a number one more.
    if np.count_nonzero(is_digit[1:] & ~is_digit[:-1]) > _RUNS_OF_A_NUMBER * limits.PRINTED_CELLS:
        raise NumbersError(too_many_numbers())


def read_text(path: Path) -> str:
    """The text of the file at ``path``. Raises `NumbersError` if it is too large, no text or a program, and OSError."""
    if path.suffix.lower() in _PROGRAMS:
        raise NumbersError(_("This is a program. Run it, save what it prints in a text file, and name that file."))
    try:
        descriptor = files.open_to_read(path)
    except IsADirectoryError:
        raise NumbersError(_DIRECTORY) from None
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise NumbersError(_DIRECTORY)
        if not stat.S_ISREG(mode):
            raise NumbersError(_("This is a device, a pipe or a socket. Name a file with what your program prints."))
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(limits.NUMBERS_BYTES + 1)
    finally:
        os.close(descriptor)
    check_length(len(content))
    return decode(content)


def decode(content: bytes) -> str:
    """``content`` as text: UTF-8, UTF-16 if it begins with its mark or has a zero in every other byte, or Latin-1.

    Raises `NumbersError` if it is no text.
    """
    if content.startswith(_BINARY):
        raise NumbersError(_("This file is no text. Print the numbers, and save what is printed as a text file."))
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    start = content[:1000]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.9 * len(zeros):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        raise NumbersError(
            _("This file is no text: it holds zero bytes. Save what your program prints as a text file.")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
