"""The decimal sign that the user reads: a point or, by choice, a comma.

Numbers are computed, stored, exchanged and put into code with a point. What people read is composed with points as
well. It gets its commas last, on the way to the screen, to standard output or onto paper.
"""

import os
import re

VARIABLE = "TUI_NN_DECIMAL"
"""The environment variable with which the user chooses the decimal sign."""

POINT, COMMA = "point", "comma"

# Names, versions, addresses and names of files have a letter or a further point beside their digits.
_POINT = re.compile(r"(?<![A-Za-z0-9_.])([0-9]+)\.(?=[0-9]+(?:[eE][+−-]?[0-9]+)?(?![A-Za-z0-9_]|\.[A-Za-z0-9_]))")
_AFTER_A_COMMA = re.compile(r"([0-9],[0-9]+(?:[eE][+−-]?[0-9]+)?), (?=[+−-]?[0-9])")
_BEFORE_A_COMMA = re.compile(r"([0-9]), (?=[+−-]?[0-9]+,[0-9])")
POINT_OF_CODE = chr(0x2024)
"""`as_code` puts this sign in place of each point; `with_commas` turns it back into a point."""


def is_comma() -> bool:
    """Whether the user chose the comma."""
    return os.environ.get(VARIABLE) == COMMA


def for_reading(text: str) -> str:
    """``text`` with the decimal sign that the user chose; it is as long as before."""
    return with_commas(text) if is_comma() else text


def with_commas(text: str) -> str:
    """``text`` with a comma in place of the point of each number, and semicolons between such numbers."""
    if "." in text:
        text = _POINT.sub(r"\1,", text)
        text = _BEFORE_A_COMMA.sub(r"\1; ", _AFTER_A_COMMA.sub(r"\1; ", text))
    return text.replace(POINT_OF_CODE, ".")


def as_code(text: str) -> str:
    """``text``, a line of code, with its points marked so that `with_commas` does not change them."""
    return text.replace(".", POINT_OF_CODE) if is_comma() else text
