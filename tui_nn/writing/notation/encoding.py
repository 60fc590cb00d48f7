"""Finds out which characters a stream can show: those of its encoding, but only ASCII if the locale is not UTF-8.

The user may choose fewer, for a font that lacks some.

In the C locale, and in a locale that is not installed, Python writes UTF-8 even if the terminal can't show it.
"""

import locale
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from tui_nn.writing.notation.ascii_fallback import ascii_spelling
from tui_nn.writing.notation.sign_set import SIGNS_VARIABLE, SignSet
from tui_nn.writing.notation.signs import COMMON, UNICODE, Notation, notation_for_encoding

ASCII_ENCODING = "ascii"
_UTF8 = "utf8"
# If Python starts in the C locale, it sets LC_CTYPE to one of these (PEP 538).
_PYTHON_S_OWN = ("C.UTF-8", "C.utf8", "UTF-8")
_INITIAL_ENVIRONMENT = Path("/proc/self/environ")
"""The environment with which this process was started."""


def chosen_signs() -> SignSet:
    """The signs that the user chose in the environment; all, if the user chose none."""
    chosen = os.environ.get(SIGNS_VARIABLE)
    return next((signs for signs in SignSet if signs.value == chosen), SignSet.ALL)


def encoding_of(stream: TextIO | None) -> str:
    """The encoding that readers of ``stream`` understand."""
    own = (stream.encoding if stream else None) or ASCII_ENCODING
    if chosen_signs() is SignSet.ASCII:
        return ASCII_ENCODING
    return ASCII_ENCODING if _normal_name(own) == _UTF8 and not locale_has_utf8(os.environ) else own


def fit_to_encoding(text: str, encoding: str) -> str:
    """``text``, with each character that ``encoding`` lacks replaced by ASCII that looks like it, or reads like it."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(char if _can_encode(encoding, char) else ascii_spelling(char) for char in text)
    return text


def notation_for_stream(stream: TextIO | None) -> Notation:
    """The notation with the signs that ``stream`` can show and that the user chose."""
    notation = notation_for_encoding(encoding_of(stream))
    return COMMON if notation is UNICODE and chosen_signs() is SignSet.COMMON else notation


def locale_has_utf8(environment: Mapping[str, str]) -> bool:
    """Whether the locale uses UTF-8. LC_ALL names it; without that LC_CTYPE, and without both LANG.

    Without a name the answer is True: nearly all terminals of today understand UTF-8.
    Source of the order: POSIX, "Environment Variables", 8.2; empty values count as absent.
    """
    name = environment.get("LC_ALL") or _lc_ctype(environment) or environment.get("LANG", "")
    if not name or _normal_name(name) == _UTF8:
        return True
    _, dot, codeset = name.partition("@")[0].partition(".")
    if dot:
        return _normal_name(codeset) == _UTF8
    # A name without an encoding has the locale's own: de_DE ISO-8859-1, hi_IN UTF-8; if it is not installed, none.
    return locale.setlocale(locale.LC_CTYPE) == name and _normal_name(locale.getencoding()) == _UTF8


def _lc_ctype(environment: Mapping[str, str]) -> str:
    """LC_CTYPE as the user set it. Python overwrites it if it is C or names a locale that is not installed."""
    now = environment.get("LC_CTYPE", "")
    if now not in _PYTHON_S_OWN or not (sys.flags.utf8_mode or environment.get("PYTHONUTF8") == "0"):
        return now
    try:
        given = _INITIAL_ENVIRONMENT.read_bytes()
    except OSError:
        # Only Linux has this file. Elsewhere the old value is unknown; most users set none.
        return ""
    variables = (variable.partition(b"=") for variable in given.split(b"\0"))
    return next((value.decode("ascii", "replace") for name, _, value in variables if name == b"LC_CTYPE"), "")


def _normal_name(encoding: str) -> str:
    return encoding.lower().replace("-", "").replace("_", "")


def _can_encode(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
