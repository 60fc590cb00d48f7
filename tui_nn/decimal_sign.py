"""The decimal sign that the user reads: a point or, by choice, a comma.

Numbers are computed, stored, exchanged and put into code with a point. What people read is composed with points as
well. It gets its commas last, on the way to the screen, to standard output or onto paper. What a user has written
stays as it is: titles, names and notes (`keep`), what stands in quotation marks, and code (`as_code`).
"""

import os
import re
from collections.abc import Iterable

from tui_nn.late_pattern import late_pattern

VARIABLE = "TUI_NN_DECIMAL"
"""The environment variable with which the user chooses the decimal sign."""
OPTION = "--decimal-comma"

POINT, COMMA = "point", "comma"
POINT_OF_CODE = chr(0x2024)
"""`as_code` puts this sign in place of each point; `with_commas` turns it back into a point."""

_SIGNED = r"[+−-]?[0-9]+"
_EXPONENT = r"(?:[eE][+−-]?[0-9]+)?"
# Not preceded by a letter, a digit or a single point, and not followed by one: versions, addresses and most names of
# files have these beside their digits. Two points are those of a range.
_BEGINS, _ENDS = r"(?<![A-Za-z0-9_])(?:(?<!\.)|(?<=\.\.))", r"(?![A-Za-z0-9_]|\.[A-Za-z0-9_])"
_NUMBER = late_pattern(rf"{_BEGINS}([0-9]+)\.(?=[0-9]+{_EXPONENT}{_ENDS})")
_AFTER_A_NUMBER = late_pattern(rf"([0-9]\.[0-9]+{_EXPONENT}),(?= ?{_SIGNED})")
_BEFORE_A_NUMBER = late_pattern(rf"(?<![0-9.,])({_SIGNED}),(?= ?{_SIGNED}\.[0-9])")
_QUOTED = late_pattern(r'"[^"│┃|]{1,80}"|„[^“│┃|]{1,80}“')
_WORD_BEFORE, _WORD_AFTER = late_pattern(r"\S+\s+$"), late_pattern(r"\s+\S+")
_MOST_KEPT = 2000

_kept: dict[str, None] = {}
_pattern_of_kept: re.Pattern[str] | None = None


def is_comma() -> bool:
    """Whether the user chose the comma."""
    return os.environ.get(VARIABLE) == COMMA


def for_reading(text: str) -> str:
    """``text`` with the decimal sign that the user chose; it is as long as before."""
    return with_commas(text) if is_comma() else text


def with_commas(text: str) -> str:
    """``text`` with a comma in place of the point of each number, and semicolons between such numbers."""
    if "." in text:
        for pattern in (_QUOTED, _pattern_of_kept):
            text = pattern.sub(lambda found: found[0].replace(".", POINT_OF_CODE), text) if pattern else text
        text = _BEFORE_A_NUMBER.sub(r"\1;", _AFTER_A_NUMBER.sub(r"\1;", text))
        text = _NUMBER.sub(r"\1,", text)
    return text.replace(POINT_OF_CODE, ".")


def as_code(text: str) -> str:
    """``text``, a line of code, with its points marked so that `with_commas` does not change them."""
    return text.replace(".", POINT_OF_CODE) if is_comma() else text


def keep(texts: Iterable[str]) -> None:
    """Leaves the numbers in these texts of a user as they are, wherever they stand beside the same word."""
    global _pattern_of_kept
    before = len(_kept)
    for text in texts if is_comma() else ():
        for number in _NUMBER.finditer(text):
            end = number.end() + len(re.match(r"[0-9]+", text[number.end() :])[0])  # type: ignore[index]
            words = _WORD_BEFORE.search(text[: number.start()])
            ahead = _WORD_AFTER.match(text, end)
            if (words or ahead) and len(_kept) < _MOST_KEPT:
                begin = words.start() if words else number.start()
                _kept[text[begin : end if words else ahead.end() if ahead else end]] = None
    if len(_kept) > before:
        _pattern_of_kept = re.compile("|".join(map(re.escape, sorted(_kept, key=len, reverse=True))))
