"""Which characters can be written: those of the stream, and of those only ASCII's where the locale has no UTF-8.

Python writes UTF-8 in the C locale, and in a locale that is not installed. The terminal need not read it.
"""

import locale
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from tui_nn.writing.ascii_fallback import plain
from tui_nn.writing.notation import Notation, written_in

ASCII_ENCODING = "ascii"
_UTF8 = "utf8"
# What Python puts in the place of LC_CTYPE when it begins in the C locale (PEP 538).
_PYTHON_S_OWN = ("C.UTF-8", "C.utf8", "UTF-8")
_GIVEN = Path("/proc/self/environ")
"""The environment with which this process began."""


def encoding_of(stream: TextIO | None) -> str:
    """The encoding that reaches whoever reads ``stream``."""
    own = (stream.encoding if stream else None) or ASCII_ENCODING
    return ASCII_ENCODING if _normal(own) == _UTF8 and not locale_has_utf8(os.environ) else own


def written(text: str, encoding: str) -> str:
    """``text`` with nothing but what ``encoding`` has: where it lacks a sign, with the one that looks most like it."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(char if _has(encoding, char) else plain(char) for char in text)
    return text


def notation_of(stream: TextIO | None) -> Notation:
    """The signs that can be written to ``stream``."""
    return written_in(encoding_of(stream))


def locale_has_utf8(environment: Mapping[str, str]) -> bool:
    """Whether the locale named by LC_ALL, or else LC_CTYPE, or else LANG is one of UTF-8.

    Where none is named, nothing is known of the terminal, and nearly all of today's read UTF-8: so it is taken for one.
    Source of the order: POSIX, "Environment Variables", 8.2; empty values count as absent.
    """
    name = environment.get("LC_ALL") or _lc_ctype(environment) or environment.get("LANG", "")
    if not name or _normal(name) == _UTF8:
        return True
    _, dot, codeset = name.partition("@")[0].partition(".")
    if dot:
        return _normal(codeset) == _UTF8
    # Each locale has an encoding of its own, de_DE ISO-8859-1 and hi_IN UTF-8; one that is not installed has none here.
    return locale.setlocale(locale.LC_CTYPE) == name and _normal(locale.getencoding()) == _UTF8


def _lc_ctype(environment: Mapping[str, str]) -> str:
    """LC_CTYPE as the user set it: Python puts one of its own in the place of C, and of one that is not installed."""
    now = environment.get("LC_CTYPE", "")
    if now not in _PYTHON_S_OWN or not (sys.flags.utf8_mode or environment.get("PYTHONUTF8") == "0"):
        return now
    try:
        given = _GIVEN.read_bytes()
    except OSError:
        # Not on Linux. What it was can't be told, and mostly there was none.
        return ""
    variables = (variable.partition(b"=") for variable in given.split(b"\0"))
    return next((value.decode("ascii", "replace") for name, _, value in variables if name == b"LC_CTYPE"), "")


def _normal(encoding: str) -> str:
    return encoding.lower().replace("-", "").replace("_", "")


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
